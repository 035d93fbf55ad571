import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { type Prisma, PrismaClient } from "./generated/client.ts";

/** Prisma Client's models, for what is neither hot nor bulk. */
export type Orm = Omit<Prisma.TransactionClient, `$${string}`>;

/** A value as Prisma takes it for a `jsonb` column: its type has no place for interfaces. */
export const jsonOf = (value: unknown) => value as Prisma.InputJsonValue;

/** Prisma Client's part in a transaction that is not its own. */
export interface JoinedOrm {
  orm: Orm;
  /** To be called before the transaction ends, whichever way. */
  leave(): Promise<void>;
}

/** Sends a statement on the transaction's connection. */
type Query = (asked: pg.QueryConfig) => Promise<pg.QueryResult>;

/** The connection whose transaction Prisma Client is to join, while it asks for one. */
const handed = new AsyncLocalStorage<pg.PoolClient>();

export function openOrm(pool: pg.Pool): PrismaClient {
  // Its other formats read source files to quote them.
  return new PrismaClient({ adapter: new PrismaPg(poolForPrisma(pool)), errorFormat: "minimal" });
}

/** The pool as Prisma's adapter sees it: asked for a connection while one is handed over, it answers that one. */
function poolForPrisma(pool: pg.Pool): pg.Pool {
  return Object.create(pool, {
    query: { value: (asked: pg.QueryConfig) => withOwnFaults(pool.query(asked)) },
    connect: { value: async () => handed.getStore() ?? pool.connect() },
  });
}

/** Prisma has codes of its own for PostgreSQL's errors, unless it does not recognise them: one error has one code here. */
async function withOwnFaults<Answer>(asking: Promise<Answer>): Promise<Answer> {
  try {
    return await asking;
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    throw Object.assign(new Error(message, { cause: error }), { code });
  }
}

/**
 * Prisma Client over a transaction that is open already. Prisma begins one of its own when a model is first asked, over
 * the same connection, where its words that bound a transaction are not passed on: who opened it ends it.
 */
export function joinTransaction(prisma: PrismaClient, query: Query): JoinedOrm {
  let orm: Promise<Prisma.TransactionClient> | undefined;
  let ended: Promise<void> | undefined;
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const begin = () =>
    new Promise<Prisma.TransactionClient>((resolve, reject) => {
      const work = (tx: Prisma.TransactionClient) => {
        resolve(tx);
        return left;
      };
      ended = handed.run(withoutBounds(query), () => prisma.$transaction(work, { timeout: NEVER_MS }));
      ended.catch(reject);
    });
  const join = () => {
    orm ??= begin();
    return orm;
  };
  return {
    orm: modelsOf(join),
    async leave() {
      leave();
      await ended;
    },
  };
}

/** The longest that a timer takes: a statement's own timeout and the opener of the transaction bound it. */
const NEVER_MS = 2 ** 31 - 1;

const BOUNDS = new Set(["BEGIN", "COMMIT", "ROLLBACK"]);
const NOTHING = { command: "", oid: 0, rowCount: 0, fields: [], rows: [] };

/** As much of a connection as Prisma's adapter uses of one. */
function withoutBounds(query: Query): pg.PoolClient {
  const passOn = async (asked: pg.QueryConfig) => (BOUNDS.has(asked.text) ? NOTHING : withOwnFaults(query(asked)));
  const nothing = () => {};
  return { query: passOn, on: nothing, removeListener: nothing, release: nothing } as unknown as pg.PoolClient;
}

/** Every operation of every model, once the transaction is joined. */
function modelsOf(join: () => Promise<object>): Orm {
  type Operations = Record<string, (input: unknown) => unknown>;
  const operationsOf = (model: string) =>
    new Proxy<object>(
      {},
      {
        get: (_, operation: string) => async (input: unknown) =>
          ((await join()) as Record<string, Operations>)[model]![operation]!(input),
      },
    );
  return new Proxy({}, { get: (_, model: string) => operationsOf(model) }) as Orm;
}
