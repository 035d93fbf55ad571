import { chmodSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import pg from "pg";

/** The same rows in DuckDB, the yardstick: in memory, typed as it likes them best. */
export interface Duck {
  rows(statement: string): Promise<Record<string, unknown>[]>;
  close(): void;
}

const LEGS = `
  copy (
    select
      i.customer_id, i.id, i.subject_id not in (select r.id from identities r where r.kind = 'RECORD') as is_known,
      i.channel_type as channel, i.source, i.session_start_time as started_at, i.interaction_start_time as answered_at,
      i.interaction_end_time as ended_at, i.queue_seconds, i.outcome, i.match_status, i.match_method
    from interactions i
    where not i.is_visit
  ) to stdout (format csv, header)`;

const PERSONS = `
  copy (select id, customer_id from identities where kind in ('ANCHOR', 'PERSONAL')) to stdout (format csv, header)`;

const EVENTS = `
  copy (
    select
      e.customer_id, e.id, e.subject_id not in (select r.id from identities r where r.kind = 'RECORD') as is_known,
      e.occurred_at, e.ended_at, coalesce(e.sequence, 2147483647) as sequence,
      array_position(enum_range(null::channel), e.channel) as channel, e.kind, e.item_id, e.call_reason,
      e.cost_amount::float8 as cost, e.subject_id, e.interaction_id, e.is_leg, e.match_status
    from customer_events e
  ) to stdout (format csv, header)`;

/** Copies every event and the dictionary through files in the directory. */
export async function openDuck(url: string, directory: string): Promise<Duck> {
  // PostgreSQL, which writes them, may run as somebody else.
  chmodSync(directory, 0o777);
  const events = await copied(url, EVENTS, join(directory, "events.csv"));
  const items = await copied(url, "copy items to stdout (format csv, header)", join(directory, "items.csv"));
  const legs = await copied(url, LEGS, join(directory, "legs.csv"));
  const persons = await copied(url, PERSONS, join(directory, "persons.csv"));
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await load(connection, { events, items, legs, persons });
  return {
    rows: async (statement) => (await connection.runAndReadAll(statement)).getRowObjectsJS(),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function copied(url: string, statement: string, file: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement.replace("to stdout", `to '${file}'`));
  } finally {
    await client.end();
  }
  return file;
}

async function load(
  connection: DuckDBConnection,
  { events, items, legs, persons }: Record<"events" | "items" | "legs" | "persons", string>,
): Promise<void> {
  await connection.run(`
    create type kind as enum ('PAGE_VIEW', 'SEARCH', 'PROMPT', 'INTENT', 'CALL', 'MESSAGE', 'FORM', 'TRANSACTION', 'SURVEY', 'OTHER')`);
  await connection.run(`
    create table events as
    select * from read_csv('${events}', header = true, columns = {
      'customer_id': 'UUID', 'id': 'UUID', 'is_known': 'BOOLEAN', 'occurred_at': 'TIMESTAMPTZ', 'ended_at': 'TIMESTAMPTZ',
      'sequence': 'INTEGER', 'channel': 'TINYINT', 'kind': 'kind', 'item_id': 'BIGINT', 'call_reason': 'VARCHAR', 'cost': 'DOUBLE',
      'subject_id': 'UUID', 'interaction_id': 'UUID', 'is_leg': 'BOOLEAN', 'match_status': 'VARCHAR'
    })`);
  await connection.run(`
    create table legs as
    select * from read_csv('${legs}', header = true, columns = {
      'customer_id': 'UUID', 'id': 'UUID', 'is_known': 'BOOLEAN', 'channel': 'VARCHAR', 'source': 'VARCHAR',
      'started_at': 'TIMESTAMPTZ', 'answered_at': 'TIMESTAMPTZ', 'ended_at': 'TIMESTAMPTZ', 'queue_seconds': 'INTEGER',
      'outcome': 'VARCHAR', 'match_status': 'VARCHAR', 'match_method': 'VARCHAR'
    })`);
  await connection.run(`
    create table persons as
    select * from read_csv('${persons}', header = true, columns = { 'id': 'UUID', 'customer_id': 'UUID' })`);
  await connection.run(`
    create table items as
    select * from read_csv('${items}', header = true, columns = {
      'id': 'BIGINT', 'kind': 'VARCHAR', 'name': 'VARCHAR', 'section': 'VARCHAR'
    })`);
}
