import { beforeEach, describe, expect, test } from "vitest";
import { scopesOf } from "../../src/graphql/engine/auth.ts";
import { createKey } from "../../src/keys/keys.ts";
import { ROLES, type Role } from "../../src/request.ts";
import { useApp } from "../app/use-app.ts";
import { CUSTOMER, DONE, keptFrom, type Reply, refusedIn } from "./asked-fields.ts";

// Who sees which field, from the policy, asked of every role through every door that answers GraphQL.

const house = useApp();
const PHONE = "+46701234567";
const READERS = ROLES.filter((role) => scopesOf(role).has("customers:read"));

let ann = "";
let keys = {} as Record<Role, string>;

beforeEach(async () => {
  keys = await house.keys();
  const identities = [
    { namespace: "custid", value: "1" },
    { namespace: "phone", value: PHONE },
  ];
  const stated = { age: 40, ethnicity: "a secret", maritalStatus: "married", extra: { shoe: 42 }, displayName: "Ann" };
  const crm = { source: "crm", sourceId: "1", observedAt: "2026-11-20T08:00:00Z", identities, ...stated };
  const reply = await house.post("/v1/customers", crm);
  ann = ((await reply.json()) as { receipts: { customerId: string }[] }).receipts[0]!.customerId;
  const said = { notes: "asked about her mother", metadata: { mood: "good" } };
  const call = { source: "cti", sourceId: "1", startedAt: "2026-11-20T09:00:00Z", identities, ...said };
  expect((await house.post("/v1/calls", call)).status).toBe(200);
});

type Door = (query: string, key: string) => Promise<Reply>;

const DOORS: Record<string, Door> = {
  "POST /graphql": (query, key) => house.ask(query, {}, key) as Promise<Reply>,
  "GET /graphql": async (query, key) => {
    const headers = { authorization: `Bearer ${key}`, "apollo-require-preflight": "true" };
    const reply = await fetch(`${house.url}/graphql?${new URLSearchParams({ query })}`, { headers });
    return (await reply.json()) as Reply;
  },
  "POST /graphql/stream": async (query, key) => {
    const headers = { authorization: `Bearer ${key}`, accept: "text/event-stream" };
    const text = await (await house.post("/graphql/stream", { query }, headers)).text();
    return JSON.parse(/^data: (\{.*)$/m.exec(text)![1]!) as Reply;
  },
};

describe.each(Object.entries(DOORS))("%s", (_, ask) => {
  test.each(READERS)("shows %s the fields of the policy, and no others", async (role) => {
    const reply = await ask(`{ customer(id: "${ann}") { ${CUSTOMER} ${DONE} } }`, keys[role]);

    expect(refusedIn(reply)).toEqual(keptFrom(role));
    const values = reply.data.customer.identities.map(({ value }: { value: string }) => value);
    expect(values.includes("1")).toBe(scopesOf(role).has("identities:read"));
  });

  test("shows a menu whom it looks up, and neither timelines nor what was written", async () => {
    const who = `identities: [{ namespace: "phone", value: "${PHONE}" }]`;
    const look = (fields: string) =>
      ask(`{ lookupCaller(input: { ${who} }) { candidates { customer { ${fields} } } } }`, keys.ivr);

    const shown = await look(CUSTOMER);
    const timeline = await look("timeline(first: 1) { nodes { interactionNotes } }");
    const notes = await look("recentTouchpoints(first: 1) { name metadata }");
    const around = await look("recentTouchpoints(first: 1) { interaction { interactionNotes } }");

    expect(shown.data.lookupCaller.candidates[0].customer.record).toMatchObject({
      age: null,
      ethnicity: null,
      extra: null,
    });
    for (const reply of [timeline, notes, around]) {
      expect(reply.errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
      expect(JSON.stringify(reply.data ?? null)).not.toMatch(/mother|mood/);
    }
  });

  test("lets nobody list, find or search who may not", async () => {
    const by = (value: string, namespace: string) =>
      `{ customer(identity: { namespace: "${namespace}", value: "${value}" }) { id } }`;
    const asked: [Role, string, boolean][] = [
      ["analyst", by(PHONE, "phone"), false],
      ["analyst", by("1", "custid"), false],
      ["analyst", '{ customers(filter: { search: "Ann" }) { totalCount } }', false],
      ["analyst", "{ customers { totalCount } }", true],
      ["agent", by(PHONE, "phone"), true],
      ["agent", '{ customers(filter: { search: "Ann" }) { totalCount } }', true],
      ["agent", "{ customers { totalCount } }", false],
      ["agent", "{ interactions { totalCount } }", false],
      ["agent", "{ identityConflicts { totalCount } }", false],
      ["ivr", "{ customers { totalCount } }", false],
      ["ivr", by(PHONE, "phone"), false],
      ["ivr", `{ node(id: "${ann}") { id } }`, false],
      ["ivr", '{ interaction(source: "cti", sourceId: "1") { id } }', false],
    ];
    for (const [role, query, isAllowed] of asked) {
      const { errors } = await ask(query, keys[role]);
      expect({ role, query, code: errors?.[0]?.extensions.code }).toEqual({
        role,
        query,
        code: isAllowed ? undefined : "FORBIDDEN",
      });
    }
  });
});

describe("a collector", () => {
  const page = { source: "web", sourceId: "1", occurredAt: "2026-11-20T09:00:00Z", kind: "PAGE_VIEW", channel: "WEB" };
  const send = (path: string, body: object, origin: string | null) =>
    house.post(path, body, { authorization: `Bearer ${keys.collector}`, ...(origin && { origin }) });
  const HOME = "https://www.example.com";

  test("records the touchpoints of its source from its pages, and is told nothing of whose they are", async () => {
    const identities = [{ namespace: "custid", value: "1" }];

    const sent = await send("/v1/touchpoints", { ...page, identities }, HOME);
    const elsewhere = await send("/v1/touchpoints", page, "https://evil.example.com");
    const nowhere = await send("/v1/touchpoints", page, null);
    const other = await send("/v1/touchpoints", { ...page, source: "app" }, HOME);

    expect(await sent.json()).toMatchObject({ receipts: [{ status: "ACCEPTED", customerId: null }] });
    expect([elsewhere, nowhere, other].map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  test("does nothing else", async () => {
    const headers = { authorization: `Bearer ${keys.collector}`, origin: HOME };
    const replies = await Promise.all([
      send("/v1/calls", { source: "web", sourceId: "1", startedAt: page.occurredAt }, HOME),
      send("/v1/customers", {}, HOME),
      send("/v1/reports/histogram", {}, HOME),
      fetch(`${house.url}/v1/callers?phone=%2B46701234567`, { headers }),
    ]);
    const asked = await house.post("/graphql", { query: "{ viewer { name } }" }, headers);

    expect(replies.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(await asked.json()).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] });
  });
});

test("an agent sees her own key figures, whatever she asks for", async () => {
  const calls = ["ann", "ann", "bob"].map((agentId, i) => ({
    ...{ source: "cti", sourceId: `call ${i}`, startedAt: "2026-11-20T09:00:00Z", durationSeconds: 60, agentId },
  }));
  await house.post("/v1/calls", calls);
  const agent = await createKey(house.db, { name: "ann", role: "agent", agentId: "ann" });
  const period = '{ from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" }';
  const ask = (key: string, filter = "") =>
    house.ask(`{ contactCentreKpis(input: { period: ${period} ${filter} }) { rows { legs } } }`, {}, key);

  const own = await ask(agent);
  const others = await ask(agent, 'filter: { agentIds: ["bob"] }');
  const nobodys = await ask(keys.agent);

  expect(own.data.contactCentreKpis.rows).toEqual([{ legs: 2 }]);
  expect([others, nobodys].map(({ errors }) => errors?.[0]?.extensions.code)).toEqual(["FORBIDDEN", "FORBIDDEN"]);
});
