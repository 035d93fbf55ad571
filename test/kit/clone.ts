import { randomBytes } from "node:crypto";
import pg from "pg";
import { type Database, openDatabase } from "../../src/db/client.ts";
import { migrate } from "../../src/db/migrate.ts";
import { int, list, type RowCheck, row, text } from "../../src/db/row.ts";
import { sql } from "../../src/db/sql.ts";
import { ensureNamespaces } from "../../src/identity/rules.repository.ts";

/** PostgreSQL's code for a deadlock. */
const DEADLOCK = "40P01";

/** Where clones come from: a server, and the migrated database that they are copies of. */
export interface Template {
  adminUrl: string;
  name: string;
}

export interface Clone {
  db: Database;
  url: string;
  /** Empties every table and puts the namespaces back. */
  empty(): Promise<void>;
  drop(): Promise<void>;
}

/** Makes a migrated database that nobody else uses: for benchmarks, and tests that change its tables. */
export async function cloneDatabase(template: Template, checkRows?: RowCheck): Promise<Clone> {
  return openClone(await make(template, false), checkRows);
}

/** Sorts texts as people in the United States do, not byte by byte. Its tables are made anew, which takes a second or two. */
const AS_A_DICTIONARY = "template template0 locale_provider icu icu_locale 'en-US'";

/** Databases that earlier files of this worker gave back, by whether they sort as a dictionary does. */
const idle: Record<"sorted" | "plain", Kept[]> = { sorted: [], plain: [] };

interface Kept {
  made: Made;
  clone: Clone;
}

/** What the connections of a database say that stay open from file to file. */
const KEPT = "kept";

/**
 * Lends an empty, migrated database, which an earlier file of this worker may have used. Copying the template takes 0.3 s
 * of CPU, emptying a copy a hundredth of that. Its connections stay open: a new one reads the catalogue anew, which takes
 * some ten milliseconds.
 */
export async function borrowDatabase({ adminUrl, name }: Template, isSorted: boolean): Promise<Borrowed> {
  const shelf = idle[isSorted ? "sorted" : "plain"];
  const kept = shelf.pop() ?? keep(await make({ adminUrl, name }, isSorted));
  const { made, clone } = kept;
  await clone.empty();
  let isLent = true;
  return {
    ...clone,
    url: urlOf(adminUrl, made.name),
    db: whileLent(clone.db, () => isLent),
    async giveBack() {
      isLent = false;
      const [now] = await clone.db.rows(Shape, SHAPE);
      // A connection that the file left open would write into the next file's tables.
      const [left] = await clone.db.rows(Left, DISCONNECT_OTHERS);
      if (now!.shape !== made.shape || left!.busy > 0) return clone.drop();
      // What the file left at work may hold on to its tables; then nobody has the database next.
      const isEmpty = await untilUndisturbed(() => clone.db.pool.query(emptyingOf(made, 0))).then(
        () => true,
        () => false,
      );
      if (!isEmpty) return clone.drop();
      shelf.push(kept);
    },
  };
}

function keep(made: Made): Kept {
  const url = new URL(urlOf(made.adminUrl, made.name));
  url.searchParams.set("application_name", KEPT);
  return { made, clone: openClone(made, "all", url.href) };
}

/** Refuses whoever asks after the file has ended, who would ask in the next file's tables. */
function whileLent(db: Database, isLent: () => boolean): Database {
  return new Proxy(db, {
    get(kept, name: keyof Database) {
      if (!isLent()) throw new Error("The file that had this database has ended.");
      return kept[name];
    },
  });
}

export interface Borrowed extends Clone {
  /** Hands it to the next file. A database whose tables were changed or analysed is dropped. */
  giveBack(): Promise<void>;
}

/** A database, and its content and shape when it was made. */
interface Made extends Template {
  tables: readonly string[];
  namespaces: string;
  /** A hash of its tables and views, and of what the planner knows about their rows. */
  shape: string;
}

async function make({ adminUrl, name }: Template, isSorted: boolean): Promise<Made> {
  const made = await create(adminUrl, name, isSorted ? AS_A_DICTIONARY : `template ${name}`);
  const url = urlOf(adminUrl, made);
  if (isSorted) await fill(url);
  return { adminUrl, name: made, ...(await madeOf(url)) };
}

async function madeOf(url: string) {
  const db = openDatabase({ url });
  try {
    const [[content], [shape]] = await Promise.all([db.rows(Content, CONTENT), db.rows(Shape, SHAPE)]);
    return { ...content!, ...shape! };
  } finally {
    await db.close();
  }
}

async function create(adminUrl: string, name: string, how: string): Promise<string> {
  const clone = `${name}_${randomBytes(6).toString("hex")}`;
  await administer(adminUrl, `create database ${clone} ${how}`);
  return clone;
}

/** Makes the tables, and the namespaces that every start inserts. */
export async function fill(url: string): Promise<void> {
  await migrate(url);
  const db = openDatabase({ url });
  await ensureNamespaces(db).finally(() => db.close());
}

function openClone(made: Made, checkRows?: RowCheck, url = urlOf(made.adminUrl, made.name)): Clone {
  const { adminUrl, name } = made;
  const db = openDatabase({ url, checkRows });
  const emptying = emptyingOf(made, BULKY_BYTES);
  return {
    db,
    url,
    empty: () => untilUndisturbed(() => db.pool.query(emptying)),
    async drop() {
      await db.close();
      await administer(adminUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

/** Larger tables than this are worth new files; for the next file of tests every one is, so that plans are as in a new database. */
const BULKY_BYTES = 250_000;

/** The tables of a template, of which only the namespaces have rows. */
const Content = row({ tables: list(text), namespaces: text });
const CONTENT = sql`
  select array_agg(quote_ident(tablename) order by tablename) as tables, (select json_agg(n) from namespaces n)::text as namespaces
  from pg_tables
  where schemaname = 'public' and tablename <> '_prisma_migrations'
`;

const Shape = row({ shape: text });
const SHAPE = sql`
  select
    md5(string_agg(
      concat_ws(' ', relkind, relname, relnatts, relchecks, relhastriggers, relacl, case when relkind = 'r' then reltuples end),
      ',' order by oid
    )) || (select count(*) from pg_default_acl) as shape
  from pg_class
  where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
`;

/** Ends the connections that are not kept; says how many of those have more to do. */
const Left = row({ busy: int, ended: int });
const DISCONNECT_OTHERS = sql`
  select count(*) filter (where application_name = ${KEPT} and state <> 'idle')::int as busy,
    count(*) filter (where application_name <> ${KEPT} and pg_terminate_backend(pid, 5000))::int as ended
  from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()
`;

/**
 * One statement under one lock: it waits for what a running app has begun, and the app never sees a database without
 * namespaces. Truncating makes new files for each table and index, which takes ten times as long as deleting a few rows.
 * What is deleted leaves no history: no trigger fires for a superuser, and history is emptied last for anybody else.
 */
function emptyingOf({ tables, namespaces }: Made, bulkyBytes: number): string {
  return `
    do $do$
    declare filled record;
    begin
      lock table ${tables.join(", ")} in access exclusive mode;
      perform set_config('session_replication_role', 'replica', true)
      from pg_roles
      where rolname = current_user and rolsuper;
      for filled in
        select oid::regclass as name, pg_relation_size(oid) > ${bulkyBytes} as is_bulky
        from pg_class
        where oid = any('{${tables.join(", ")}}'::regclass[]) and pg_relation_size(oid) > 0
        order by relname = 'history'
      loop
        execute case when filled.is_bulky then 'truncate ' else 'delete from ' end || filled.name;
      end loop;
      insert into customer_changes (customers) values (null);
      insert into namespaces select * from json_populate_recordset(null::namespaces, $json$${namespaces}$json$);
    end
    $do$`;
}

/** Tries again after a deadlock with an app that locks the same tables in another order. */
async function untilUndisturbed(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== DEADLOCK || attempt === 5) throw error;
    }
  }
}

/** Runs one statement on the server as a whole. */
export async function administer(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The address of another database of the same server. */
export function urlOf(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}
