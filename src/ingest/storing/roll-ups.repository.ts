import type { Db } from "../../db/client.ts";
import { flag, type RowOf, row, uuid } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { MOST_EVENTS } from "../../facts/roll-ups.ts";
import { callPathsSql, customerSessionsSql, customerTotalsSql } from "./roll-ups.sql.ts";

/** "rlup" in ASCII: a process that makes roll-ups holds this lock, so that no two make the same ones. */
const ROLL_UPS = 0x726c7570;

/** Waits until nobody else makes roll-ups. */
export async function lockRollUps(db: Db): Promise<void> {
  await db.run(sql`select pg_advisory_xact_lock(${ROLL_UPS}::bigint)`);
}

const Lock = row({ isFree: flag });

/** Whether nobody else makes roll-ups; if so, nobody does until this transaction ends. */
export async function tryLockRollUps(db: Db): Promise<boolean> {
  const [answer] = await db.rows(
    Lock,
    sql`
      select pg_try_advisory_xact_lock(${ROLL_UPS}::bigint) as "isFree"
    `,
  );
  return answer!.isFree;
}

/** Every statement from here on sees what was committed when the first of them began, and nothing later. */
export async function freeze(db: Db): Promise<void> {
  await db.run(sql`set transaction isolation level repeatable read`);
}

const Unmarked = row({ id: uuid, isHeavy: flag });

/** Deletes the changes of some customers at most; answers those customers, and which of them every report reads anew. */
export async function takeChanges(db: Db, most: number): Promise<RowOf<typeof Unmarked>[]> {
  return db.rows(
    Unmarked,
    sql`
      with due as materialized (select distinct customer_id from changed_customers limit ${most}),
      taken as (delete from changed_customers s using due d where s.customer_id = d.customer_id)
      select d.customer_id as id, coalesce(t.events > ${MOST_EVENTS}, false) as "isHeavy"
      from due d
      left join customer_totals t on t.customer_id = d.customer_id
    `,
  );
}

/** The tables, in the order in which they are made, and what belongs in each of the customers that a condition on `e.customer_id` picks. */
const TABLES: readonly { name: Sql; made: (customers: Sql) => Sql }[] = [
  { name: sql`customer_totals`, made: customerTotalsSql },
  { name: sql`customer_sessions`, made: customerSessionsSql },
  { name: sql`call_paths`, made: callPathsSql },
];

/** Makes the roll-ups of these customers anew. */
export async function makeAnew(db: Db, customers: readonly string[]): Promise<void> {
  for (const { name, made } of TABLES) {
    await db.run(sql`delete from ${name} where customer_id = any(${customers}::uuid[])`);
    await db.run(sql`insert into ${name} ${made(sql`e.customer_id = any(${customers}::uuid[])`)}`);
  }
}

const Mistaken = row({ id: uuid, isBelieved: flag });

/** The customers whose roll-ups do not say what their events do, and whether any report would have believed them. */
export async function findMistaken(db: Db): Promise<RowOf<typeof Mistaken>[]> {
  const mistaken = TABLES.map(
    ({ name, made }) => sql`
      select customer_id
      from (
        with fresh as materialized (${made(sql`true`)})
        (select * from fresh except select * from ${name})
        union all
        (select * from ${name} except select * from fresh)
      ) differing
    `,
  ).reduce((all, one) => sql`${all} union ${one}`);
  return db.rows(
    Mistaken,
    sql`
      select
        m.customer_id as id,
        not exists (select from changed_customers s where s.customer_id = m.customer_id) and coalesce(t.events <= ${MOST_EVENTS}, true)
          as "isBelieved"
      from (${mistaken}) m
      left join customer_totals t on t.customer_id = m.customer_id
    `,
  );
}
