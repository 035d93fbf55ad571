import type { Db } from "../../db/client.ts";
import { instant, list, type RowOf, row, text, uuid, word } from "../../db/row.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { STANDS_UNTIL } from "../../facts/archive.sql.ts";
import { twinOf } from "../../facts/visit-id.ts";
import { CHANNELS } from "../../fields/choices.ts";
import type { Visit } from "./visit.ts";
import type { VisitRow } from "./visits.repository.ts";

// The visits that pauses bound: of touchpoints without a session id (`is_cut`), each of one subject and source.

/** Whether the interaction `i` is such a visit. */
const IS_CUT = sql`i.is_visit and i.session_id is null`;

/**
 * Waits until nobody else cuts visits of these subjects, and keeps others waiting until this transaction ends: two writers do
 * not see each other's touchpoints. In the order of ids, so that two never wait for each other.
 */
export async function lockSubjects(db: Db, subjects: readonly string[]): Promise<void> {
  await db.hot("visits.lock").run(sql`
    select from identities where id = any(${[...new Set(subjects)]}::uuid[]) order by id for no key update
  `);
}

const PART = {
  subjectId: uuid,
  customerId: uuid,
  id: uuid,
  source: text,
  channel: word(CHANNELS),
  from: instant,
  to: instant,
  universalSessionId: text.nullable(),
  device: text.nullable(),
  contactKeys: list(text),
};

const CutVisit = row(PART);

const VISIT = sql`
  i.subject_id as "subjectId", i.customer_id as "customerId", i.id, i.source, i.channel_type as channel,
  i.session_start_time as from, i.session_end_time as to, i.universal_session_id as "universalSessionId", i.device,
  coalesce(i.contact_keys, '{}') as "contactKeys"
`;

/** A stretch of time of one subject on one source, both ends included. */
export type VisitSpan = Pick<Visit, "subjectId" | "source" | "from" | "to">;

/** The visits that touch these stretches. They do not touch each other, so that only the last before one may reach into it. */
export async function findVisitsAt(db: Db, stretches: readonly VisitSpan[]): Promise<Visit[]> {
  const own = sql`i.subject_id = k.subject_id and i.source = k.source and ${IS_CUT}`;
  const rows = await db.hot("visits.near").rows(
    CutVisit,
    sql`
      select distinct ${VISIT}
      from unnest(
        ${stretches.map(({ subjectId }) => subjectId)}::uuid[],
        ${stretches.map(({ source }) => source)}::text[],
        ${stretches.map(({ from }) => from.toISOString())}::timestamptz[],
        ${stretches.map(({ to }) => to.toISOString())}::timestamptz[]
      ) as k (subject_id, source, since, until)
      cross join lateral (
        select i.* from interactions i
        where ${own} and i.session_start_time >= k.since and i.session_start_time <= k.until
        union all
        (
          select i.* from interactions i
          where ${own} and i.session_start_time < k.since
          order by i.session_start_time desc
          limit 1
        )
      ) i
      where i.session_end_time >= k.since
    `,
  );
  return rows.map(asVisit);
}

/** Takes these visits away, as far as pauses bound them, and answers what they were. */
export async function removeCutVisits(db: Db, visits: readonly VisitRow[]): Promise<Visit[]> {
  if (visits.length === 0) return [];
  const rows = await db.hot("visits.remove").rows(
    CutVisit,
    sql`
      delete from interactions i using ${keysOf(visits)}
      where i.subject_id = v.subject_id and i.id = v.id and ${IS_CUT}
      returning ${VISIT}
    `,
  );
  return rows.map(asVisit);
}

const CutTouchpoint = row({ ...PART, visitId: uuid });
/** A stored touchpoint as a visit of its own, and the visit that it is stored with. */
export type CutTouchpoint = Visit & Pick<RowOf<typeof CutTouchpoint>, "visitId"> & { touchpointId: string };

const TOUCHPOINT = sql`
  t.subject_id as "subjectId", t.customer_id as "customerId", t.id, t.source, t.channel, t.occurred_at as from,
  coalesce(t.ended_at, t.occurred_at) as to, t.universal_session_id as "universalSessionId", t.device,
  coalesce(t.contact_keys, '{}') as "contactKeys", t.interaction_id as "visitId"
`;

const touchpoints = async (db: Db, from: Sql): Promise<CutTouchpoint[]> =>
  (await db.rows(CutTouchpoint, sql`select ${TOUCHPOINT} from ${from}`)).map((found) => ({
    ...asVisit({ ...found, id: twinOf(found.id) }),
    touchpointId: found.id,
  }));

/** What is left of these visits, which are gone. */
export const findLeft = (db: Db, visits: readonly Visit[]): Promise<CutTouchpoint[]> =>
  touchpoints(db, sql`${spansOf(visits)} join touchpoints t on ${IN_SPAN}`);

/** The touchpoints without a session among these records. */
export const findCut = (db: Db, records: readonly string[]): Promise<CutTouchpoint[]> =>
  touchpoints(
    db,
    sql`ingest_keys k
      join touchpoints t on t.subject_id = k.subject_id and t.occurred_at = k.occurred_at and t.id = k.id and t.is_cut
      where k.id = any(${records}::uuid[])`,
  );

/** A stretch of time, without its end. */
export interface VisitsWithin {
  from: Date;
  to: Date;
}

/**
 * The touchpoints without a session of some subjects after one, in the order of subjects; of those who have one in a stretch
 * where one is given.
 */
export const findCutAfter = (
  db: Db,
  subject: string | null,
  { most, within }: { most: number; within?: VisitsWithin },
): Promise<CutTouchpoint[]> =>
  touchpoints(
    db,
    sql`touchpoints t
      where t.is_cut and not ${isOfVisitThatStands(sql`t`)} and t.subject_id in (
        select distinct o.subject_id from touchpoints o
        where o.is_cut and not ${isOfVisitThatStands(sql`o`)} and o.subject_id > ${subject ?? NO_ID}::uuid ${isWithin(sql`o.occurred_at`, within)}
        order by o.subject_id
        limit ${most}
      )
      order by t.subject_id, t.occurred_at, t.id`,
  );

/** Whether a touchpoint is of a visit that began in the archive. */
const isOfVisitThatStands = (t: Sql): Sql => sql`exists (
  select from interactions i
  where i.subject_id = ${t}.subject_id and i.id = ${t}.interaction_id and i.session_start_time < ${STANDS_UNTIL}
)`;

/** Whether an instant is in a stretch, as a further condition; each is where none is given. */
export const isWithin = (at: Sql, within?: VisitsWithin): Sql =>
  within
    ? sql`and ${at} >= ${within.from.toISOString()}::timestamptz and ${at} < ${within.to.toISOString()}::timestamptz`
    : sql``;

/** Before every id. */
const NO_ID = "00000000-0000-0000-0000-000000000000";

/** Gives all touchpoints of visits that are gone to those that took them in. */
export async function moveTouchpoints(db: Db, gone: readonly Visit[], into: readonly string[]): Promise<void> {
  if (gone.length === 0) return;
  await db.hot("visits.move").run(sql`
    update touchpoints t set interaction_id = n.id
    from ${spansOf(gone)}
    join unnest(${gone.map(({ id }) => id)}::uuid[], ${[...into]}::uuid[]) as n (left_id, id) on n.left_id = v.id
    where ${IN_SPAN}
  `);
}

/** Stores the visits of single touchpoints. */
export async function saveVisitIds(db: Db, of: readonly (CutTouchpoint & { visitId: string })[]): Promise<void> {
  if (of.length === 0) return;
  await db.run(sql`
    update touchpoints t set interaction_id = n.visit_id
    from unnest(
      ${of.map(({ subjectId }) => subjectId)}::uuid[],
      ${of.map(({ from }) => from.toISOString())}::timestamptz[],
      ${of.map(({ touchpointId }) => touchpointId)}::uuid[],
      ${of.map(({ visitId }) => visitId)}::uuid[]
    ) as n (subject_id, occurred_at, id, visit_id)
    where t.subject_id = n.subject_id and t.occurred_at = n.occurred_at and t.id = n.id
  `);
}

/** The visits of these subjects, but for those that began in the archive. */
export async function findCutVisitsOf(db: Db, subjects: readonly string[]): Promise<Visit[]> {
  const rows = await db.rows(
    CutVisit,
    sql`
      select ${VISIT}
      from interactions i
      where i.subject_id = any(${subjects}::uuid[]) and ${IS_CUT} and i.session_start_time >= ${STANDS_UNTIL}
    `,
  );
  return rows.map(asVisit);
}

const keysOf = (visits: readonly VisitRow[]): Sql => sql`unnest(
  ${visits.map(({ subjectId }) => subjectId)}::uuid[], ${visits.map(({ id }) => id)}::uuid[]
) as v (subject_id, id)`;

const spansOf = (visits: readonly Visit[]): Sql => sql`unnest(
  ${visits.map(({ subjectId }) => subjectId)}::uuid[],
  ${visits.map(({ id }) => id)}::uuid[],
  ${visits.map(({ from }) => from.toISOString())}::timestamptz[],
  ${visits.map(({ to }) => to.toISOString())}::timestamptz[]
) as v (subject_id, id, since, until)`;

const IN_SPAN = sql`
  t.subject_id = v.subject_id and t.interaction_id = v.id and t.is_cut and t.occurred_at >= v.since and t.occurred_at <= v.until
`;

/** Its source id is its id: `interaction(source, sourceId)` finds it by that. */
const asVisit = <Found extends { id: string }>(found: Found) => ({ ...found, sourceId: found.id, sessionId: null });
