import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { AppError } from "../kit/errors.ts";
import type { Db } from "./client.ts";
import { withEngine } from "./engine.ts";
import { LOCKS } from "./locks.ts";
import { row, text } from "./row.ts";
import { sql } from "./sql.ts";

// The engine writes the usual `_prisma_migrations`, so `prisma migrate deploy` agrees with it.

const PRISMA = fileURLToPath(new URL("../../prisma/", import.meta.url));
const MIGRATIONS = `${PRISMA}migrations`;
/** The engine's answer when there is nothing to do. */
const EMPTY = "-- This is an empty migration.";
/** The engine's error code for a database with tables but without a record of migrations. */
const NOT_EMPTY = "P3005";
const NO_FILTER = { externalTables: [], externalEnums: [] };
/** From 0.1.0 on, migrations are only ever added. Earlier databases were made by others, which this one replaces. */
const BASELINE = "20261130160000_baseline";
const BEFORE_BASELINE =
  "This database was made before version 0.1.0, from which on databases are upgraded; it was left as it is. " +
  "Start anew with another DATA_DIR or DATABASE_URL; what you need of this one, export with the version that made it.";

/** Applies the missing migrations, or of them only these, and answers their names; safe when several processes start at once. */
export async function migrate(url: string, only?: readonly string[]): Promise<string[]> {
  const known = await migrationNames();
  const later = only?.find((name) => !known.includes(name));
  if (later) throw new AppError("CONFLICT", `The tables are of a later version than this one, which has no ${later}.`);
  return withLock(url, async (client) => {
    const applied = await appliedTo(client);
    if (applied.size > 0 && !applied.has(BASELINE)) throw new AppError("CONFLICT", BEFORE_BASELINE);
    if ((await missingOf(client)).length === 0) return [];
    return withEngine(url, async (schemaEngine) => {
      const list = await migrationList(only ?? known);
      const applying = schemaEngine.applyMigrations({ migrationsList: list, filters: NO_FILTER });
      const { appliedMigrationNames } = await applying.catch(explain);
      return appliedMigrationNames;
    });
  });
}

/** The migrations that are missing or failed; cheap enough for a readiness check. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const finished = sql`
    select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null
  `;
  const applied = await db.hot("health.migrations").rows(Applied, finished).catch(noneWithoutTable);
  const names = new Set(applied.map(({ name }) => name));
  return (await migrationNames()).filter((name) => !names.has(name));
}

const Applied = row({ name: text });
const NO_TABLE = "42P01";

function noneWithoutTable(error: { code?: string }): [] {
  if (error.code === NO_TABLE) return [];
  throw error;
}

/** The SQL that would turn the database into schema.prisma; empty when they agree. */
export async function diff(url: string): Promise<string> {
  const schema = { path: `${PRISMA}schema.prisma`, content: await readFile(`${PRISMA}schema.prisma`, "utf8") };
  return withEngine(url, async (schemaEngine) => {
    const { stdout } = await schemaEngine.diff({
      from: { tag: "schemaDatasource", files: [schema], configDir: PRISMA },
      to: { tag: "schemaDatamodel", files: [schema] },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    });
    return !stdout || stdout.startsWith(EMPTY) ? "" : stdout;
  });
}

function explain(error: { code?: string }): never {
  if (error.code !== NOT_EMPTY) throw error;
  throw new AppError("CONFLICT", "The database has tables of something else: let DATABASE_URL name an empty one.");
}

/** Advisory locks belong to a session, so the lock has a connection of its own; a killed process releases it. */
async function withLock<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: "customer360 migrate" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCKS.migration]);
    return await work(client);
  } finally {
    await client.end();
  }
}

async function missingOf(client: pg.Client | pg.Pool): Promise<string[]> {
  const applied = await appliedTo(client);
  return (await migrationNames()).filter((name) => !applied.has(name));
}

async function appliedTo(client: pg.Client | pg.Pool): Promise<Set<string>> {
  const table = await client.query("select to_regclass('_prisma_migrations') as name");
  if (table.rows[0].name === null) return new Set();
  const applied = await client.query<{ migration_name: string }>(
    "select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  return new Set(applied.rows.map((row) => row.migration_name));
}

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function migrationList(names: readonly string[]): Promise<MigrationList> {
  const read = async (name: string) => ({
    path: name,
    migrationFile: {
      path: "migration.sql",
      content: { tag: "ok" as const, value: await readFile(`${MIGRATIONS}/${name}/migration.sql`, "utf8") },
    },
  });
  return {
    baseDir: MIGRATIONS,
    lockfile: { path: "migration_lock.toml", content: await readFile(`${MIGRATIONS}/migration_lock.toml`, "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(names.map(read)),
  };
}
