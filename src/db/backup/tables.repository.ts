import type { Db } from "../client.ts";
import { flag, instant, int, list, type RowOf, row, text } from "../row.ts";
import type { Snapshot } from "../snapshot.ts";
import { declaredSql, type Sql, sql } from "../sql.ts";
import type { Statements } from "../statements.ts";

/** Which transactions of this server changed what: of no use to another one, which makes its own. */
const OF_THE_SERVER = ["customer_changes", "change_snapshots"];
/** Written by whoever makes the tables. */
const OF_MIGRATIONS = "_prisma_migrations";

const Table = row({ name: text, columns: list(text) });
export type BackedUpTable = RowOf<typeof Table>;

/** The tables that a backup holds, with their columns. */
export const findTables = (db: Statements): Promise<BackedUpTable[]> =>
  db.rows(
    Table,
    sql`
      select c.relname as name, array_agg(quote_ident(a.attname) order by a.attnum) as columns
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> all(${[OF_MIGRATIONS, ...OF_THE_SERVER]}::text[])
      group by c.relname
      order by c.relname
    `,
  );

const Taken = row({ at: instant, migrations: list(text) });

/** When a snapshot is of, and whose tables it shows. */
export async function findTaken(snapshot: Snapshot): Promise<RowOf<typeof Taken>> {
  const [taken] = await snapshot.rows(
    Taken,
    sql`
      select now() as at, array(
        select migration_name from _prisma_migrations
        where finished_at is not null and rolled_back_at is null
        order by migration_name
      ) as migrations
    `,
  );
  return taken!;
}

/** Calls `each` with every row of a table, as one line of JSON. */
export function eachRow(snapshot: Snapshot, { name }: BackedUpTable, each: (line: string) => void): Promise<void> {
  return snapshot.copy(sql`select to_jsonb(t)::text from ${identifier(name)} t`, (row) => each(row.text()!));
}

/** Inserts rows that `eachRow` wrote; answers how many there were. */
export function insertRows(db: Db, { name, columns }: BackedUpTable, lines: readonly string[]): Promise<number> {
  const names = declaredSql(columns.join(", "));
  return db.run(sql`
    insert into ${identifier(name)} (${names})
    select ${names} from jsonb_populate_recordset(null::${identifier(name)}, ${`[${lines.join(",")}]`}::jsonb)
  `);
}

/** Names come from the catalogue, or from a manifest whose tables the catalogue has. */
const identifier = (name: string): Sql => declaredSql(`public."${name.replaceAll('"', '""')}"`);

const Filled = row({ isFilled: flag });

/** The first of these tables that has a row; null where all are empty. */
export async function findFilled(db: Db, tables: readonly BackedUpTable[]): Promise<string | null> {
  for (const { name } of tables) {
    const [found] = await db.rows(Filled, sql`select exists (select from ${identifier(name)}) as "isFilled"`);
    if (found!.isFilled) return name;
  }
  return null;
}

const Others = row({ processes: int });

/** How many connections of this product others have to the database. */
export async function countOthers(db: Db): Promise<number> {
  const [others] = await db.rows(
    Others,
    sql`
      select count(*)::int as processes
      from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name = 'customer360'
    `,
  );
  return others!.processes;
}

/** Takes away everything that migrations made. */
export async function dropEverything(db: Db): Promise<void> {
  await db.run(sql`drop schema if exists bi, known cascade`);
  await db.run(sql`drop schema public cascade`);
  await db.run(sql`create schema public`);
}

/** What was known by earlier readers of changes is of no use any more. */
export async function closeRestoring(db: Db): Promise<void> {
  await db.run(sql`insert into customer_changes (customers) values (null)`);
}

export const analyseAll = (db: Db): Promise<number> => db.run(sql`analyze`);
