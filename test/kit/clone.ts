import { randomBytes } from "node:crypto";
import pg from "pg";
import { type Database, openDatabase } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import { ensureNamespaces } from "../../src/identity/rules.repository.ts";

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
export async function cloneDatabase({ adminUrl, name }: Template): Promise<Clone> {
  const clone = `${name}_${randomBytes(6).toString("hex")}`;
  await administer(adminUrl, `create database ${clone} template ${name}`);
  const url = urlOf(adminUrl, clone);
  const db = openDatabase({ url });
  await ensureNamespaces(db);
  const tables = await tableNames(db);
  // To truncate makes files anew, of every index too: of a table that is empty anyhow it is the dearest part of a test.
  const findFilled = tables
    .map((name) => `select '${name}' as name where exists (select from ${name})`)
    .join(" union all ");
  return {
    db,
    url,
    async empty() {
      const { rows } = await db.pool.query<{ name: string }>(findFilled);
      if (rows.length > 0) await db.pool.query(`truncate ${rows.map((row) => row.name).join(", ")}`);
      await ensureNamespaces(db);
    },
    async drop() {
      await db.close();
      await administer(adminUrl, `drop database if exists ${clone} with (force)`);
    },
  };
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

async function tableNames(db: Database): Promise<string[]> {
  const rows = await db.query<{ name: string }>(sql`
    select quote_ident(tablename) as name
    from pg_tables
    where schemaname = 'public' and tablename <> '_prisma_migrations'
    order by tablename
  `);
  return rows.map((row) => row.name);
}
