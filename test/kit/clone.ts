import { randomBytes } from "node:crypto";
import pg from "pg";
import { type Database, type Db, openDatabase } from "../../src/db/client.ts";
import { Prisma } from "../../src/db/generated/client.ts";
import type { RowCheck } from "../../src/db/row.ts";
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
  const clone = `${name}_${randomBytes(6).toString("hex")}`;
  await administer(adminUrl, `create database ${clone} template ${name}`);
  const url = urlOf(adminUrl, clone);
  const db = openDatabase({ url, checkRows });
  await ensureNamespaces(db);
  const tables = await tableNames(db);
  return {
    db,
    url,
    empty: () => untilUndisturbed(() => db.transaction((tx) => empty(tx, tables))),
    async drop() {
      await db.close();
      await administer(adminUrl, `drop database if exists ${clone} with (force)`);
    },
  };
}

/** Larger tables than this are worth new files. */
const BULKY_BYTES = 250_000;

/**
 * In one go, after whatever an app that runs on it has begun: it never sees a database without namespaces, and writes
 * nothing about what is gone. To truncate makes files anew, of every index too, which takes ten times as long as to
 * delete a few rows.
 */
async function empty(tx: Db, tables: readonly string[]): Promise<void> {
  await tx.query(Prisma.raw(`lock table ${tables.join(", ")} in access exclusive mode`));
  const deletions = tables.map((name, n) => `t${n} as (delete from ${name})`).join(", ");
  const bulky = await tx.query<{ name: string }>(
    Prisma.raw(`
      with ${deletions}
      select oid::regclass::text as name
      from pg_class
      where oid = any('{${tables.join(", ")}}'::regclass[]) and pg_relation_size(oid) > ${BULKY_BYTES}
    `),
  );
  if (bulky.length > 0) await tx.query(Prisma.raw(`truncate ${bulky.map(({ name }) => name).join(", ")}`));
  await ensureNamespaces(tx);
}

/** Again when an app wanted the same tables in another order. */
async function untilUndisturbed(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
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

async function tableNames(db: Database): Promise<string[]> {
  const rows = await db.query<{ name: string }>(sql`
    select quote_ident(tablename) as name
    from pg_tables
    where schemaname = 'public' and tablename <> '_prisma_migrations'
    order by tablename
  `);
  return rows.map((row) => row.name);
}
