import type { Db } from "../db/client.ts";
import { Count, instantOrEnd, int, type RowOf, row, uuid } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import { CALLS_STAND_UNTIL } from "../facts/archive.sql.ts";
import { recordChanges } from "./changes.repository.ts";
import type { Range } from "./timeline.ts";

const Stretch = row({ id: uuid, from: instantOrEnd, to: instantOrEnd, customerId: uuid });

/**
 * The current time ranges of identities, each with its owner. An identity without an assignment belongs to the customer
 * it was born with.
 */
export async function findRanges(db: Db, ids: readonly string[]): Promise<Map<string, Range[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db.hot("identities.ranges").rows(
    Stretch,
    sql`
      select
        i.id, coalesce(a.valid_from, '-infinity') as from, coalesce(a.valid_to, 'infinity') as to,
        coalesce(a.customer_id, i.customer_id) as "customerId"
      from identities i
      left join lateral (select * from assignments a where a.subject_id = i.id offset 0) a on a.known_to = 'infinity'
      where i.id = any(${ids}::uuid[])
      order by i.id, a.valid_from
    `,
  );
  const found = new Map<string, Range[]>();
  for (const { id, from, to, customerId } of rows) {
    const range = { from: from.valueOf(), to: to.valueOf(), customerId };
    const earlier = found.get(id);
    if (earlier) earlier.push(range);
    else found.set(id, [range]);
  }
  return found;
}

/** A subject and the ranges that replace its present ones. */
export interface Reassignment {
  subjectId: string;
  ranges: readonly Range[];
}

/** Ends the current assignments of these subjects and inserts the new ones. Needs the stitching lock. */
export async function saveAssignments(db: Db, changes: readonly Reassignment[]): Promise<void> {
  if (changes.length === 0) return;
  const subjects = changes.map((change) => change.subjectId);
  const rows = flatten(changes);
  await db.hot("assignments.save").run(sql`
    with now as materialized (select clock_timestamp()::timestamptz(3) as at),
    ended as (
      update assignments a set known_to = greatest(now.at, a.known_from + interval '1 millisecond')
      from now
      where a.known_to = 'infinity' and a.subject_id = any(${subjects}::uuid[])
      returning a.subject_id, a.known_to
    )
    insert into assignments (subject_id, valid_from, valid_to, known_from, known_to, customer_id)
    select
      r.subject_id, r.valid_from, r.valid_to,
      coalesce((select max(e.known_to) from ended e where e.subject_id = r.subject_id), now.at), 'infinity', r.customer_id
    from now, ${rows}
  `);
}

/** Moves the stored rows of these subjects to the customers who own them now; answers how many rows moved. */
export async function moveRows(db: Db, changes: readonly Reassignment[]): Promise<number> {
  if (changes.length === 0) return 0;
  const rows = flatten(changes);
  const loosened = loosenCalls(db, changes);
  const recorded = recordChanges(db.hot("changes.moved"), ownersEver(changes));
  const moving = db.rows(
    Count,
    sql`
      with range as materialized (select * from ${rows}),
      moved_touchpoints as (
        update touchpoints t set customer_id = r.customer_id
        from range r
        where t.subject_id = r.subject_id and t.occurred_at >= r.valid_from and t.occurred_at < r.valid_to
          and t.customer_id <> r.customer_id
        returning 1
      ),
      moved_interactions as (
        update interactions i set customer_id = r.customer_id
        from range r
        where i.subject_id = r.subject_id and i.session_start_time >= r.valid_from and i.session_start_time < r.valid_to
          and i.customer_id <> r.customer_id
        returning 1
      ),
      moved_records as (
        update customer_records c set customer_id = r.customer_id
        from range r
        where c.subject_id = r.subject_id and c.observed_at >= r.valid_from and c.observed_at < r.valid_to
          and c.customer_id <> r.customer_id
        returning 1
      )
      select
        (select count(*) from moved_touchpoints) + (select count(*) from moved_interactions)
        + (select count(*) from moved_records) as count
    `,
  );
  const [[moved]] = await Promise.all([moving, loosened, recorded]);
  return moved?.count ?? 0;
}

/**
 * Clears the match of calls that must be matched again: calls of these subjects, and later calls of every customer who
 * gains or loses rows, since a visit that moved may have come before them.
 */
async function loosenCalls(db: Db, changes: readonly Reassignment[]): Promise<void> {
  const subjects = changes.map(({ subjectId }) => subjectId);
  const loosen = (which: Sql) => sql`
    update interactions i
    set match_status = null
    where i.channel_type = 'VOICE' and i.match_status is not null and i.session_start_time >= ${CALLS_STAND_UNTIL} and ${which}
  `;
  await Promise.all([
    db.run(loosen(sql`i.subject_id = any(${subjects}::uuid[])`)),
    db.run(sql`
      with first as materialized (
        select min(e.at) as at
        from unnest(${subjects}::uuid[]) as k (id)
        cross join lateral (
          select min(t.occurred_at) as at from touchpoints t where t.subject_id = k.id
          union all
          select min(l.session_start_time) from interactions l where l.subject_id = k.id
        ) e
      )
      ${loosen(sql`i.customer_id in (${ownersEver(changes)}) and i.session_start_time >= (select at from first)`)}
    `),
  ]);
}

/** Every past and present owner of these subjects: no other customer gains or loses rows. */
function ownersEver(changes: readonly Reassignment[]): Sql {
  const subjects = changes.map(({ subjectId }) => subjectId);
  const now = changes.flatMap(({ ranges }) => ranges.map(({ customerId }) => customerId));
  return sql`
    select unnest(${now}::uuid[]) as customer_id
    union
    select a.customer_id from assignments a where a.subject_id = any(${subjects}::uuid[])
    union
    select s.customer_id from identities s where s.id = any(${subjects}::uuid[])
  `;
}

const Moves = row({ touchpoints: int, interactions: int });

/** How many touchpoints and interactions would move. */
export async function countMoves(db: Db, changes: readonly Reassignment[]): Promise<RowOf<typeof Moves>> {
  if (changes.length === 0) return { touchpoints: 0, interactions: 0 };
  const rows = flatten(changes);
  const [counts] = await db.rows(
    Moves,
    sql`
      with range as materialized (select * from ${rows})
      select
        (
          select count(*)
          from range r
          join touchpoints t on t.subject_id = r.subject_id and t.occurred_at >= r.valid_from and t.occurred_at < r.valid_to
          where t.customer_id <> r.customer_id
        ) as touchpoints,
        (
          select count(distinct i.id)
          from range r
          join interactions i on i.subject_id = r.subject_id and i.session_start_time >= r.valid_from
            and i.session_start_time < r.valid_to
          where i.customer_id <> r.customer_id
        ) as interactions
    `,
  );
  return counts!;
}

function flatten(changes: readonly Reassignment[]) {
  const flat = changes.flatMap(({ subjectId, ranges }) => ranges.map((range) => ({ subjectId, ...range })));
  return sql`unnest(
    ${flat.map((row) => row.subjectId)}::uuid[],
    ${flat.map((row) => endless(row.from))}::timestamptz[],
    ${flat.map((row) => endless(row.to))}::timestamptz[],
    ${flat.map((row) => row.customerId)}::uuid[]
  ) as r (subject_id, valid_from, valid_to, customer_id)`;
}

function endless(at: number): string {
  if (at === Number.POSITIVE_INFINITY) return "infinity";
  return at === Number.NEGATIVE_INFINITY ? "-infinity" : new Date(at).toISOString();
}
