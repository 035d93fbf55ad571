import { chmodSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import pg from "pg";

/** The same rows in DuckDB, the yardstick: in memory, typed as it likes them best. */
export interface Duck {
  rows(statement: string): Promise<Record<string, unknown>[]>;
  close(): void;
}

const EVENTS = `
  copy (
    select
      e.customer_id, e.id, e.subject_id not in (select r.id from identities r where r.kind = 'RECORD') as is_known,
      e.occurred_at, e.ended_at, coalesce(e.sequence, 2147483647) as sequence,
      array_position(enum_range(null::channel), e.channel) as channel, e.kind, e.item_id, e.call_reason, e.cost_amount::float8 as cost
    from customer_events e
  ) to stdout (format csv, header)`;

/** Copies every event and the dictionary through files in the directory. */
export async function openDuck(url: string, directory: string): Promise<Duck> {
  // PostgreSQL, which writes them, may run as somebody else.
  chmodSync(directory, 0o777);
  const events = await copied(url, EVENTS, join(directory, "events.csv"));
  const items = await copied(url, "copy items to stdout (format csv, header)", join(directory, "items.csv"));
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await load(connection, { events, items });
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
  { events, items }: Record<"events" | "items", string>,
): Promise<void> {
  await connection.run(`
    create type kind as enum ('PAGE_VIEW', 'SEARCH', 'PROMPT', 'INTENT', 'CALL', 'MESSAGE', 'FORM', 'TRANSACTION', 'SURVEY', 'OTHER')`);
  await connection.run(`
    create table events as
    select * from read_csv('${events}', header = true, columns = {
      'customer_id': 'UUID', 'id': 'UUID', 'is_known': 'BOOLEAN', 'occurred_at': 'TIMESTAMPTZ', 'ended_at': 'TIMESTAMPTZ',
      'sequence': 'INTEGER', 'channel': 'TINYINT', 'kind': 'kind', 'item_id': 'BIGINT', 'call_reason': 'VARCHAR', 'cost': 'DOUBLE'
    })`);
  await connection.run(`
    create table items as
    select * from read_csv('${items}', header = true, columns = {
      'id': 'BIGINT', 'kind': 'VARCHAR', 'name': 'VARCHAR', 'section': 'VARCHAR'
    })`);
}
