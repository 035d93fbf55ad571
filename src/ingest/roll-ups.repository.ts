import type { Db } from "../db/client.ts";
import { join, type Sql, sql } from "../db/sql.ts";
import { CHANNELS, TOUCHPOINT_KINDS } from "../facts/vocabulary.ts";

/** "rlup" in ASCII: whoever makes roll-ups holds this lock, so that no two make the same ones. */
const ROLL_UPS = 0x726c7570;

/** Waits until nobody else makes roll-ups. */
export async function lockRollUps(db: Db): Promise<void> {
  await db.query(sql`select pg_advisory_xact_lock(${ROLL_UPS}::bigint)`);
}

/** Whether nobody else makes roll-ups; if so, nobody does until this transaction ends. */
export async function tryLockRollUps(db: Db): Promise<boolean> {
  const [answer] = await db.query<{ isFree: boolean }>(sql`
    select pg_try_advisory_xact_lock(${ROLL_UPS}::bigint) as "isFree"
  `);
  return answer!.isFree;
}

/** Every statement from here on sees what was committed when the first of them began, and nothing later. */
export async function freeze(db: Db): Promise<void> {
  await db.query(sql`set transaction isolation level repeatable read`);
}

/** Takes the marks off some customers at most, and answers whom. */
export async function unmark(db: Db, most: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    with due as materialized (select distinct customer_id from stale_customers limit ${most}),
    unmarked as (delete from stale_customers s using due d where s.customer_id = d.customer_id)
    select customer_id as id from due
  `);
  return rows.map(({ id }) => id);
}

/** Counts anew what these customers did. */
export async function countAnew(db: Db, customers: readonly string[]): Promise<void> {
  await db.query(sql`delete from customer_totals where customer_id = any(${customers}::uuid[])`);
  await db.query(sql`insert into customer_totals ${totalsSql(sql`e.customer_id = any(${customers}::uuid[])`)}`);
}

/** Counts everybody anew; answers how many of those who were thought to be counted were not so, or not at all. */
export async function countAllAnew(db: Db): Promise<number> {
  const [counted] = await db.query<{ wrong: number }>(sql`
    with
      fresh as materialized (${totalsSql(sql`true`)}),
      differing as materialized (
        select customer_id, f as fresh
        from fresh f
        full join customer_totals t using (customer_id)
        where f is distinct from t
      ),
      gone as (delete from customer_totals t using differing d where t.customer_id = d.customer_id and d.fresh is null),
      counted as (
        insert into customer_totals
        select (d.fresh).* from differing d where d.fresh is not null
        on conflict (customer_id) do update
        set first_at = excluded.first_at, last_at = excluded.last_at, events = excluded.events, by_kind = excluded.by_kind,
            by_channel = excluded.by_channel
      ),
      unmarked as (delete from stale_customers)
    select count(*) as wrong
    from differing d
    where not exists (select from stale_customers s where s.customer_id = d.customer_id)
  `);
  return counted!.wrong;
}

/** One row a customer: when they did anything first and last, and how many events of each kind and channel. */
function totalsSql(customers: Sql): Sql {
  const kinds = TOUCHPOINT_KINDS.map((kind) => sql`count(*) filter (where e.kind = ${kind}::touchpoint_kind)`);
  const channels = CHANNELS.map((channel) => sql`count(*) filter (where e.channel = ${channel}::channel)`);
  return sql`
    select
      e.customer_id, min(e.occurred_at)::timestamptz(3) as first_at, max(e.occurred_at)::timestamptz(3) as last_at,
      count(*)::integer as events, array[${join(kinds)}]::integer[] as by_kind, array[${join(channels)}]::integer[] as by_channel
    from customer_events e
    where ${customers}
    group by e.customer_id
  `;
}
