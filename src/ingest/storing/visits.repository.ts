import type { Db } from "../../db/client.ts";
import { type RowOf, row, text, uuid } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { STANDS_UNTIL } from "../../facts/archive.sql.ts";
import { MOST_OF_CONTACT } from "../../facts/contacts.ts";
import { recordInteractions } from "../../identity/changes.repository.ts";
import { arrayText } from "./array-text.ts";
import { Tie } from "./contacts.repository.ts";
import { isWithin, type VisitsWithin } from "./cut-visits.repository.ts";
import { IS_ROW, keysSql, type RowKey } from "./ledger.repository.ts";
import type { Visit } from "./visit.ts";

/**
 * Makes or widens these visits, each given once. Every column grows by least or greatest, which commutes, so that
 * any order of arrival gives the same row. A leg that the sender reported under the same key keeps its own times.
 * A visit that begins sooner may be another owner's of its subject; a batch records them all. Answers the visits that
 * may be of a contact: those that have keys, and those in which another customer's part is of one.
 */
export async function growVisits(db: Db, visits: readonly Visit[], batchId: string | null): Promise<VisitRow[]> {
  if (visits.length === 0) return [];
  const column = <Value>(read: (visit: Visit) => Value) => visits.map(read);
  const grown = sql`
    insert into interactions as i (
      subject_id, id, source, source_id, ingested_at, batch_id, customer_id, is_visit, channel_type,
      universal_session_id, session_id, session_start_time, session_end_time, device, contact_keys
    )
    select
      v.subject_id, v.id, v.source, v.source_id, clock_timestamp(), ${batchId}::uuid, v.customer_id, true, v.channel,
      v.universal_session_id, v.session_id, v.started_at, v.ended_at, v.device, v.contact_keys::text[]
    from unnest(
      ${column((visit) => visit.subjectId)}::uuid[],
      ${column((visit) => visit.id)}::uuid[],
      ${column((visit) => visit.source)}::text[],
      ${column((visit) => visit.sourceId)}::text[],
      ${column((visit) => visit.customerId)}::uuid[],
      ${column((visit) => visit.channel)}::channel[],
      ${column((visit) => visit.universalSessionId)}::text[],
      ${column((visit) => visit.sessionId)}::text[],
      ${column((visit) => visit.from.toISOString())}::timestamptz[],
      ${column((visit) => visit.to.toISOString())}::timestamptz[],
      ${column((visit) => visit.device)}::text[],
      ${column((visit) => arrayText(visit.contactKeys))}::text[]
    ) as v (
      subject_id, id, source, source_id, customer_id, channel, universal_session_id, session_id, started_at, ended_at,
      device, contact_keys
    )
    on conflict (subject_id, id) do update set
      customer_id = case when excluded.session_start_time < i.session_start_time then excluded.customer_id else i.customer_id end,
      channel_type = least(i.channel_type, excluded.channel_type),
      universal_session_id = least(i.universal_session_id, excluded.universal_session_id collate "C"),
      session_start_time = least(i.session_start_time, excluded.session_start_time),
      session_end_time = greatest(i.session_end_time, excluded.session_end_time),
      device = least(i.device, excluded.device collate "C"),
      contact_keys = case
        when i.contact_keys @> excluded.contact_keys or excluded.contact_keys is null then i.contact_keys
        else (select array_agg(distinct k.key) from unnest(i.contact_keys || excluded.contact_keys) as k (key))
      end
    where i.is_visit
    returning i.subject_id, i.id, i.contact_keys
  `;
  return db.hot("visits.grow").rows(
    VisitRow,
    sql`
      with grown as (${grown})
      select g.subject_id as "subjectId", g.id
      from grown g
      where g.contact_keys is not null or exists (
        select from (select o.contact_id from interactions o where o.id = g.id limit ${MOST_OF_CONTACT + 1}) o
        where o.contact_id is not null
      )
    `,
  );
}

/** The columns of visits by the touchpoints `t` that these rows bring. */
const measured = (touchpoints: Sql): Sql => sql`
  select
    t.subject_id, t.interaction_id as id, min(t.occurred_at) as started_at,
    max(coalesce(t.ended_at, t.occurred_at)) as ended_at,
    (array_agg(t.customer_id order by t.occurred_at, t.id))[1] as customer_id, min(t.channel) as channel,
    min(t.universal_session_id collate "C") as universal_session_id, min(t.device collate "C") as device,
    array_agg(distinct k.key) filter (where k.key is not null) as contact_keys
  from ${touchpoints}
  left join lateral unnest(t.contact_keys) as k (key) on true
  group by t.subject_id, t.interaction_id
`;

const OF_VISITS = sql`touchpoints t on t.subject_id = v.subject_id and t.interaction_id = v.id`;

const AS_MEASURED = sql`
  set session_start_time = m.started_at, session_end_time = m.ended_at, customer_id = m.customer_id,
    channel_type = m.channel, universal_session_id = m.universal_session_id, device = m.device,
    contact_keys = m.contact_keys
`;

/**
 * Measures visits anew from the touchpoints they still have, for when one was replaced or withdrawn; a visit that
 * lost its last one goes. Answers what tied them before.
 */
export async function remeasureVisits(db: Db, visits: readonly VisitRow[]): Promise<Tie[]> {
  if (visits.length === 0) return [];
  const rows = sql`unnest(${visits.map((row) => row.subjectId)}::uuid[], ${visits.map((row) => row.id)}::uuid[]) as v (subject_id, id)`;
  await recordInteractions(db, visits);
  const before = await db.rows(
    Tie,
    sql`
      select i.id, coalesce(i.contact_keys, '{}') as keys
      from ${rows}
      join interactions i on i.subject_id = v.subject_id and i.id = v.id and i.is_visit
    `,
  );
  await db.run(sql`
    update interactions i
    ${AS_MEASURED}
    from (${measured(sql`${rows} join ${OF_VISITS}`)}) m
    where i.subject_id = m.subject_id and i.id = m.id and i.is_visit
  `);
  await db.run(sql`
    delete from interactions i
    using ${rows}
    where i.subject_id = v.subject_id and i.id = v.id and i.is_visit
      and not exists (select from touchpoints t where t.subject_id = i.subject_id and t.interaction_id = i.id)
  `);
  return before;
}

export const VisitRow = row({ subjectId: uuid, id: uuid });
export type VisitRow = RowOf<typeof VisitRow>;

/** The visits that these touchpoints belong to as they are stored now. */
export async function findVisitsOf(db: Db, touchpoints: readonly RowKey[]): Promise<VisitRow[]> {
  if (touchpoints.length === 0) return [];
  return db.rows(
    VisitRow,
    sql`
      select distinct t.subject_id as "subjectId", t.interaction_id as id
      from ${keysSql(touchpoints)}
      join touchpoints t on ${IS_ROW.touchpoint}
    `,
  );
}

/** A reported leg, in whose place touchpoints may have a visit. */
export const LegRow = row({ subjectId: uuid, id: uuid, source: text, sourceId: text });
export type LegRow = RowOf<typeof LegRow>;

/** Gives touchpoints their visit back when the leg that a sender reported in its place is gone from their subject. */
export async function regrowVisits(db: Db, legs: readonly LegRow[]): Promise<void> {
  if (legs.length === 0) return;
  await recordInteractions(db, legs);
  await db.run(sql`
    with legs as (
      select *
      from unnest(
        ${legs.map((leg) => leg.subjectId)}::uuid[],
        ${legs.map((leg) => leg.id)}::uuid[],
        ${legs.map((leg) => leg.source)}::text[],
        ${legs.map((leg) => leg.sourceId)}::text[]
      ) as v (subject_id, id, source, source_id)
    )
    insert into interactions (
      subject_id, id, source, source_id, ingested_at, customer_id, is_visit, channel_type, universal_session_id,
      session_id, session_start_time, session_end_time, device, contact_keys
    )
    select
      v.subject_id, v.id, v.source, v.source_id, clock_timestamp(), m.customer_id, true, m.channel,
      m.universal_session_id, v.source_id, m.started_at, m.ended_at, m.device, m.contact_keys
    from legs v
    join (${measured(sql`legs v join ${OF_VISITS}`)}) m on m.subject_id = v.subject_id and m.id = v.id
    on conflict (subject_id, id) do nothing
  `);
}

/** Measures every visit anew, or those that began in a stretch; answers how many stood wrong. */
export async function remeasureAllVisits(db: Db, within?: VisitsWithin): Promise<number> {
  return db.run(sql`
    update interactions i
    ${AS_MEASURED}
    from (${measured(sql`touchpoints t`)}) m
    where i.subject_id = m.subject_id and i.id = m.id and i.is_visit and i.session_start_time >= ${STANDS_UNTIL}
      ${isWithin(sql`i.session_start_time`, within)}
      and (
        (i.session_start_time, i.session_end_time, i.customer_id, i.channel_type, i.universal_session_id, i.device)
          is distinct from (m.started_at, m.ended_at, m.customer_id, m.channel, m.universal_session_id, m.device)
        or not (coalesce(i.contact_keys, '{}') @> coalesce(m.contact_keys, '{}'))
        or not (coalesce(i.contact_keys, '{}') <@ coalesce(m.contact_keys, '{}'))
      )
  `);
}
