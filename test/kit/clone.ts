import { randomBytes } from "node:crypto";
import pg from "pg";
import { type Database, openDatabase } from "../../src/db/client.ts";
import { migrate } from "../../src/db/migrate.ts";
import { list, type RowCheck, row, text } from "../../src/db/row.ts";
import { sql } from "../../src/db/sql.ts";
import { ensureNamespaces } from "../../src/identity/rules.repository.ts";

/** PostgreSQL's word for it. */
const DEADLOCK = "40P01";

/** Where clones come from: a server, and the migrated database that they are copies of. */
export interface Template {
  adminUrl: string;
  name: string;
}

export interface Clone {
  db: Database;
  url: string;
  /** Empties every table and puts the namespaces back. */
  empty(): Promise<void>;
  drop(): Promise<void>;
}

/** A migrated database of one's own, in a few dozen milliseconds; for tests and benchmarks. */
export async function cloneDatabase({ adminUrl, name }: Template, checkRows?: RowCheck): Promise<Clone> {
  return openClone(adminUrl, await create(adminUrl, name, `template ${name}`), checkRows);
}

/** One that sorts as people in the United States do, and not byte by byte; its tables take a second or two to make. */
export async function makeSortedDatabase({ adminUrl, name }: Template, checkRows?: RowCheck): Promise<Clone> {
  const made = await create(adminUrl, name, "template template0 locale_provider icu icu_locale 'en-US'");
  await fill(urlOf(adminUrl, made));
  return openClone(adminUrl, made, checkRows);
}

async function create(adminUrl: string, name: string, how: string): Promise<string> {
  const clone = `${name}_${randomBytes(6).toString("hex")}`;
  await administer(adminUrl, `create database ${clone} ${how}`);
  return clone;
}

/** What a template has: tables, and the namespaces that every start makes sure of. */
export async function fill(url: string): Promise<void> {
  await migrate(url);
  const db = openDatabase({ url });
  await ensureNamespaces(db).finally(() => db.close());
}

async function openClone(adminUrl: string, clone: string, checkRows?: RowCheck): Promise<Clone> {
  const url = urlOf(adminUrl, clone);
  const db = openDatabase({ url, checkRows });
  const emptying = emptyingOf(await db.rows(Content, CONTENT));
  return {
    db,
    url,
    empty: () => untilUndisturbed(() => db.pool.query(emptying)),
    async drop() {
      await db.close();
      await administer(adminUrl, `drop database if exists ${clone} with (force)`);
    },
  };
}

/** Larger tables than this are worth new files. */
const BULKY_BYTES = 250_000;

/** What a template has: tables, all empty but for the namespaces. */
const Content = row({ tables: list(text), namespaces: text });
const CONTENT = sql`
  select
    array_agg(quote_ident(t.tablename) order by t.tablename) as tables,
    (select json_agg(n) from namespaces n)::text as namespaces
  from pg_tables t
  where t.schemaname = 'public' and t.tablename <> '_prisma_migrations'
`;

/**
 * In one go and one round trip, after whatever an app that runs on it has begun: it never sees a database without
 * namespaces, and writes nothing about what is gone. To truncate makes files anew, of every index too, which takes ten
 * times as long as to delete a few rows.
 */
function emptyingOf([content]: readonly { tables: readonly string[]; namespaces: string }[]): string {
  const { tables, namespaces } = content!;
  return `
    do $do$
    declare bulky text;
    begin
      lock table ${tables.join(", ")} in access exclusive mode;
      ${tables.map((name) => `delete from ${name};`).join(" ")}
      select string_agg(oid::regclass::text, ', ') into bulky
      from pg_class
      where oid = any('{${tables.join(", ")}}'::regclass[]) and pg_relation_size(oid) > ${BULKY_BYTES};
      if bulky is not null then execute 'truncate ' || bulky; end if;
      insert into namespaces select * from json_populate_recordset(null::namespaces, $json$${namespaces}$json$);
    end
    $do$`;
}

/** Again when an app wanted the same tables in another order. */
async function untilUndisturbed(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== DEADLOCK || attempt === 5) throw error;
    }
  }
}

/** Runs one statement on the server as a whole. */
export async function administer(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The address of another database of the same server. */
export function urlOf(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}
