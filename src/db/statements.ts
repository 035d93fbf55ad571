import type pg from "pg";
import { arrayLiteral } from "./array-literal.ts";
import { asDeclared, type Row, type RowCheck } from "./row.ts";
import type { Sql } from "./sql.ts";

/** What can be asked of PostgreSQL in bound SQL. */
export interface Statements {
  /** The rows that a statement selects, or that its `returning` names, each as declared. */
  rows<Value>(declared: Row<Value>, statement: Sql): Promise<Value[]>;
  /** Runs a statement for what it does; answers how many rows it changed or found. */
  run(statement: Sql): Promise<number>;
}

/** Sends one statement on a connection of its choice. */
export type Send = (statement: Sql) => Promise<pg.QueryResult>;

export function statementsOver(send: Send, check: RowCheck): Statements {
  return {
    rows: async (declared, statement) => asDeclared((await send(statement)).rows, declared, check),
    run: async (statement) => (await send(statement)).rowCount ?? 0,
  };
}

/** Under a name, PostgreSQL plans a statement once a connection. */
export function send(client: pg.Pool | pg.PoolClient, statement: Sql, name?: string): Promise<pg.QueryResult> {
  const values = statement.values.map((value) => (Array.isArray(value) ? (arrayLiteral(value) ?? value) : value));
  return client.query({ text: statement.text, values, ...(name && { name }) });
}

/** Errors of PostgreSQL itself carry a five-character code; anything else means that the connection is in doubt. */
export function isBroken(error: unknown): boolean {
  if (error === undefined) return false;
  const { code } = error as { code?: string };
  return error instanceof Error && "severity" in error
    ? code?.startsWith("57P") === true
    : /ECONN|EPIPE/.test(code ?? "");
}
