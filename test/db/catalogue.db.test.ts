import { expect, test } from "vitest";
import { type Sql, sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";
import { read } from "../kit/read.ts";

// Kernel §8: on a sharded database each of these lies where its column says, and a unique key without it is impossible.
const DISTRIBUTED: Record<string, string> = {
  assignments: "subject_id",
  customer_records: "subject_id",
  interactions: "subject_id",
  touchpoints: "subject_id",
  sightings: "identity_id",
  erasures: "id",
  forgettings: "id",
  identities: "id",
  ingest_keys: "id",
  revisions: "record_id",
  history: "subject_id",
  originals: "id",
  rejections: "id",
  audit: "id",
  calls: "id",
  outbox: "stream",
  pops: "id",
  streams: "name",
};
/** Small or of the whole house: a copy on every machine. */
const EVERYWHERE = [
  "api_keys",
  "archived_months",
  "audit_seals",
  "batches",
  "change_snapshots",
  "conflicts",
  "consent_rules",
  "customer_changes",
  "idempotency_keys",
  "imports",
  "items",
  "keyring",
  "legal_holds",
  "namespaces",
  "retention_rules",
  "retention_runs",
  "routing_rules",
  "sources",
  "tracking_leases",
  "tracking_numbers",
  "verdicts",
];
const EVENTS = ["touchpoints", "interactions", "customer_records"];

const house = useDatabase();
const names = async (statement: Sql) => (await read<{ name: string }>(house.db, statement)).map((row) => row.name);

test("every table has its place on a sharded database", async () => {
  const tables = await names(sql`
    select tablename as name from pg_tables
    where schemaname = 'public' and tablename <> '_prisma_migrations'
    order by tablename
  `);

  expect(tables).toEqual([...Object.keys(DISTRIBUTED), ...EVERYWHERE].sort());
});

test("every unique key of a distributed table contains the column that it is distributed by", async () => {
  const keys = await uniqueKeys();

  const unfit = keys.filter(({ table, columns }) => DISTRIBUTED[table] && !columns.includes(DISTRIBUTED[table]!));

  expect(keys.length).toBeGreaterThan(20);
  expect(unfit.map(({ name }) => name)).toEqual([]);
});

test("no key of an event table contains the customer, who may change", async () => {
  const keys = await uniqueKeys();

  const unfit = keys.filter(({ table, columns }) => EVENTS.includes(table) && columns.includes("customer_id"));

  expect(unfit).toEqual([]);
});

test("nothing cascades or counts, and triggers only keep history", async () => {
  const cascades = sql`select conname as name from pg_constraint where contype = 'f' and confupdtype = 'c'`;
  const triggers = sql`
    select tgname as name from pg_trigger where not tgisinternal and tgfoid <> 'keep_history'::regproc
  `;
  const sequences = sql`select relname as name from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`;

  expect(await names(cascades)).toEqual([]);
  expect(await names(triggers)).toEqual([]);
  expect(await names(sequences)).toEqual([]);
});

test("what was known has every column of what is known", async () => {
  expect(await columnsNotKnown(), "A migration that adds a column ends with: call known.make_again();").toEqual([]);
});

test("a column that is added is known once the views are made again", async () => {
  await house.db.run(sql`alter table interactions add column queue_name text`);
  const before = await columnsNotKnown();
  await house.db.run(sql`call known.make_again()`);
  const after = await columnsNotKnown();
  await house.db.run(sql`
    insert into interactions (
      subject_id, id, source, source_id, ingested_at, customer_id, channel_type, session_start_time, is_visit, queue_name
    )
    select gen_random_uuid(), gen_random_uuid(), 'acd', '1', now(), gen_random_uuid(), 'VOICE', now(), false, 'gold'
  `);
  const then = await names(sql`
    select r.queue_name || ' ' || e.kind as name
    from set_config('c360.known_at', (now() + interval '1 hour')::text, true)
    cross join lateral (select * from known.interactions) r
    join known.customer_events e on e.id = r.id
  `);

  expect(before).toEqual(["interactions.queue_name"]);
  expect(after).toEqual([]);
  expect(then).toEqual(["gold CALL"]);
});

/** Columns of tables that their views in the schema `known` lack. */
const columnsNotKnown = () =>
  names(sql`
    select c.relname || '.' || a.attname as name
    from pg_class k
    join pg_class c on c.relname = k.relname and c.relnamespace = 'public'::regnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where k.relnamespace = 'known'::regnamespace
    and not exists (select from pg_attribute b where b.attrelid = k.oid and b.attname = a.attname)
    order by name
  `);

test("every instant has a zone and three decimals, but for the ends of history", async () => {
  const others = await names(sql`
    select c.relname || '.' || a.attname as name
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    where c.relkind = 'r'
    and c.relnamespace = 'public'::regnamespace
    and c.relname not in ('_prisma_migrations', 'history')
    and a.attnum > 0
    and a.atttypid in ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype, 'time'::regtype)
    and format_type(a.atttypid, a.atttypmod) <> 'timestamp(3) with time zone'
  `);

  expect(others).toEqual([]);
});

test("no b-tree holds a text that may be too long for its page", async () => {
  await house.db.run(sql`
    insert into identities (id, namespace, value, kind, customer_id, born_at)
    values (gen_random_uuid(), 'login', ${longText(1_024)}, 'PERSONAL', gen_random_uuid(), now())
  `);
  await house.db.run(sql`insert into items values (1, 'URL', ${longText(4_096)}, ${longText(1_024)})`);

  const stored = await read(house.db, sql`select from items where name = ${longText(4_096)}`);

  expect(stored).toHaveLength(1);
});

/** Four bytes a character, in an order that does not compress. */
function longText(length: number): string {
  let seed = 1;
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return String.fromCodePoint(0x20000 + (seed % 40_000));
  };
  return Array.from({ length }, next).join("");
}

interface UniqueKey {
  table: string;
  name: string;
  columns: string[];
}

function uniqueKeys(): Promise<UniqueKey[]> {
  return read<UniqueKey>(
    house.db,
    sql`
      select
        t.relname as "table",
        k.relname as name,
        array_agg(a.attname::text order by a.attnum) as columns
      from pg_index i
      join pg_class t on t.oid = i.indrelid
      join pg_class k on k.oid = i.indexrelid
      join pg_attribute a on a.attrelid = i.indexrelid and a.attnum <= i.indnkeyatts
      where i.indisunique
      and t.relnamespace = 'public'::regnamespace
      group by t.relname, k.relname
    `,
  );
}
