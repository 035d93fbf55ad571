import { z } from "zod";
import type { Row } from "../../src/db/row.ts";
import type { Sql } from "../../src/db/sql.ts";
import type { Statements } from "../../src/db/statements.ts";

const anything: unknown = z.any();

/** What a statement answers, undeclared: a test says what it expects of it. */
export function read<Value>(db: Statements, statement: Sql): Promise<Value[]> {
  return db.rows(anything as Row<Value>, statement);
}
