import DataLoader from "dataloader";
import { instant, int, row, uuid, word } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import { isClosed } from "../facts/consents.sql.ts";
import { newestFirstOf, orderOf, placeOf } from "../facts/event-order.sql.ts";
import { CHANNELS, TOUCHPOINT_KINDS } from "../fields/choices.ts";
import { NO_SEQUENCE } from "../fields/touchpoint.ts";
import { canonical } from "../kit/canonical.ts";
import { groupBy, keyBy } from "../kit/group.ts";
import { isId, isInstant, isInt, isOneOf, MAX_TOTAL, type Page, type Place, type PlaceShape } from "../kit/page.ts";
import type { RequestContext } from "../request.ts";
import type { OwnInteraction } from "./interaction.loader.ts";
import {
  EVENTS_OF_INTERACTION,
  LEAD_EVENT,
  latestEvents,
  NAMES,
  TOUCHPOINT_COLUMNS,
  Touchpoint,
} from "./touchpoint.sql.ts";
import type { TouchpointRow } from "./touchpoint.type.ts";

const EVENT = sql`e`;

/** Touchpoints of an interaction are listed in the order in which they happened. */
export const TOUCHPOINT_PLACE: PlaceShape = [isInstant, isInt, isOneOf(CHANNELS), isOneOf(TOUCHPOINT_KINDS), isId];
export const placeOfTouchpoint = ({ occurredAt, sequence, channel, kind, recordId }: TouchpointRow): Place => [
  occurredAt.getTime(),
  sequence ?? NO_SEQUENCE,
  channel,
  kind,
  recordId,
];

interface TouchpointLoaders {
  rows: DataLoader<OwnInteraction, TouchpointRow[], string>;
  counts: DataLoader<OwnInteraction, number, string>;
}

const keyOf = ({ interactionId, customerId }: OwnInteraction) => interactionId + customerId;

/** Loaders of the touchpoints of interactions: a pair for each page asked for, so that each is one statement. */
export function touchpointLoaders(request: RequestContext): (page: Page) => TouchpointLoaders {
  const made = new Map<string, TouchpointLoaders>();
  return (page) => {
    const key = canonical(page);
    const loaders = made.get(key) ?? { rows: rowsLoader(request, page), counts: countsLoader(request) };
    made.set(key, loaders);
    return loaders;
  };
}

/** `position` says which key a row is for. */
const Placed = Touchpoint.extend({ position: int });

function rowsLoader({ db }: RequestContext, page: Page) {
  const order = page.isBackward ? newestFirstOf(EVENT) : orderOf(EVENT);
  return new DataLoader(
    async (keys: readonly OwnInteraction[]) => {
      const rows = await db.rows(
        Placed,
        sql`
          select k.position, ${TOUCHPOINT_COLUMNS}
          from ${keyed(keys)}
          cross join lateral (
            select e.*
            from (${EVENTS_OF_INTERACTION}) e
            where ${withinBounds(page)}
            order by ${order}
            limit ${page.limit + 1}
          ) e
          ${NAMES}
          order by k.position, ${order}
        `,
      );
      const byPosition = groupBy(rows, (row) => row.position);
      return keys.map((_, index) => byPosition.get(index + 1) ?? []);
    },
    { cacheKeyFn: keyOf },
  );
}

const Count = row({ position: int, count: int });

function countsLoader({ db }: RequestContext) {
  return new DataLoader(
    async (keys: readonly OwnInteraction[]) => {
      const rows = await db.rows(
        Count,
        sql`
          select k.position, t.count::int as count
          from ${keyed(keys)}
          cross join lateral (
            select count(*) as count from (${EVENTS_OF_INTERACTION} limit ${MAX_TOTAL + 1}) counted
          ) t
        `,
      );
      const found = keyBy(rows, (row) => row.position);
      return keys.map((_, index) => found.get(index + 1)?.count ?? 0);
    },
    { cacheKeyFn: keyOf },
  );
}

function keyed(keys: readonly OwnInteraction[]): Sql {
  return sql`unnest(
    ${keys.map((key) => key.interactionId)}::uuid[],
    ${keys.map((key) => key.customerId)}::uuid[]
  ) with ordinality as k (id, customer_id, position)`;
}

function withinBounds({ after, before }: Page): Sql {
  const at = ([time, sequence, channel, kind, id]: Place) => sql`(
    ${new Date(Number(time))}::timestamptz, ${sequence}::int, ${channel}::channel, ${kind}::touchpoint_kind, ${id}::uuid
  )`;
  const later = after ? sql`${placeOf(EVENT)} > ${at(after)}` : sql`true`;
  const earlier = before ? sql`${placeOf(EVENT)} < ${at(before)}` : sql`true`;
  return sql`${later} and ${earlier}`;
}

/** What of a customer's latest touchpoints is asked for. */
export interface RecentQuery {
  first: number;
  withinSeconds: number | null;
}

/** Loaders of the latest touchpoints of customers, newest first: one for each set of arguments. */
export function recentLoaders({ db }: RequestContext): (query: RecentQuery) => DataLoader<string, TouchpointRow[]> {
  const made = new Map<string, DataLoader<string, TouchpointRow[]>>();
  return (query) => {
    const key = canonical(query);
    const loader =
      made.get(key) ??
      new DataLoader(async (ids: readonly string[]) => {
        const rows = await db.hot("touchpoints.recent").rows(Touchpoint, recentSql(ids, query));
        const byCustomer = groupBy(rows, (row) => row.customerId);
        return ids.map((id) => byCustomer.get(id) ?? []);
      });
    made.set(key, loader);
    return loader;
  };
}

function recentSql(ids: readonly string[], { first, withinSeconds }: RecentQuery): Sql {
  const since = sql`
    coalesce(statement_timestamp() - make_interval(secs => ${withinSeconds}::float8), '-infinity'::timestamptz)
  `;
  return sql`
    select ${TOUCHPOINT_COLUMNS}
    from unnest(${ids}::uuid[]) with ordinality as k (id, position)
    cross join lateral (${latestEvents(first, since)}) e
    ${NAMES}
    where not ${isClosed("TIMELINE", sql`k.id`)}
    order by k.position, ${newestFirstOf(EVENT)}
  `;
}

/** A touchpoint's record and, of a leg, that it is one. */
export interface TouchpointKey {
  recordId: string;
  isLeg: boolean;
}

/** Touchpoints by their ids, found through the ledger, which knows subject and time. */
export const touchpointLoader = ({ db }: RequestContext) =>
  new DataLoader(
    async (keys: readonly TouchpointKey[]) => {
      const idsOf = (isLeg: boolean) => keys.filter((key) => key.isLeg === isLeg).map((key) => key.recordId);
      const rows = await db.rows(
        Touchpoint,
        sql`
          select ${TOUCHPOINT_COLUMNS}
          from ingest_keys k
          join customer_events e
            on e.subject_id = k.subject_id and e.occurred_at = k.occurred_at and e.id = k.id
          ${NAMES}
          where ((k.id = any(${idsOf(false)}::uuid[]) and not e.is_leg) or (k.id = any(${idsOf(true)}::uuid[]) and e.is_leg))
          and not ${isClosed("TIMELINE", sql`e.customer_id`)}
        `,
      );
      const found = keyBy(rows, (row) => row.id);
      return keys.map((key) => found.get(nodeIdOf(key)) ?? null);
    },
    { cacheKeyFn: nodeIdOf },
  );

function nodeIdOf({ recordId, isLeg }: TouchpointKey): string {
  return isLeg ? `${recordId}:leg` : recordId;
}

const Lead = row({
  customerId: uuid,
  occurredAt: instant,
  sequence: int.nullable(),
  channel: word(CHANNELS),
  kind: word(TOUCHPOINT_KINDS),
  recordId: uuid,
});

/** The first form or call of customers over all time, by the customer's id; null where there is none. */
export const leadLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.rows(
      Lead,
      sql`
        select
          k.id as "customerId", e.occurred_at as "occurredAt", e.sequence, e.channel, e.kind, e.id as "recordId"
        from unnest(${ids}::uuid[]) as k (id)
        cross join lateral (${LEAD_EVENT}) e
      `,
    );
    const found = keyBy(rows, (row) => row.customerId);
    return ids.map((id) => found.get(id) ?? null);
  });
