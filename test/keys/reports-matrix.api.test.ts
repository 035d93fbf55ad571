import { beforeEach, expect, test } from "vitest";
import { ATTRIBUTE_NAMES, attributeOf } from "../../src/fields/derive/attributes.ts";
import { scopesOf } from "../../src/graphql/engine/auth.ts";
import { ROOT_SCOPES, TYPE_POLICIES } from "../../src/graphql/engine/policy.ts";
import { createKey } from "../../src/keys/keys.ts";
import { fieldOf } from "../../src/reports/declaration.ts";
import { REPORTS } from "../../src/reports/reports.ts";
import { ROLES, type Role } from "../../src/request.ts";
import { useApp } from "../app/use-app.ts";
import { allOf, CUSTOMER, keptFrom, type Reply, refusedIn } from "./asked-fields.ts";

// The doors beside those of test/keys/matrix: reports over /v1 as JSON and CSV, attributes, people behind a figure, and what is
// told as it happens; each for every role, and for a key that is bound to a team, as the policy says.

const house = useApp({ settings: { C360_REQUESTS_PER_SECOND: "100000" } });
const period = { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" };
const READERS = ROLES.filter((role) => scopesOf(role).has("reports:read"));
let keys = {} as Record<Role, string>;
let ann = "";

beforeEach(async () => {
  keys = await house.keys();
  const identities = [{ namespace: "custid", value: "1" }];
  const stated = { age: 40, ethnicity: "a secret", maritalStatus: "married", extra: { shoe: 42 }, displayName: "Ann" };
  const crm = { source: "crm", sourceId: "1", observedAt: "2026-11-20T08:00:00Z", identities, ...stated };
  const reply = await house.post("/v1/customers", crm);
  ann = ((await reply.json()) as { receipts: { customerId: string }[] }).receipts[0]!.customerId;
  const call = { source: "cti", startedAt: "2026-11-20T09:00:00Z", identities, notes: "her mother" };
  const calls = ["loans", "cards"].map((team) => ({ ...call, sourceId: team, team, metadata: { mood: "good" } }));
  expect((await house.post("/v1/calls", calls)).status).toBe(200);
});

const MEDIA = ["application/json", "text/csv"];
const ask = (name: string, input: object, { key, accept }: { key: string; accept: string }) =>
  house.post(`/v1/reports/${name}`, input, { authorization: `Bearer ${key}`, accept });

test("reports over /v1 are answered to the roles that have them over GraphQL, and to no bound key but key figures", async () => {
  const bound = await createKey(house.db, { name: "bound", role: "supervisor", teams: ["loans"] });
  const asked = REPORTS.flatMap(({ name, example }, i) => {
    const scope = ROOT_SCOPES[`Query.${fieldOf(name)}`]!;
    const input = { period, ...example };
    // An agent without an id has no key figures of hers.
    const isAllowed = (role: Role) => scopesOf(role).has(scope) && !(role === "agent" && scope === "figures:read");
    const whose = ROLES.map((role) => ({ who: role as string, key: keys[role], isRefused: !isAllowed(role) }));
    const all = [...whose, { who: "bound", key: bound, isRefused: scope === "reports:read" }];
    // What is answered is counted: each report once, as the one or the other.
    return all.flatMap((one, n) =>
      MEDIA.filter((_, m) => one.isRefused || (i + n + m) % 4 === 0).map((accept) => ({ ...one, name, input, accept })),
    );
  });

  const wrong: string[] = [];
  for (const { who, key, isRefused, name, input, accept } of asked) {
    const reply = await ask(name, input, { key, accept });
    await reply.text();
    if ((reply.status === 403) !== isRefused) wrong.push(`${who} ${name} ${accept} ${reply.status}`);
  }

  expect(wrong).toEqual([]);
  expect(asked.filter(({ isRefused }) => isRefused).length).toBeGreaterThan(100);
});

/** What the policy says of the field that an attribute is of. */
function scopeOf(attribute: { of: "CUSTOMER" | "LEG"; field: string }): string | undefined {
  const scoped = TYPE_POLICIES[attribute.of === "CUSTOMER" ? "CustomerRecord" : "Interaction"]!.scoped ?? {};
  return scoped[attribute.field];
}

test("attributes are grouped, measured and filtered by for the roles that may read their field", async () => {
  const attributes = ATTRIBUTE_NAMES.map(
    (name) => attributeOf(name.replace("<key>", "a").replace("<currency>", "SEK"))!,
  );
  const scoped = attributes.filter((attribute) => scopeOf(attribute));
  const wrong: string[] = [];
  for (const [i, attribute] of scoped.entries())
    for (const role of READERS) {
      const { name } = attribute;
      const isKept = !scopesOf(role).has(scopeOf(attribute)!);
      const uses = {
        group: { groupBy: [{ attribute: { attribute: name } }] },
        audience: { audience: { attributes: [{ attribute: name, isKnown: true }] } },
      };
      // What is answered is counted, and so asked in one way.
      const tried = Object.entries(uses).filter((_, n) => isKept || (i + n) % 2 === 0);
      for (const [n, [use, input]] of tried.entries()) {
        const accept = MEDIA[(i + n) % 2]!;
        const reply = await ask("aggregate", { period, of: "CUSTOMERS", ...input }, { key: keys[role], accept });
        await reply.text();
        if ((reply.status === 403) !== isKept) wrong.push(`${role} ${use} ${name} ${accept} ${reply.status}`);
      }
    }

  expect(wrong).toEqual([]);
  expect(scoped.length).toBeGreaterThan(5);
});

test.each(READERS)("people behind a figure show %s the fields of the policy", async (role) => {
  const sets = '[{ name: "call", matcher: { channels: [VOICE] } }, { name: "web", matcher: { channels: [WEB] } }]';
  const report = `{ period: { from: "${period.from}", to: "${period.to}" }, sets: ${sets} }`;
  const input = `{ overlap: { report: ${report}, cell: { figure: UNION } } }`;
  const asked = `{ people(input: ${input}, first: 1) { customers nodes { share customer { ${CUSTOMER} } } } }`;

  const reply = (await house.ask(asked, {}, keys[role])) as Reply;

  expect(refusedIn(reply)).toEqual(keptFrom(role, ["Customer", "CustomerRecord"]));
  expect(reply.data.people.customers).toBe(1);
});

/** The first message of a subscription over server-sent events. */
async function firstOf(query: string, key: string): Promise<Reply & { error?: { code: string } }> {
  const gone = new AbortController();
  const headers = { authorization: `Bearer ${key}`, accept: "text/event-stream", "content-type": "application/json" };
  const body = JSON.stringify({ query });
  const reply = await fetch(`${house.url}/graphql/stream`, {
    method: "POST",
    headers,
    body,
    signal: AbortSignal.any([gone.signal, AbortSignal.timeout(10_000)]),
  });
  let text = "";
  for await (const chunk of reply.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const data = /^data: (\{.*)$/m.exec(text);
    if (data) {
      gone.abort();
      return JSON.parse(data[1]!) as Reply;
    }
  }
  return JSON.parse(text) as Reply;
}

test.each(ROLES)("what a customer does is told %s as the policy says", async (role) => {
  const { data } = await house.ask(`{ customer(id: "${ann}") { recentTouchpoints(first: 2) { id } } }`);
  const after = data.customer.recentTouchpoints.at(-1).id;
  // What happened more than a day ago is not what they do now.
  const later = { source: "cti", sourceId: "later", startedAt: new Date().toISOString(), notes: "her father" };
  await house.post("/v1/calls", { ...later, identities: [{ namespace: "custid", value: "1" }] });
  const fields = `${allOf("Touchpoint").replace("interaction { __typename }", "")} interaction { ${allOf("Interaction")} }`;

  const reply = await firstOf(
    `subscription { customerActivity(customerId: "${ann}", after: "${after}") { ${fields} } }`,
    keys[role],
  );

  const code = reply.errors?.[0]?.extensions.code ?? reply.error?.code;
  if (!scopesOf(role).has("interactions:read")) expect(code).toBe("FORBIDDEN");
  else expect(refusedIn(reply)).toEqual(keptFrom(role, ["Interaction", "Touchpoint"]));
});
