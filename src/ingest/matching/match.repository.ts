import type { Db } from "../../db/client.ts";
import { join, type Sql, sql } from "../../db/sql.ts";
import { CALLS_STAND_UNTIL } from "../../facts/archive.sql.ts";
import { recordChanges } from "../../identity/changes.repository.ts";
import { CallKey, matchSql } from "./match.sql.ts";
import { LONGEST, NEARBY_MINUTES } from "./match-nearby.sql.ts";

/** Calls matched by one statement. */
const AT_ONCE = 2_000;

/** Matches these calls to the web; answers how many now read differently. */
export async function matchCalls(db: Db, keys: readonly CallKey[]): Promise<number> {
  let changed = 0;
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    changed += await recordChanges(db.hot("calls.match"), matchSql(keys.slice(start, start + AT_ONCE)));
  }
  return changed;
}

/** Something that happened, to or on something, not before one instant and not after another. */
export interface Since<Key = string> {
  key: Key;
  from: Date;
  to: Date;
}

/** What a batch brought that calls may have to be matched anew for. */
export interface Brought {
  /** Customers who did something, on any channel. */
  customers: readonly Since[];
  /** Visitor ids that were on the web. */
  visitors: readonly Since[];
  /** Subjects of touchpoints on the web: an earlier page of a visit may be what brought it. */
  visits: readonly Since[];
  /** Addresses that were looked at. */
  pages: readonly Since[];
  /** Numbers whose link was clicked. */
  clicks: readonly Since[];
}

const IS_CALL = sql`i.channel_type = 'VOICE' and not i.is_visit`;
const UNMATCHED = sql`i.match_status is null and ${IS_CALL}`;

function since(rows: readonly Since[], type: Sql): Sql {
  return sql`unnest(
    ${rows.map(({ key }) => key)}::${type}[],
    ${rows.map(({ from }) => from.toISOString())}::timestamptz[],
    ${rows.map(({ to }) => to.toISOString())}::timestamptz[]
  ) as k (key, since, until)`;
}

const SHORTLY_AFTER = sql`
  i.session_start_time >= k.since and i.session_start_time <= k.until + make_interval(mins => ${NEARBY_MINUTES}::int)
`;

/**
 * The calls of each row of `from`. `offset 0` keeps a look-up a look-up, and one by what is asked for: planned freely over
 * an empty table, it would read all the calls there are once that is full.
 */
function callsOf(from: Sql, where: Sql): Sql {
  return sql`
    select i.subject_id, i.id
    from ${from}
    cross join lateral (
      select i.subject_id, i.id, i.channel_type, i.is_visit from interactions i where ${where} offset 0
    ) i
    where ${IS_CALL}
  `;
}

/** The indexes of pages and of dialled numbers are of calls alone: who does not say so reads all calls of the time instead. */
const onPage = (page: Sql): Sql => sql`i.channel_type = 'VOICE' and i.page_url = ${page}`;
const dialling = (number: Sql): Sql => sql`i.channel_type = 'VOICE' and i.tracking_number = ${number}`;

/**
 * Calls not matched yet, and those that came after what a batch brought late. One look, by indexes alone. The order is that
 * of the index of unmatched calls: since visits have no match either, PostgreSQL takes many calls to have none, and would
 * rather read all there are.
 */
export async function findDueCalls(db: Db, brought: Brought): Promise<CallKey[]> {
  const { customers, visitors, visits, pages, clicks } = brought;
  const arms = [
    sql`(select i.subject_id, i.id from interactions i where ${UNMATCHED} order by i.id limit ${AT_ONCE})`,
    customers.length > 0 &&
      callsOf(since(customers, sql`uuid`), sql`i.customer_id = k.key and i.session_start_time >= k.since`),
    ...(visitors.length > 0 ? visitorArms(visitors) : []),
    ...(visits.length > 0 ? visitArms(visits) : []),
    pages.length > 0 && callsOf(since(pages, sql`text`), sql`${onPage(sql`k.key`)} and ${SHORTLY_AFTER}`),
    clicks.length > 0 && callsOf(since(clicks, sql`text`), sql`${dialling(sql`k.key`)} and ${SHORTLY_AFTER}`),
  ].filter((arm) => arm !== false);
  const name = [customers, visitors, visits, pages, clicks].map(({ length }) => (length > 0 ? "1" : "0")).join("");
  return db
    .hot(`calls.due.${name}`)
    .rows(CallKey, sql`select d.subject_id as "subjectId", d.id from (${join(arms, " union ")}) d`);
}

/** Calls that carry a visitor's id, or that came to a number lent to the visitor. */
function visitorArms(visitors: readonly Since[]): Sql[] {
  const rows = since(visitors, sql`uuid`);
  return [
    callsOf(rows, sql`i.subject_id = k.key and i.session_start_time >= k.since`),
    callsOf(
      sql`${rows} cross join lateral (
        select * from sightings s where s.identity_id = k.key and s.at >= k.since offset 0
      ) s`,
      sql`i.subject_id = s.subject_id and i.id = s.record_id`,
    ),
    callsOf(
      sql`${rows} cross join lateral (
        select * from tracking_leases l where l.identity_id = k.key and l.valid_to > k.since offset 0
      ) l`,
      sql`
        ${dialling(sql`l.number`)} and i.session_start_time >= greatest(l.valid_from, k.since)
        and i.session_start_time < l.valid_to
      `,
    ),
  ];
}

/**
 * Calls that came right after a later moment of the visit, where nothing but the page or the clicked number tells whose
 * they were; and those of its other subjects' customers: what one of them began with brought a visit across a log-in.
 */
function visitArms(visits: readonly Since[]): Sql[] {
  const others = sql`${since(visits, sql`uuid`)} cross join lateral (
    select distinct w.customer_id
    from touchpoints t
    join interactions w on w.id = t.interaction_id and w.subject_id <> t.subject_id
    where t.subject_id = k.key and t.occurred_at >= k.since and t.occurred_at <= k.until
    offset 0
  ) o`;
  const moments = sql`${since(visits, sql`uuid`)} cross join lateral (
    select u.name, t.occurred_at
    from touchpoints t
    join items u on u.id = t.url_id
    where t.subject_id = k.key and t.occurred_at >= k.since and t.occurred_at <= k.until + ${LONGEST}
    offset 0
  ) m`;
  const rightAfter = sql`
    i.session_start_time >= m.occurred_at
    and i.session_start_time <= m.occurred_at + make_interval(mins => ${NEARBY_MINUTES}::int)
  `;
  return [
    callsOf(others, sql`i.customer_id = o.customer_id and i.session_start_time >= k.since`),
    callsOf(moments, sql`${onPage(sql`m.name`)} and ${rightAfter}`),
    callsOf(moments, sql`m.name like 'tel:%' and ${dialling(sql`substr(m.name, 5)`)} and ${rightAfter}`),
  ];
}

/** Calls to these numbers that have no campaign yet, or were not matched by it. */
export async function loosenCallsTo(db: Db, numbers: readonly string[]): Promise<void> {
  await recordChanges(
    db,
    sql`
      update interactions i set match_status = null
      where i.tracking_number = any(${numbers}::text[]) and ${IS_CALL}
      returning i.customer_id
    `,
  );
}

/**
 * Calls of today that were stored in the last seconds, to be looked at once more: two batches that commit at the same time do not see each
 * other, and one of them may have held the page that led to the other's call.
 */
export async function findFreshCalls(db: Db, seconds: number): Promise<CallKey[]> {
  return db.hot("calls.fresh").rows(
    CallKey,
    sql`
      select i.subject_id as "subjectId", i.id
      from interactions i
      where i.session_start_time > clock_timestamp() - interval '2 hours' and ${IS_CALL}
      and i.ingested_at > clock_timestamp() - make_interval(secs => ${seconds}::float8)
    `,
  );
}

/** Every call after a place, in the order of keys: a rematch reads all calls page by page. */
export async function findCallsAfter(db: Db, after: CallKey | null): Promise<CallKey[]> {
  const least = "00000000-0000-0000-0000-000000000000";
  return db.rows(
    CallKey,
    sql`
      select i.subject_id as "subjectId", i.id
      from interactions i
      where (i.subject_id, i.id) > (${after?.subjectId ?? least}::uuid, ${after?.id ?? least}::uuid) and ${IS_CALL}
        and i.session_start_time >= ${CALLS_STAND_UNTIL}
      order by i.subject_id, i.id
      limit ${AT_ONCE}
    `,
  );
}
