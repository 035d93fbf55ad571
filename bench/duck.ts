import { chmodSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import pg from "pg";

/** The same rows in DuckDB, for comparison, with the types that suit it best. */
export interface Duck {
  /** The rows of a statement; null where it takes longer than the limit. */
  rows(statement: string, limitMs?: number): Promise<Record<string, unknown>[] | null>;
  close(): void;
}

/** The columns of a leg that reports ask about, with their types in DuckDB. */
const LEG_COLUMNS = {
  customer_id: "UUID",
  id: "UUID",
  is_known: "BOOLEAN",
  channel: "VARCHAR",
  source: "VARCHAR",
  source_id: "VARCHAR",
  session_id: "VARCHAR",
  universal_session_id: "VARCHAR",
  started_at: "TIMESTAMPTZ",
  answered_at: "TIMESTAMPTZ",
  ended_at: "TIMESTAMPTZ",
  session_end_time: "TIMESTAMPTZ",
  queue_seconds: "INTEGER",
  hold_seconds: "INTEGER",
  agent_seconds: "INTEGER",
  interaction_seconds: "INTEGER",
  agent_id: "VARCHAR",
  intent: "VARCHAR",
  call_reason: "VARCHAR",
  outcome: "VARCHAR",
  direction: "VARCHAR",
  is_resolved: "BOOLEAN",
  is_transferred: "BOOLEAN",
  channel_type_transferred: "VARCHAR",
  is_digital_offered: "BOOLEAN",
  is_digital_accepted: "BOOLEAN",
  is_transferred_to_survey: "BOOLEAN",
  csat_score: "DOUBLE",
  csat_scale_max: "DOUBLE",
  is_call_back: "BOOLEAN",
  call_back_session_id: "VARCHAR",
  cost_amount: "DOUBLE",
  cost_currency: "VARCHAR",
  match_status: "VARCHAR",
  match_method: "VARCHAR",
};

/** Visits included: a visitor is an active customer. */
const CONTACTS = `
  copy (
    select l.is_visit, ${Object.keys(LEG_COLUMNS)
      .map((name) => `l.${name}`)
      .join(", ")}
    from (
      select
        i.*, i.subject_id not in (select r.id from identities r where r.kind = 'RECORD') as is_known,
        i.channel_type as channel, i.session_start_time as started_at, i.interaction_start_time as answered_at,
        i.interaction_end_time as ended_at
      from interactions i
    ) l
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

/** What DuckDB may take, and where it keeps its tables: in memory, unless a file is named. */
interface DuckTerms {
  file?: string;
  settings: Record<string, string>;
}

/** Copies all events and the dictionary through files in the directory, unless the file has them already. */
export async function openDuck(url: string, directory: string, { file, settings }: DuckTerms): Promise<Duck> {
  const isThere = file !== undefined && existsSync(file);
  const instance = await DuckDBInstance.create(file ?? ":memory:", { temp_directory: directory, ...settings });
  const connection = await instance.connect();
  if (!isThere) await copyAll(url, directory, connection);
  return {
    async rows(statement, limitMs = Number.POSITIVE_INFINITY) {
      let isOver = false;
      const end = () => {
        isOver = true;
        connection.interrupt();
      };
      const timer = Number.isFinite(limitMs) ? setTimeout(end, limitMs) : undefined;
      try {
        return (await connection.runAndReadAll(statement)).getRowObjectsJS();
      } catch (error) {
        if (isOver) return null;
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function copyAll(url: string, directory: string, connection: DuckDBConnection): Promise<void> {
  // PostgreSQL writes them, perhaps as another user.
  chmodSync(directory, 0o777);
  const events = await copied(url, EVENTS, join(directory, "events.csv"));
  const items = await copied(url, "copy items to stdout (format csv, header)", join(directory, "items.csv"));
  const contacts = await copied(url, CONTACTS, join(directory, "contacts.csv"));
  const persons = await copied(url, PERSONS, join(directory, "persons.csv"));
  await load(connection, { events, items, contacts, persons });
  for (const file of [events, items, contacts, persons]) rmSync(file);
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
  { events, items, contacts, persons }: Record<"events" | "items" | "contacts" | "persons", string>,
): Promise<void> {
  await connection.run(`
    create type kind as enum ('PAGE_VIEW', 'SEARCH', 'PROMPT', 'INTENT', 'MESSAGE', 'FORM', 'CALL', 'TRANSACTION', 'SURVEY', 'OTHER')`);
  await connection.run(`
    create table events as
    select * from read_csv('${events}', header = true, columns = {
      'customer_id': 'UUID', 'id': 'UUID', 'is_known': 'BOOLEAN', 'occurred_at': 'TIMESTAMPTZ', 'ended_at': 'TIMESTAMPTZ',
      'sequence': 'INTEGER', 'channel': 'TINYINT', 'kind': 'kind', 'item_id': 'BIGINT', 'call_reason': 'VARCHAR', 'cost': 'DOUBLE',
      'subject_id': 'UUID', 'interaction_id': 'UUID', 'is_leg': 'BOOLEAN', 'match_status': 'VARCHAR'
    })`);
  const columns = Object.entries({ is_visit: "BOOLEAN", ...LEG_COLUMNS }).map(([name, type]) => `'${name}': '${type}'`);
  await connection.run(`
    create table contacts as
    select * from read_csv('${contacts}', header = true, columns = { ${columns.join(", ")} })`);
  await connection.run("create table legs as select * exclude (is_visit) from contacts where not is_visit");
  await connection.run(`
    create table persons as
    select * from read_csv('${persons}', header = true, columns = { 'id': 'UUID', 'customer_id': 'UUID' })`);
  await connection.run(`
    create table items as
    select * from read_csv('${items}', header = true, columns = {
      'id': 'BIGINT', 'kind': 'VARCHAR', 'name': 'VARCHAR', 'section': 'VARCHAR'
    })`);
}
