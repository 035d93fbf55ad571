import pg from "pg";
import type { PrismaClient } from "./generated/client.ts";
import { type Orm, openOrm } from "./orm.ts";
import type { RowCheck } from "./row.ts";
import { atOneInstant, type Snapshot } from "./snapshot.ts";
import { type Statements, send, statementsOver } from "./statements.ts";
import { transact } from "./transaction.ts";

/** What every function that asks the database takes first: a pool or an open transaction. It need not know which. */
export interface Db extends Statements {
  /**
   * The same for a statement that runs thousands of times. It is planned once for each connection under its name, by
   * index, on connections that no report blocks. Its text must never change, and an index must serve it.
   */
  hot(name: string): Statements;
  /** Prisma Client, for all that is neither hot nor bulk. */
  readonly orm: Orm;
  /**
   * Runs `work` in one transaction, or in the open one; an error rolls everything back. For short work with hot
   * statements: all are planned by index, and statements sent together travel together.
   */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** The same for work that may read whole tables: each statement is planned for its values. */
  longTransaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
}

/** The pool itself. */
export interface Database extends Db {
  readonly orm: PrismaClient;
  readonly pool: pg.Pool;
  /** Reads, in as many statements as it likes, what there is at this instant. */
  atOneInstant<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** The most connections, for transactions and for other statements each; hot statements have a few of their own. */
  poolSize?: number;
  /** PostgreSQL cancels a statement after this long; 0 for never. */
  statementTimeoutMs?: number;
  /** Tests look at every row that a statement answers. */
  checkRows?: RowCheck;
}

const INT8 = 20;
const TYPES = {
  // Counts and dictionary ids fit a double; a bigint would make every sum a bigint.
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === INT8 && format !== "binary" ? readInt8 : pg.types.getTypeParser(oid, format as "text"),
};

function readInt8(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

export function openDatabase(options: DatabaseOptions): Database {
  const { poolSize = POOL_SIZE, checkRows: check = "first" } = options;
  const checkOf = checksOf(check);
  const pool = openPool(options, {});
  const hot = openPool({ ...options, poolSize: Math.min(poolSize, HOT_AT_ONCE) }, { options: HOT });
  const writers = openPool(options, { options: HOT });
  // COPY cannot travel together with other statements. One reads what is, another one what was known at an instant.
  const copiers = openPool({ ...options, poolSize: 2 }, { pipeline: false });
  const prisma = openOrm(pool);
  const transactions: Pick<Db, "transaction" | "longTransaction"> = {
    transaction: (work) => transact({ pool: writers, prisma, check }, work),
    longTransaction: (work) => transact({ pool, prisma, check }, work),
  };
  return {
    ...statementsOver((statement) => send(pool, statement), check),
    hot: (name) => statementsOver((statement) => send(hot, statement, name), checkOf(name)),
    orm: prisma,
    ...transactions,
    atOneInstant: (work) => atOneInstant(copiers, check, work),
    pool,
    async close() {
      await Promise.all([pool, hot, writers, copiers].map((each) => each.end()));
    },
  };
}

/** So many answers of a hot statement are looked at: its text never changes, and so neither do its columns. */
const LOOKED_AT = 100;

function checksOf(check: RowCheck): (name: string) => RowCheck {
  const asked = new Map<string, number>();
  return (name) => {
    const times = (asked.get(name) ?? 0) + 1;
    asked.set(name, times);
    return check === "first" && times > LOOKED_AT ? "none" : check;
  };
}

/**
 * Planning a hot statement costs five times what running it does, so these connections plan each once. A plan made over
 * an empty table stays when the table has grown, so it must use an index from the start.
 */
const HOT = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off";

const POOL_SIZE = 10;
/**
 * Hot statements take less time than sending them, so one process keeps no more connections busy. More connections only
 * compete for the same cores: with ten, 300 look-ups a second stood in a queue that three worked off.
 */
const HOT_AT_ONCE = 3;

function openPool(
  { url, poolSize = POOL_SIZE, statementTimeoutMs = 0 }: DatabaseOptions,
  more: pg.PoolConfig,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    statement_timeout: statementTimeoutMs || undefined,
    application_name: "customer360",
    types: TYPES as pg.CustomTypesConfig,
    // Statements of a transaction that are sent together travel together.
    pipeline: true,
    ...more,
  });
  // The pool replaces a connection that dies. Without a listener on the pool, and one on a connection inside a
  // transaction, its death would end the process. The next query reports the error.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}
