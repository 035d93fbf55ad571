import type { Db } from "../db/client.ts";
import { row, text } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";

/** From here on the transaction reads what is stored now, however long it takes. It has to be its first statement. */
export async function readAsOfNow(tx: Db): Promise<void> {
  await tx.run(sql`set transaction isolation level repeatable read, read only`);
}

/** Rows that are read at once. */
const PAGE = 500;

const Whole = row({ json: text });

/** The rows of a table whole, so that every column is there, one that comes later too. */
export async function* readWhole(tx: Db, table: string, where: Sql): AsyncGenerator<string> {
  const named = sql([`declare held cursor for select to_jsonb(t)::text as json from "${table}" t where `]);
  await tx.run(sql`${named}${where}`);
  for (;;) {
    const page = await tx.rows(Whole, sql`fetch ${sql([String(PAGE)])} from held`);
    for (const found of page) yield found.json;
    if (page.length < PAGE) break;
  }
  await tx.run(sql`close held`);
}
