import type { Database, Db } from "../src/db/client.ts";
import { type Sql, sql } from "../src/db/sql.ts";
import { read } from "../test/kit/read.ts";
import { makeBare, TABLES } from "./indexes.ts";

/** How much a data set holds, and its period. */
export interface DataSet {
  touchpoints: number;
  calls: number;
  customers: number;
  period: { from: Date; to: Date };
}

const FROM = new Date("2026-06-01T00:00:00Z");
const DAYS = 90;
const TO = new Date(FROM.getTime() + DAYS * 86_400_000);

/** A repeatable number from 0 to below 1, from a row's number and a salt. */
const chance = (of: Sql, salt: number) =>
  sql`((hashint8extended(${of}, ${salt}::bigint) & 1073741823) / 1073741824.0::float8)`;
const idOf = (kind: string, of: Sql) => sql`md5(${kind}::text || ${of})::uuid`;

/**
 * Inserts a data set directly into the tables, the same at each run: visits of 1 to 15 pages by four fifths of the
 * people, some of whom come often; three calls for a hundred touchpoints, of which six in ten follow a visit within 25
 * minutes, two in a hundred have a withheld number, and the rest are anybody's, at any time; prompts before every
 * second call; and chats. Visits are on the disk in order of time, as ingest would have written them.
 */
export async function buildDataSet(db: Database, touchpoints: number, { isIndexed = true } = {}): Promise<DataSet> {
  const people = Math.max(10, Math.round(touchpoints / 20));
  const calls = Math.round(touchpoints * 0.03);
  const indexes = await makeBare(db);
  // Nothing of it outlasts the run: that half of the writing is for nothing where only reading is measured.
  if (!isIndexed) for (const table of TABLES) await db.pool.query(`alter table ${table} set unlogged`);
  await db.transaction(async (tx) => {
    await tx.run(sql`set local work_mem = '512MB'`);
    await layPeople(tx, people);
    await layItems(tx);
    await planVisits(tx, Math.round(touchpoints / 8), people);
    await planCalls(tx, calls, people);
    await layTouchpoints(tx);
    await layInteractions(tx);
  });
  if (isIndexed) for (const statement of indexes) await db.pool.query(statement);
  // Autovacuum does this within minutes of an import: index-only scans and good plans depend on it.
  await db.run(sql`vacuum (analyze) identities, items, touchpoints, interactions`);
  return findDataSet(db);
}

/** The one that was laid down before, if any was. */
export async function findDataSet(db: Db): Promise<DataSet> {
  const [counted] = await read<Omit<DataSet, "period">>(
    db,
    sql`
      select
        (select count(*) from touchpoints) as touchpoints,
        (select count(*) from interactions where source = 'calls') as calls,
        (select count(*) from identities where kind <> 'RECORD') as customers
    `,
  );
  return { ...counted!, period: { from: FROM, to: TO } };
}

async function layPeople(db: Db, people: number): Promise<void> {
  await db.run(sql`
    insert into identities (id, namespace, value, kind, customer_id, born_at)
    select
      ${idOf("identity", sql`n`)}, case when n % 3 = 0 then 'custid' else 'cookie' end, n::text,
      (case when n % 3 = 0 then 'ANCHOR' else 'CARRIER' end)::identity_kind, ${idOf("customer", sql`n`)}, ${FROM}
    from generate_series(0, ${people - 1}::bigint) n
  `);
}

/** 40 pages in each of 8 sections, 50 search terms, 4 forms, 8 reasons to call, 5 prompts. */
async function layItems(db: Db): Promise<void> {
  await db.run(sql`
    insert into items (id, kind, name, section)
    select n, 'PAGE_VIEW', '/' || section || '/' || n % 40, section
    from generate_series(0, 319) n
    cross join lateral (
      select (array['home', 'billing', 'support', 'shop', 'contact', 'account', 'outage', 'move'])[n / 40 + 1] as section
    ) s
    union all
    select 1000 + n, 'SEARCH', 'term ' || n, '' from generate_series(0, 49) n
    union all
    select 2000 + n, 'FORM', 'form ' || n, 'contact' from generate_series(0, 3) n
    union all
    select 3000 + n, 'CALL', 'reason ' || n, '' from generate_series(0, 7) n
    union all
    select 4000 + n, 'PROMPT', 'prompt ' || n, '' from generate_series(0, 4) n
  `);
}

async function planVisits(db: Db, visits: number, people: number): Promise<void> {
  await db.run(sql`
    create temp table plan_visits on commit drop as
    select
      v, who, start_at, pages, seconds, ${idOf("visit", sql`v`)} as id,
      start_at + make_interval(secs => (pages - 1) * seconds) as last_at
    from (
      select
        v, floor(${people * 0.8}::float8 * power(${chance(sql`v`, 1)}, 1.5))::bigint as who,
        ${FROM}::timestamptz + make_interval(secs => floor(${chance(sql`v`, 2)} * ${(DAYS - 1) * 86_400}::int)) as start_at,
        1 + floor(${chance(sql`v`, 3)} * 15)::int as pages,
        10 + floor(${chance(sql`v`, 4)} * 110)::int as seconds
      from generate_series(0, ${visits - 1}::bigint) v
    ) v
  `);
  await db.run(sql`create index on plan_visits (v)`);
}

async function planCalls(db: Db, calls: number, people: number): Promise<void> {
  await db.run(sql`
    create temp table plan_calls on commit drop as
    select
      k, c.luck >= 0.98 as is_withheld,
      case
        when c.luck < 0.6 then v.who
        when c.luck < 0.98 then floor(${people * 0.3}::float8 + ${people * 0.7}::float8 * ${chance(sql`k`, 12)})::bigint
      end as who,
      case
        when c.luck < 0.6 then v.last_at + make_interval(secs => 20 + floor(${chance(sql`k`, 13)} * 1480))
        -- Not in the first minute: the prompts before the call would fall outside the period.
        else ${FROM}::timestamptz + make_interval(secs => 60 + floor(${chance(sql`k`, 14)} * ${(DAYS - 1) * 86_400}::int))
      end as start_at
    from (
      select k, ${chance(sql`k`, 11)} as luck, k * 7919 % (select count(*) from plan_visits) as v
      from generate_series(0, ${calls - 1}::bigint) k
    ) c
    join plan_visits v on v.v = c.v
  `);
  await db.run(sql`
    insert into identities (id, namespace, value, kind, customer_id, born_at)
    select ${idOf("caller", sql`k`)}, 'record', 'call ' || k, 'RECORD', ${idOf("nobody", sql`k`)}, c.start_at
    from plan_calls c
    where c.is_withheld
  `);
}

/** Nine in ten are page views; one in a hundred has a length, as a video has. */
async function layTouchpoints(db: Db): Promise<void> {
  await db.run(sql`
    insert into touchpoints (
      subject_id, occurred_at, id, ended_at, ingested_at, customer_id, interaction_id, source, channel, kind, item_id
    )
    select
      ${idOf("identity", sql`t.who`)}, t.at, ${idOf("page", sql`t.n`)},
      case when ${chance(sql`t.n`, 21)} < 0.01 then t.at + make_interval(secs => t.seconds - 1) end, t.at,
      ${idOf("customer", sql`t.who`)}, t.id, 'web', 'WEB',
      (case when luck < 0.9 then 'PAGE_VIEW' when luck < 0.97 then 'SEARCH' else 'FORM' end)::touchpoint_kind,
      case
        when luck < 0.9 then floor(320 * power(${chance(sql`t.n`, 23)}, 2))
        when luck < 0.97 then 1000 + floor(50 * ${chance(sql`t.n`, 23)})
        else 2000 + floor(4 * ${chance(sql`t.n`, 23)})
      end
    from (
      select
        v.who, v.id, v.seconds, v.v * 16 + p as n, v.start_at + make_interval(secs => p * v.seconds) as at,
        ${chance(sql`v.v * 16 + p`, 22)} as luck
      from (select * from plan_visits order by start_at) v
      cross join lateral generate_series(0, v.pages - 1) p
    ) t
  `);
}

async function layInteractions(db: Db): Promise<void> {
  await db.run(sql`
    insert into interactions (
      subject_id, id, source, source_id, ingested_at, customer_id, is_visit, channel_type, session_start_time,
      interaction_end_time, call_reason, intent, cost_amount, cost_currency, item_id, outcome, queue_seconds,
      interaction_start_time, match_status, match_method
    )
    select
      coalesce(${idOf("identity", sql`l.who`)}, ${idOf("caller", sql`l.n`)}), ${idOf("leg", sql`l.kind || l.n`)}, l.kind,
      l.n::text, l.start_at, coalesce(${idOf("customer", sql`l.who`)}, ${idOf("nobody", sql`l.n`)}), l.kind = 'web',
      l.channel::channel, l.start_at, l.end_at,
      case when l.kind = 'calls' then 'reason ' || l.item end, case when l.kind = 'ivr' then 'prompt ' || l.item end,
      case when l.kind = 'calls' then 1 + l.n % 9 end, case when l.kind = 'calls' then 'EUR' end,
      case l.kind when 'calls' then 3000 + l.item when 'ivr' then 4000 + l.item end,
      (case when l.kind = 'calls' then case when q.is_lost then 'ABANDONED' else 'HANDLED' end end)::outcome,
      case when l.kind = 'calls' then q.seconds end,
      case when l.kind = 'calls' and not q.is_lost then l.start_at + make_interval(secs => q.seconds) end,
      (case when l.kind = 'calls' then case when l.who is null then 'NO_IDENTITY' when q.is_matched then 'MATCHED' else 'OFFLINE' end end)::match_status,
      (case when l.kind = 'calls' and l.who is not null and q.is_matched then 'CALLER_NUMBER' end)::match_method
    from (
      select 'web' as kind, 'WEB' as channel, v.who, v.v as n, v.start_at, v.last_at as end_at, 0 as item from plan_visits v
      union all
      select
        'calls', 'VOICE', c.who, c.k, c.start_at,
        c.start_at + make_interval(secs => 60 + floor(600 * ${chance(sql`c.k`, 31)})), floor(8 * ${chance(sql`c.k`, 32)})
      from plan_calls c
      union all
      select 'ivr', 'IVR', c.who, c.k, c.start_at - interval '40 seconds', c.start_at, floor(5 * ${chance(sql`c.k`, 33)})
      from plan_calls c
      where c.k % 2 = 0
      union all
      select 'chat', 'CHAT', v.who, v.v, v.last_at + interval '1 minute', v.last_at + interval '6 minutes', 0
      from plan_visits v
      where v.v % 25 = 0
    ) l
    cross join lateral (
      select
        ${chance(sql`l.n`, 34)} < 0.08 as is_lost, floor(59 * ${chance(sql`l.n`, 35)})::int as seconds,
        ${chance(sql`l.n`, 36)} < 0.6 as is_matched
    ) q
    order by l.start_at
  `);
}
