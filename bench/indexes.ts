import type { Database } from "../src/db/client.ts";
import { sql } from "../src/db/sql.ts";
import { read } from "../test/kit/read.ts";

/** The large tables. */
export const TABLES = ["touchpoints", "interactions"];

/**
 * Takes the keys and indexes from the large tables: to insert at random places of a tree takes several times as long as to
 * make it at the end. Answers the statements that do.
 */
export async function makeBare(db: Database): Promise<string[]> {
  const found = await findIndexes(db);
  for (const { table, name, isKey } of found) {
    await db.pool.query(isKey ? `alter table ${table} drop constraint ${name}` : `drop index ${name}`);
  }
  return found.map(({ definition }) => definition);
}

/** Makes those that were left out when the data set was laid down, as `like` has them. */
export async function makeIndexes(db: Database, like: Database): Promise<void> {
  const known = new Set((await findIndexes(db)).map(({ name }) => name));
  for (const { name, definition } of await findIndexes(like)) if (!known.has(name)) await db.pool.query(definition);
  await db.pool.query("vacuum (analyze) touchpoints, interactions");
}

interface Index {
  table: string;
  name: string;
  isKey: boolean;
  /** The statement that makes it. */
  definition: string;
}

function findIndexes(db: Database): Promise<Index[]> {
  return read<Index>(
    db,
    sql`
      select
        i.tablename as table, i.indexname as name, c.oid is not null as "isKey",
        case
          when c.oid is null then i.indexdef
          else format('alter table %s add constraint %s %s', i.tablename, i.indexname, pg_get_constraintdef(c.oid))
        end as definition
      from pg_indexes i
      left join pg_constraint c on c.conname = i.indexname and c.conrelid::regclass::text = i.tablename and c.contype = 'p'
      where i.tablename = any(${TABLES}) and i.schemaname = 'public'
      order by c.oid is null
    `,
  );
}
