import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { type Sql, sql } from "../../src/db/sql.ts";
import { exportCustomer } from "../../src/privacy/export.ts";
import { jsonExport, pageExport } from "../../src/privacy/export-formats.ts";
import { HELD, NOT_ABOUT, OPENED } from "../../src/privacy/held.sql.ts";
import { useApp } from "../app/use-app.ts";
import { read } from "../kit/read.ts";

const house = useApp();

const ann = { namespace: "custid", value: "ann-4711" };
const phone = { namespace: "phone", value: "+46701234567" };
const bob = { namespace: "custid", value: "bob-4712" };
let searched = "";
const IDENTITIES = ["ann-4711", "+46701234567", "login-of-ann"];

const view = (sourceId: string, identities: object[], more: object) => {
  const fields = { occurredAt: "2026-11-20T09:10:00Z", kind: "SEARCH", channel: "WEB" };
  return { source: "web", sourceId, ...fields, identities, ...more };
};

/** Ann was stated, revised, rang, was refused, searched for, decided on, looked at and lent a number; Bob is somebody else. */
beforeEach(async () => {
  // The server remembers names of the dictionary, whose table is emptied between tests.
  searched = `herring recipes ${randomUUID()}`;
  const crm = { source: "crm", observedAt: "2026-11-20T08:00:00Z", sourceId: "1", identities: [ann, phone] };
  await house.post("/v1/customers", { ...crm, displayName: "Ann <Stone>" }, { "idempotency-key": "ann-1" });
  const call = { source: "cti", sourceId: "c1", startedAt: "2026-11-20T09:30:00Z", identities: [ann, phone] };
  await house.post("/v1/calls", { ...call, notes: "first", revision: "2026-11-20T10:00:00Z" });
  await house.post("/v1/calls", { ...call, notes: "asked about her mother", revision: "2026-11-20T11:00:00Z" });
  await house.post("/v1/calls", { ...call, sourceId: "c2", durationSeconds: -1 });
  await house.post("/v1/touchpoints", view("t1", [ann], { name: searched }));
  await house.post("/v1/touchpoints", view("t2", [bob], { name: "secrets of bob" }));
  await house.ask(
    `mutation { linkIdentities(a: { namespace: "custid", value: "ann-4711" }, b: { namespace: "login", value: "login-of-ann" }, reason: "she said so") { verdict { id } } }`,
  );
  await house.ask(
    'mutation { announceCall(input: { source: "cti", sourceId: "c3", agentId: "a1", ringingAt: "2026-11-20T10:00:00Z", identities: [{ namespace: "phone", value: "070-123 45 67" }] }) { callId } }',
  );
});

async function exported(format: typeof jsonExport): Promise<string> {
  const pieces: string[] = [];
  const { data } = await house.ask('{ customer(identity: { namespace: "custid", value: "ann-4711" }) { id } }');
  const { rejectionKey } = house.app.core.keyring;
  const asked = { customerId: data.customer.id, by: { id: "test", name: "privacy officer" }, rejectionKey };
  await exportCustomer(
    house.app.core.database,
    asked,
    format(async (text) => void pieces.push(text)),
  );
  return pieces.join("");
}

const tablesNow = async () => {
  const rows = await read<{ name: string }>(
    house.db,
    sql`select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`,
  );
  return rows.map(({ name }) => name);
};

test("every table is one that is exported, or is said to hold nothing of anybody", async () => {
  const known = [...Object.keys(HELD), ...OPENED, ...Object.keys(NOT_ABOUT)];

  expect(known.toSorted()).toEqual((await tablesNow()).toSorted());
});

test("every row that names the customer by any of their ids is exported, with every column", async () => {
  await house.db.run(sql`
    insert into legal_holds (id, customer_id, reason, held_by, held_at)
    select gen_random_uuid(), customer_id, 'a case', 'law', now()
    from identities
    where coalesce(display, value) = any(${IDENTITIES}::text[])
  `);
  const { tables } = JSON.parse(await exported(jsonExport));

  const ids = await read<{ id: string }>(
    house.db,
    sql`
      with hers as (select id, customer_id from identities where coalesce(display, value) = any(${IDENTITIES}::text[]))
      select id::text from hers
      union
      select customer_id::text from hers
      union
      select k.id::text from ingest_keys k join hers h on h.id = k.subject_id
    `,
  );
  for (const name of Object.keys(HELD)) {
    const naming = await read<{ row: object }>(
      house.db,
      rowsNaming(
        name,
        ids.map(({ id }) => id),
      ),
    );
    // The customer was looked at once more, and the export entered, which this counts too.
    const rows = name === "audit" ? naming.filter(({ row }) => tables.audit.some(sameId(row))) : naming;
    for (const { row } of rows) expect(tables[name]).toContainEqual(row);
    if (!EMPTY.includes(name)) expect([name, tables[name].length > 0]).toEqual([name, true]);
  }
  expect(tables.rejections).toMatchObject([{ sourceId: "c2", body: { kind: "call" } }]);
});

/** Nothing of this story stands in them. */
const EMPTY = ["archived_months", "conflicts", "tracking_leases"];
const sameId = (row: object) => (other: object) => (other as { id: string }).id === (row as { id: string }).id;

function rowsNaming(table: string, ids: readonly string[]): Sql {
  const text = `select to_jsonb(t) as row from "${table}" t where exists (select from unnest($1::text[]) i (id) where strpos(to_jsonb(t)::text, i.id) > 0)`;
  return { text, values: [ids] } as unknown as Sql;
}

test("what is somebody else's is not in it, and the audit says who exported", async () => {
  const json = await exported(jsonExport);

  expect(json).toContain(searched);
  expect(json).not.toMatch(/secrets of bob|bob-4712/);
  const { tables } = JSON.parse(json);
  expect(tables.audit).toContainEqual(
    expect.objectContaining({ actor_id: "test", actor: "privacy officer", action: "customer.exported" }),
  );
});

test("the page has it too, and what it says is text", async () => {
  const page = await exported(pageExport);

  for (const said of ["Ann &lt;Stone&gt;", "asked about her mother", searched, "she said so", "customer.exported"])
    expect(page).toContain(said);
  expect(page).not.toContain("<Stone>");
});
