import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

// Prisma's engine as WebAssembly. The CLI would download a native one, which fails without internet.

/** Runs `work` with Prisma's schema engine over one connection to the database. */
export async function withEngine<T>(url: string, work: (schemaEngine: SchemaEngine) => Promise<T>): Promise<T> {
  await loadEngine();
  // One connection: the engine takes a lock that belongs to its session.
  const pool = new pg.Pool({ connectionString: url, max: 1, application_name: "customer360 migrate" });
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(adapterOver(pool));
    const schemaEngine = await engine.SchemaEngine.new({ datamodels: undefined }, () => {}, factory);
    return await work(schemaEngine).finally(() => schemaEngine.free());
  } finally {
    await pool.end();
  }
}

let loaded: Promise<void> | undefined;

function loadEngine(): Promise<void> {
  loaded ??= instantiate();
  return loaded;
}

async function instantiate(): Promise<void> {
  // The engine reports a panic here.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: raise } });
  const script = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(script.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, {
    "./schema_engine_bg.js": { ...engine, ...quietTimers() },
  });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

function raise(message: string): never {
  throw new Error(`Prisma's schema engine gave up: ${message}`);
}

/** The engine never clears the timer that it sets for its lock, which would keep the process alive for ten seconds. */
function quietTimers(): Record<string, unknown> {
  const names = Object.keys(engine).filter((name) => name.startsWith("__wbg_setTimeout"));
  const later = (work: () => void, ms: number) => setTimeout(work, ms >>> 0).unref();
  return Object.fromEntries(names.map((name) => [name, later]));
}

/** Corrects what Prisma's adapter gets wrong for the engine. */
function adapterOver(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const { charsIn } = translateChars(pool);
  const factory = new PrismaPg(pool);
  const connect = async () => {
    const adapter = await factory.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const answer = await queryRaw(query);
      for (const column of charsIn(answer.rows)) answer.columnTypes[column] = ColumnTypeEnum.Character;
      return answer;
    };
    // The adapter would cut a script at every semicolon, even in texts and comments; sent whole, it is one transaction.
    adapter.executeScript = async (script) => {
      await pool.query(script);
    };
    return adapter;
  };
  const { provider, adapterName } = factory;
  return { provider, adapterName, connect, connectToShadowDb: () => factory.connectToShadowDb() };
}

const CHAR = 18;
const TEXT = 25;

/**
 * The adapter refuses the catalogue's "char" columns: they are read as texts, and `charsIn` says which columns of an
 * answer they were.
 */
function translateChars(pool: pg.Pool): { charsIn(rows: object): readonly number[] } {
  const seen = new WeakMap<object, number[]>();
  const query = pool.query.bind(pool) as unknown as (...input: unknown[]) => Promise<pg.QueryResult>;
  const translated = async (...input: unknown[]) => {
    const answer = await query(...input);
    const fields = answer.fields ?? [];
    const chars = fields.flatMap((field, column) => (field.dataTypeID === CHAR ? [column] : []));
    for (const column of chars) fields[column]!.dataTypeID = TEXT;
    if (chars.length > 0) seen.set(answer.rows, chars);
    return answer;
  };
  Object.assign(pool, { query: translated });
  return { charsIn: (rows) => seen.get(rows) ?? [] };
}

// Node has it; the types of Node 20 only declare its name.
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};
