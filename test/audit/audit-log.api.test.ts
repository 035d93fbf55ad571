import { expect, test } from "vitest";
import { openAuditLog } from "../../src/audit/audit-log.ts";
import { sql } from "../../src/db/sql.ts";
import { openLog } from "../../src/kit/log.ts";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";
import { read } from "../kit/read.ts";

const house = useApp();
const DESK = { id: "key:1", name: "desk" };
const PHONE = { namespace: "phone", value: "+46701234567" };
const STATE = `mutation ($input: UpsertCustomerInput!) { upsertCustomer(input: $input) { customer { id } } }`;

test("whoever reads a customer leaves one trace a request, and none for the id alone", async () => {
  const id = await somebody();
  const { agent } = await house.keys();

  await house.ask(`{ customer(id: "${id}") { id } }`, {}, agent);
  await house.ask(`{ customer(id: "${id}") { displayName record { region } identities { value } } }`, {}, agent);

  expect(await traces()).toEqual([{ action: "customer.read", actor: "agent", customerId: id }]);
});

test("whoever reads what a customer did leaves the same trace", async () => {
  const id = await somebody();
  const call = { source: "cti", sourceId: "1", startedAt: "2026-11-20T09:00:00Z", identities: [PHONE] };
  await house.ask("mutation ($input: LogCallInput!) { logCall(input: $input) { status } }", { input: call }, ADMIN_KEY);
  const { supervisor } = await house.keys();

  await house.ask("{ interactions { nodes { callReason } } }", {}, supervisor);

  // One reader, at one time: which of two rows of an answer is first means nothing.
  expect(await traces()).toEqual(
    expect.arrayContaining([
      { action: "customer.read", actor: "supervisor", customerId: id },
      { action: "interactions.listed", actor: "supervisor", customerId: null },
    ]),
  );
});

test("a look-up is noted with whom it showed, and also when it showed nobody", async () => {
  const id = await somebody();
  const { ivr } = await house.keys();
  const ask = `query ($input: LookupCallerInput!) { lookupCaller(input: $input) { latencyMs } }`;

  await house.ask(ask, { input: { identities: [PHONE] } }, ivr);
  await fetch(`${house.url}/v1/callers?phone=%2B46709999999`, { headers: { authorization: `Bearer ${ivr}` } });

  expect(await traces()).toEqual([
    { action: "caller.looked-up", actor: "ivr", customerId: id },
    { action: "caller.looked-up", actor: "ivr", customerId: null },
  ]);
});

test("nobody reads while who reads cannot be stored", async () => {
  const id = await somebody();
  await house.db.run(sql`alter table audit rename to hidden`);

  const refused = await house.ask(`{ customer(id: "${id}") { displayName } }`);
  const unread = await house.ask("{ viewer { name } }");
  const menu = await fetch(`${house.url}/v1/callers?phone=%2B46701234567`, { headers: { "x-api-key": ADMIN_KEY } });
  await house.db.run(sql`alter table hidden rename to audit`);

  // What waited is stored now, with the row of this.
  expect((await house.ask(`{ customer(id: "${id}") { displayName } }`)).errors).toBeUndefined();

  expect(refused.errors?.[0]?.extensions.code).toBe("UNAVAILABLE");
  expect(unread.errors).toBeUndefined();
  expect(menu.status).toBe(200);
});

test("traces that cannot be stored yet are stored later, each once", async () => {
  const auditLog = openAuditLog(house.db, openLog("silent"));
  await house.db.run(sql`alter table audit rename to hidden`);
  auditLog.note({ by: DESK, action: "customer.read", customerId: null });
  await new Promise((resolve) => setTimeout(resolve, 700));
  auditLog.note({ by: DESK, action: "customer.read", customerId: null });
  await house.db.run(sql`alter table hidden rename to audit`);

  await auditLog.close();

  expect(await traces()).toHaveLength(2);
});

test("what is noted while others are being stored is stored too, whatever the token's subject is", async () => {
  const auditLog = openAuditLog(house.db, openLog("silent"));
  const note = (name: string) =>
    auditLog.note({ by: { id: "key:1", name }, action: "customer.read", customerId: null });
  await house.db.transaction(async (tx) => {
    await tx.run(sql`lock table audit in access exclusive mode`);
    note("first");
    await new Promise((resolve) => setTimeout(resolve, 700));
    note("second \0");
  });

  await auditLog.close();

  expect(await traces()).toEqual([
    { actor: "first", action: "customer.read", customerId: null },
    { actor: "second ", action: "customer.read", customerId: null },
  ]);
});

async function somebody(): Promise<string> {
  const input = { source: "crm", sourceId: "1", observedAt: "2026-11-20T09:00:00Z", identities: [PHONE] };
  const { data } = await house.ask(STATE, { input }, ADMIN_KEY);
  return data.upsertCustomer.customer.id;
}

function traces(): Promise<unknown[]> {
  return read(house.db, sql`select actor, action, customer_id as "customerId" from audit order by at, id`);
}
