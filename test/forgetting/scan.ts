import type { Db } from "../../src/db/client.ts";
import { type Sql, sql } from "../../src/db/sql.ts";
import { read } from "../kit/read.ts";

/**
 * Where one of these texts stands: each table and column, as text, in a document or as bytes, and what PostgreSQL keeps of
 * columns to plan by.
 */
export async function placesOf(db: Db, texts: readonly string[]): Promise<string[]> {
  const columns = await read<{ table: string; column: string }>(
    db,
    sql`
      select c.oid::regclass::text as table, quote_ident(a.attname) as column
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'known'::regnamespace)
      union all
      select 'pg_stats', unnest(array['most_common_vals', 'histogram_bounds', 'most_common_elems'])
    `,
  );
  const patterns = texts.flatMap((text) => [text, Buffer.from(text).toString("hex")]).map((text) => text.toLowerCase());
  const found: string[] = [];
  for (const { table, column } of columns) {
    const held = await read<{ text: string }>(db, holding(table, column, patterns));
    for (const { text } of held) found.push(`${table}.${column}: ${text}`);
  }
  return found;
}

function holding(table: string, column: string, patterns: readonly string[]): Sql {
  const statement = `select distinct p.text from ${table} t, unnest($1::text[]) p (text) where strpos(lower(t.${column}::text), p.text) > 0`;
  return { text: statement, values: [patterns] } as unknown as Sql;
}
