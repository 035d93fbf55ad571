import type pg from "pg";
import type { Db } from "./client.ts";
import type { PrismaClient } from "./generated/client.ts";
import { joinTransaction } from "./orm.ts";
import type { RowCheck } from "./row.ts";
import { isBroken, type Send, send, statementsOver } from "./statements.ts";

/** What a transaction runs on. */
export interface TransactionBase {
  pool: pg.Pool;
  prisma: PrismaClient;
  check: RowCheck;
}

export async function transact<T>(base: TransactionBase, work: (tx: Db) => Promise<T>): Promise<T> {
  const client = await base.pool.connect();
  const { tx, close } = transactionOver(client, base);
  let failed: unknown;
  try {
    await client.query("begin");
    const answer = await work(tx);
    await close();
    const { command } = await client.query("commit");
    // PostgreSQL's answer to a commit after a statement failed and its error was ignored.
    if (command !== "COMMIT") throw new Error("The transaction was rolled back: one of its statements had failed.");
    return answer;
  } catch (error) {
    failed = error;
    await close().catch(() => {});
    // A connection that cannot roll back is closed below.
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release(isBroken(failed));
  }
}

/**
 * Refuses statements that come after the end, from work that ran beside what failed: they would commit on their own.
 */
function transactionOver(
  client: pg.PoolClient,
  { prisma, check }: TransactionBase,
): { tx: Db; close(): Promise<void> } {
  let isOver = false;
  const query = async (asked: pg.QueryConfig) => {
    if (isOver) throw new Error("The transaction is over.");
    return client.query(asked);
  };
  const asked = { query } as pg.PoolClient;
  const sending =
    (name?: string): Send =>
    (statement) =>
      send(asked, statement, name);
  const { orm, leave } = joinTransaction(prisma, query);
  const tx: Db = {
    ...statementsOver(sending(), check),
    hot: (name) => statementsOver(sending(name), check),
    orm,
    transaction: (work) => work(tx),
    longTransaction: (work) => work(tx),
  };
  const close = () => {
    isOver = true;
    return leave();
  };
  return { tx, close };
}
