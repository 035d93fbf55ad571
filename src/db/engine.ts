import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

// Prisma's own engine as WebAssembly: the CLI would download a native one, which fails where there is no internet.

/** Lends out Prisma's schema engine over one connection to the database. */
export async function withEngine<T>(url: string, work: (schemaEngine: SchemaEngine) => Promise<T>): Promise<T> {
  await loadEngine();
  // One connection: the engine takes a lock that belongs to its session.
  const pool = new pg.Pool({ connectionString: url, max: 1, application_name: "customer360 migrate" });
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(adapterOver(readingChars(pool)));
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
  const script = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(script.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...engine } });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/** The adapter cuts scripts at every semicolon, those in texts and comments too; sent whole, a script is one transaction. */
function adapterOver(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool);
  const wholeScripts = async () => {
    const adapter = await factory.connect();
    adapter.executeScript = async (script) => {
      await pool.query(script);
    };
    return adapter;
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: wholeScripts,
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}

const CHAR = 18;
const BPCHAR = 1042;

/** The adapter cannot read the catalogue's "char" columns; told that they are character(1), it can. */
function readingChars(pool: pg.Pool): pg.Pool {
  const query = pool.query.bind(pool) as unknown as (...input: unknown[]) => Promise<pg.QueryResult>;
  const translated = async (...input: unknown[]) => {
    const answer = await query(...input);
    for (const field of answer.fields ?? []) if (field.dataTypeID === CHAR) field.dataTypeID = BPCHAR;
    return answer;
  };
  return Object.assign(pool, { query: translated });
}

// Node has it; the types of Node 20 only name it.
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};
