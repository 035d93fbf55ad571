import { beforeEach, expect, test } from "vitest";
import { AUDIT_DEEDS, AUDIT_LOOKS, type AuditAction } from "../../src/facts/audit-actions.ts";
import { AUDITED } from "../../src/graphql/engine/audited.ts";
import { ROOT_SCOPES } from "../../src/graphql/engine/policy.ts";
import { issueKey } from "../../src/keys/keys.ts";
import { useApp } from "../app/use-app.ts";

const house = useApp({ settings: { C360_SECRET: "a secret of more than 32 characters, for receipts" } });

const DAY = { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" };
const SETS = `period: { from: "${DAY.from}", to: "${DAY.to}" }, sets: [{ name: "calls", matcher: { channels: [VOICE] } }, { name: "web", matcher: { channels: [WEB] } }]`;
const ids = { ann: "", bob: "" };

beforeEach(async () => {
  for (const name of ["ann", "bob"] as const) {
    const identities = [{ namespace: "custid", value: name }];
    const body = { source: "crm", sourceId: name, observedAt: "2026-11-20T08:00:00Z", identities, displayName: name };
    const reply = (await (await house.post("/v1/customers", body)).json()) as { receipts: { customerId: string }[] };
    ids[name] = reply.receipts[0]!.customerId;
  }
});

async function entry(filter: string, role: "privacy" | "supervisor" = "privacy") {
  const query = `{ audit(filter: ${filter}, first: 100) { nodes { actor action customerId verdictId receiptId at } totalCount pageInfo { endCursor } } }`;
  return house.ask(query, {}, (await house.keys())[role]);
}

/** What was just asked is there: no answer is given before it. */
const actionsOf = async (by: string) => {
  const { data } = await entry(`{ actorId: "${by}" }`);
  return data.audit.nodes.map(({ action }: { action: string }) => action);
};

/** Each action, and what leaves it; a verdict is named by its place. */
function asked(keyId: string): [AuditAction, string][] {
  const both = `customerIds: ["${ids.ann}", "${ids.bob}"]`;
  const apart = `customerId: "${ids.ann}", apart: [{ namespace: "custid", value: "bob" }]`;
  return [
    ["customer.read", `{ customer(id: "${ids.ann}") { displayName } }`],
    ["customer.found", '{ customer(identity: { namespace: "custid", value: "ann" }) { id } }'],
    ["customers.searched", '{ customers(filter: { search: "ann" }) { totalCount } }'],
    ["customers.listed", "{ customers { totalCount } }"],
    ["interactions.listed", "{ interactions { totalCount } }"],
    ["conflicts.read", "{ identityConflicts { totalCount } }"],
    ["rejections.read", "{ rejections { totalCount } }"],
    [
      "caller.looked-up",
      '{ lookupCaller(input: { identities: [{ namespace: "custid", value: "ann" }] }) { latencyMs } }',
    ],
    ["people.read", `{ people(input: { overlap: { report: { ${SETS} }, cell: { figure: UNION } } }) { customers } }`],
    ["merge.previewed", `{ mergePreview(${both}) { __typename } }`],
    [
      "customer.merged",
      `mutation { mergeCustomers(${both}, reason: "one") { verdict { id } userErrors { message } } }`,
    ],
    ["split.previewed", `{ splitPreview(${apart}) { __typename } }`],
    ["customer.split", `mutation { splitCustomer(${apart}, reason: "two") { verdict { id } userErrors { message } } }`],
    ["verdict.withdrawn", 'mutation { withdrawVerdict(id: "{verdict}", reason: "no") { userErrors { message } } }'],
    ["customer.forget-previewed", `{ previewForget(customerId: "${ids.ann}") { customerId } }`],
    [
      "customer.forgotten",
      `mutation { forgetCustomer(customerId: "${ids.ann}", reason: "asked to") { userErrors { message } } }`,
    ],
    ["keys.listed", "{ apiKeys { id } }"],
    ["key.created", 'mutation { createApiKey(input: { name: "new", role: ivr }) { secret } }'],
    ["key.revoked", `mutation { revokeApiKey(id: "${keyId}") { apiKey { id } } }`],
    ["rejections.replayed", "mutation { replayRejections { __typename } }"],
    ["audit.read", "{ audit { totalCount } }"],
  ];
}

test("has each action by the id of the key, since another may have its name", async () => {
  const key = await issueKey(house.db, { name: "admin", role: "admin" });
  const namesake = await issueKey(house.db, { name: "admin", role: "admin" });
  const all = asked(namesake.id);
  const headers = { authorization: `Bearer ${key.secret}`, accept: "text/csv" };
  const exported = await fetch(`${house.url}/v1/customers/${ids.bob}/export`, { headers });
  expect((await exported.json()) as object).toMatchObject({ customerId: ids.bob });
  let verdict = "";
  for (const [action, query] of all) {
    const { data, errors } = await house.ask(query.replace("{verdict}", verdict), {}, key.secret);
    const answer = Object.values(data ?? {})[0] as { userErrors?: object[]; verdict?: { id: string } };
    expect([action, errors, answer.userErrors ?? []]).toEqual([action, undefined, []]);
    verdict = answer.verdict?.id ?? verdict;
  }
  expect((await house.post("/v1/reports/channel-performance", { period: DAY }, headers)).status).toBe(200);

  const left = new Set(await actionsOf(`key:${key.id}`));
  expect(left).toEqual(new Set([...AUDIT_LOOKS, ...AUDIT_DEEDS]));
  expect(await actionsOf(`key:${namesake.id}`)).toEqual([]);
});

test("leaves a row for every root field that reads people, keys or the audit itself", () => {
  const reading = /^(customers|verdicts|rejections|privacy|keys|audit|interactions:list)/;
  /** Those that leave a row by the types that they answer, in the transaction that decides, or when their link is opened; rules and holds. */
  const others =
    /^(Query\.(node|nodes|previewForget|retention)|Mutation\.(linkIdentities|mergeCustomers|splitCustomer|withdrawVerdict|forgetCustomer|exportCustomer))$/;

  const untold = Object.entries(ROOT_SCOPES).filter(
    ([root, scope]) => reading.test(scope) && !others.test(root) && !(root in AUDITED),
  );

  expect(untold).toEqual([]);
});

/** Looks are stored before they are answered; of a look-up whose time is up, after. */
async function untilStored(filter: string, count: number) {
  for (let tries = 0; tries < 40; tries += 1) {
    const { data } = await entry(filter);
    if (data.audit.totalCount >= count) return data.audit;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The audit was not stored.");
}

test("says who looked at a customer, merged them and forgot them, under every id that they had", async () => {
  await house.ask(`{ customer(id: "${ids.bob}") { displayName } }`, {}, (await house.keys()).supervisor);
  const merge = `mutation { mergeCustomers(customerIds: ["${ids.ann}", "${ids.bob}"], reason: "one person") { verdict { id } } }`;
  const merged = await house.ask(merge);
  const before = await untilStored(`{ customerId: "${ids.ann}" }`, 2);

  const forgotten = await house.ask(
    `mutation { forgetCustomer(customerId: "${ids.ann}", reason: "asked to") { receiptId } }`,
  );

  expect(before.nodes.map(({ actor, action }: { actor: string; action: string }) => `${actor} ${action}`)).toEqual(
    expect.arrayContaining(["supervisor customer.read", "admin customer.merged"]),
  );
  const after = await untilStored(`{ actions: ["customer.forgotten", "customer.merged"], actor: "admin" }`, 2);
  expect(after.nodes).toMatchObject([
    { action: "customer.forgotten", receiptId: forgotten.data.forgetCustomer.receiptId },
    { action: "customer.merged", verdictId: merged.data.mergeCustomers.verdict.id },
  ]);
});

test("keeps to the period, and refuses whoever may not read it", async () => {
  await house.ask(`{ customer(id: "${ids.ann}") { displayName } }`);
  await untilStored("{}", 1);

  const past = await entry('{ period: { from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z" } }');
  const refused = await entry("{}", "supervisor");

  expect(past.data.audit).toMatchObject({ nodes: [], totalCount: 0 });
  expect(refused.errors![0]!.extensions.code).toBe("FORBIDDEN");
});
