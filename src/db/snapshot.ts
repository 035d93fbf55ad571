import type pg from "pg";
import { copyRows } from "./copy.ts";
import type { CopyReader } from "./copy-reader.ts";
import type { RowCheck } from "./row.ts";
import type { Sql } from "./sql.ts";
import { type Statements, send, statementsOver } from "./statements.ts";

/** The database as it was at one instant; nothing can be written to it. */
export interface Snapshot extends Statements {
  /** Reads the rows of a statement one by one, in PostgreSQL's binary form. */
  copy(statement: Sql, each: (row: CopyReader) => void): Promise<void>;
  /**
   * Work whose error is its own: what is asked after it is answered all the same. A statement of it that takes longer than
   * the limit ends; 0 for none.
   */
  attempt<T>(work: () => Promise<T>, limitMs: number): Promise<T>;
}

/** Runs `work` on the database as it is now: every statement sees the same. */
export async function atOneInstant<T>(
  pool: pg.Pool,
  check: RowCheck,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let hasFailed = false;
  try {
    // What is read for all may take longer than a statement of one request.
    await client.query("begin isolation level repeatable read, read only; set local statement_timeout = 0");
    const answer = await work({
      ...statementsOver((statement) => send(client, statement), check),
      copy: (statement, each) => copyRows(client, statement, each),
      async attempt(attempted, limitMs) {
        await client.query(`savepoint attempt; set local statement_timeout = ${limitMs}`);
        try {
          const answer = await attempted();
          await client.query("set local statement_timeout = 0");
          return answer;
        } catch (error) {
          await client.query("rollback to savepoint attempt");
          throw error;
        }
      },
    });
    await client.query("commit");
    return answer;
  } catch (error) {
    // What is left of a copy may still be on its way: closing the connection ends it, and the transaction.
    hasFailed = true;
    throw error;
  } finally {
    client.release(hasFailed);
  }
}
