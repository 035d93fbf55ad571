import { Count } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import type { Statements } from "../db/statements.ts";

// The one place where changes are recorded: in the transaction that makes them, for whoever keeps what is derived of rows.
// An extra customer does no harm, and no writer waits for another.

/** Customers of one change that are named. Of more, a reader may read everybody: their names would not fit a statement. */
const MOST_NAMED = 100_000;

/**
 * Records the customers whose rows, or what follows from them, this transaction changes: those that lose something as
 * well as those that gain. Given is a query of `customer_id`, or the statement that makes the change and returns it, so
 * that rows which other writers move meanwhile are recorded as they were met. Answers how many rows it gave.
 */
export async function recordChanges(db: Statements, customers: Sql): Promise<number> {
  const [changed] = await db.rows(
    Count,
    sql`
      with changed as (${customers}),
      customers as (select distinct customer_id from changed),
      fed as (
        insert into customer_changes (customers)
        select case when count(*) <= ${MOST_NAMED}::int then array_agg(customer_id) end from customers having count(*) > 0
      )
      select count(*) as count from changed
    `,
  );
  return changed!.count;
}

/** A leg or a visit. */
interface InteractionKey {
  subjectId: string;
  id: string;
}

/**
 * Records whoever has events that read otherwise when these interactions do. An event takes over what is known of its
 * visit, which may be another owner's of its subject. Which page a visit began with is asked of all interactions of its id.
 */
export async function recordInteractions(db: Statements, keys: readonly InteractionKey[]): Promise<void> {
  if (keys.length === 0) return;
  await recordChanges(
    db,
    sql`
      with given as materialized (
        select k.subject_id, k.id
        from unnest(${keys.map((key) => key.subjectId)}::uuid[], ${keys.map((key) => key.id)}::uuid[]) as k (subject_id, id)
      ),
      subjects as materialized (
        select subject_id as id from given
        union
        select o.subject_id from given g cross join lateral (select * from interactions i where i.id = g.id offset 0) o
      )
      select i.customer_id from subjects s join identities i on i.id = s.id
      union all
      select a.customer_id from subjects s join assignments a on a.subject_id = s.id and a.known_to = 'infinity'
    `,
  );
}

/** Records that this transaction may change any customer. */
export async function recordAnyChange(db: Statements): Promise<void> {
  await db.run(sql`insert into customer_changes (customers) values (null)`);
}

/** These customers, as a query. */
export function customersOf(ids: Iterable<string>): Sql {
  return sql`select unnest(${[...new Set(ids)]}::uuid[]) as customer_id`;
}
