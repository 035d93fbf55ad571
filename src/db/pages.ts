import type { Db } from "./client.ts";
import type { Row } from "./row.ts";
import type { Sql } from "./sql.ts";

/** Before every id. */
const FIRST = "00000000-0000-0000-0000-000000000000";

/** All rows that a statement finds, page by page: it is given the last id of the page before, and answers rows in the order of ids. */
export async function* pagesById<Found extends { id: string }>(
  db: Pick<Db, "rows">,
  declared: Row<Found>,
  after: (id: string) => Sql,
): AsyncGenerator<Found[]> {
  for (let last = FIRST; ; ) {
    const page: Found[] = await db.rows(declared, after(last));
    if (page.length === 0) return;
    yield page;
    last = page.at(-1)!.id;
  }
}
