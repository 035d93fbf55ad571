import { row, text } from "../../src/db/row.ts";
import { type Sql, sql } from "../../src/db/sql.ts";
import type { Statements } from "../../src/db/statements.ts";

/** How PostgreSQL would run a statement there. */
export async function planOf(there: Statements, statement: Sql): Promise<string> {
  const lines = await there.rows(row({ "QUERY PLAN": text }), sql`explain ${statement}`);
  return lines.map((line) => line["QUERY PLAN"]).join("\n");
}
