import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { AppError } from "../kit/errors.ts";
import { PrismaClient } from "./generated/client.ts";
import type { Sql } from "./sql.ts";

/** What every function that asks the database takes first: a pool or an open transaction, it cannot tell. */
export interface Db {
  /** The rows of one bound statement. A name has it planned once per connection: for hot, never-changing statements. */
  query<Row>(statement: Sql, name?: string): Promise<Row[]>;
  /** Runs `work` in one transaction, or in the open one; whatever it throws rolls everything back. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
}

/** The pool itself, with Prisma for the writes that are not hot and the simple reads. */
export interface Database extends Db {
  readonly orm: PrismaClient;
  readonly pool: pg.Pool;
  /** The same for somebody who may leave: the statement that runs when `signal` aborts is cancelled. */
  until(signal: AbortSignal): Db;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** Connections at most, for transactions and for all else each; named statements have a few of their own. */
  poolSize?: number;
  /** Every statement is cancelled after this long; 0 for never. */
  statementTimeoutMs?: number;
}

const INT8 = 20;
const TYPES = {
  // Counts and dictionary ids fit a double; bigint would infect every sum.
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === INT8 && format !== "binary" ? readInt8 : pg.types.getTypeParser(oid, format as "text"),
};

function readInt8(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

export function openDatabase(options: DatabaseOptions): Database {
  const pool = openPool(options, {});
  const hot = openPool(
    { ...options, poolSize: Math.min(options.poolSize ?? POOL_SIZE, HOT_AT_ONCE) },
    { options: HOT },
  );
  // What a transaction asks for together travels together.
  const writers = openPool(options, { options: HOT, pipeline: true });
  const db: Db = {
    query: (statement, name) => run(name ? hot : pool, statement, name),
    transaction: (work) => transact(writers, work),
  };
  return {
    ...db,
    pool,
    // What writes is finished, whoever leaves.
    until: (signal) => ({
      query: (statement) => runUntil(signal, statement, { pool, other: hot }),
      transaction: db.transaction,
    }),
    orm: new PrismaClient({ adapter: new PrismaPg(pool) }),
    async close() {
      await Promise.all([pool.end(), hot.end(), writers.end()]);
    },
  };
}

/**
 * Planning a hot statement costs five times what running it does: these connections plan each of them once for all. A
 * plan made while a table was empty stays when it has grown, so that it looks rows up by index from the start.
 */
const HOT = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off";

const POOL_SIZE = 10;
/**
 * Hot statements take less time than asking for them does, so one process keeps no more connections busy. More of them
 * take turns on the same cores: with ten, 300 look-ups a second stood in a queue that three worked off.
 */
const HOT_AT_ONCE = 3;

function openPool(
  { url, poolSize = POOL_SIZE, statementTimeoutMs = 0 }: DatabaseOptions,
  more: pg.PoolConfig,
): pg.Pool {
  const pool = new pg.Pool({
    ...more,
    connectionString: url,
    max: poolSize,
    statement_timeout: statementTimeoutMs || undefined,
    application_name: "customer360",
    types: TYPES as pg.CustomTypesConfig,
  });
  // A connection that dies is replaced by the pool; without listeners, of the pool while it is idle and of its own while
  // a transaction has it, its death would end the process. Whoever uses it is told by the next query.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

interface Pools {
  pool: pg.Pool;
  other: pg.Pool;
}

async function transact<T>(pool: pg.Pool, work: (tx: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const { tx, close } = transactionOver(client);
  let failed: unknown;
  try {
    await client.query("begin");
    const answer = await work(tx);
    close();
    const { command } = await client.query("commit");
    // What PostgreSQL answers where a statement failed and nobody minded.
    if (command !== "COMMIT") throw new Error("The transaction was rolled back: one of its statements had failed.");
    return answer;
  } catch (error) {
    failed = error;
    close();
    // A connection that cannot roll back is thrown away below.
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release(isBroken(failed));
  }
}

/** Statements that come once it is over, from work that went on beside what failed, are refused: they would commit. */
function transactionOver(client: pg.PoolClient): { tx: Db; close(): void } {
  let isOver = false;
  const tx: Db = {
    query: async (statement, name) => {
      if (isOver) throw new Error("The transaction is over.");
      return run(client, statement, name);
    },
    transaction: (work) => work(tx),
  };
  return {
    tx,
    close() {
      isOver = true;
    },
  };
}

async function run<Row>(client: pg.Pool | pg.PoolClient, statement: Sql, name?: string): Promise<Row[]> {
  const answer = await client.query({ text: statement.text, values: statement.values, ...(name && { name }) });
  return answer.rows as Row[];
}

/**
 * Runs a statement and has PostgreSQL cancel it when `signal` aborts. The word goes out over the other pool, whose
 * statements are short: slow ones on every connection cannot hold it up. It may come late, so the connection is not used
 * again.
 */
async function runUntil<Row>(signal: AbortSignal, statement: Sql, { pool, other }: Pools): Promise<Row[]> {
  const client = await pool.connect();
  const { processID } = client as pg.PoolClient & { processID: number };
  const cancel = () => void other.query("select pg_cancel_backend($1)", [processID]).catch(() => {});
  let failed: unknown;
  try {
    signal.throwIfAborted();
    signal.addEventListener("abort", cancel, { once: true });
    return await run(client, statement);
  } catch (error) {
    failed = error;
    throw signal.aborted ? new AppError("TIMEOUT", "The client left before its answer was ready.") : error;
  } finally {
    signal.removeEventListener("abort", cancel);
    client.release(signal.aborted || isBroken(failed));
  }
}

/** Errors of PostgreSQL itself carry a five-character code; anything else means that the connection is in doubt. */
function isBroken(error: unknown): boolean {
  if (error === undefined) return false;
  const { code } = error as { code?: string };
  return error instanceof Error && "severity" in error
    ? code?.startsWith("57P") === true
    : /ECONN|EPIPE/.test(code ?? "");
}
