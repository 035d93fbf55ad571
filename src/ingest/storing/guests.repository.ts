import type { Db } from "../../db/client.ts";
import { flag, row } from "../../db/row.ts";
import { sql } from "../../db/sql.ts";

const Written = row({ was: flag });

/** Whether any batch had records of this source. */
export async function wasWritten(db: Db, source: string): Promise<boolean> {
  const [written] = await db.rows(
    Written,
    sql`
      select exists (select from batches b where b.source = ${source} or b.by_source ? ${source}::text) as was
    `,
  );
  return written!.was;
}
