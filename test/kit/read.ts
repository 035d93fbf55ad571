import { z } from "zod";
import type { Row } from "../../src/db/row.ts";
import type { Sql } from "../../src/db/sql.ts";
import type { Statements } from "../../src/db/statements.ts";

const anything: unknown = z.any();

/** Reads rows that are not declared: what a test expects of them says what they are. */
export function read<Value>(db: Statements, statement: Sql): Promise<Value[]> {
  return db.rows(anything as Row<Value>, statement);
}
