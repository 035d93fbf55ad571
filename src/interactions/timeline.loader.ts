import DataLoader from "dataloader";
import { int, row, uuid } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import type { Channel } from "../fields/choices.ts";
import { canonical } from "../kit/canonical.ts";
import { groupBy, keyBy } from "../kit/group.ts";
import { isId, isInstant, MAX_TOTAL, type Page, type Place, type PlaceShape } from "../kit/page.ts";
import type { RequestContext } from "../request.ts";
import { INTERACTION_COLUMNS, Interaction, siblings } from "./interaction.sql.ts";
import type { InteractionRow } from "./interaction.type.ts";

/** Interactions are listed newest first: by the start of the leg, then id. */
export const INTERACTION_PLACE: PlaceShape = [isInstant, isId];
export const placeOfInteraction = ({ sessionStartTime, id }: InteractionRow): Place => [sessionStartTime.getTime(), id];

/** What of a timeline is asked for. */
export interface TimelineQuery {
  page: Page;
  channels: readonly Channel[] | null;
  from: Date | null;
  to: Date | null;
}

interface TimelineLoaders {
  rows: DataLoader<string, InteractionRow[]>;
  counts: DataLoader<string, number>;
}

/** Loaders of timelines by the customer's id: a pair for each set of arguments, so that each is one statement. */
export function timelineLoaders(request: RequestContext): (query: TimelineQuery) => TimelineLoaders {
  const made = new Map<string, TimelineLoaders>();
  return (query) => {
    const key = canonical(query);
    const loaders = made.get(key) ?? { rows: rowsLoader(request, query), counts: countsLoader(request, query) };
    made.set(key, loaders);
    return loaders;
  };
}

function rowsLoader({ db }: RequestContext, query: TimelineQuery) {
  const name = query.page.isBackward ? "interactions.timeline_backward" : "interactions.timeline";
  return new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.hot(name).rows(Interaction, timelineSql(ids, query));
    const byCustomer = groupBy(rows, (row) => row.customerId);
    return ids.map((id) => byCustomer.get(id) ?? []);
  });
}

/** The text never changes but for the direction, so that it is prepared once. */
function timelineSql(ids: readonly string[], query: TimelineQuery): Sql {
  const { isBackward, limit } = query.page;
  const order = isBackward ? sql`i.session_start_time, i.id` : sql`i.session_start_time desc, i.id desc`;
  const again = isBackward ? sql`t."sessionStartTime", t.id` : sql`t."sessionStartTime" desc, t.id desc`;
  return sql`
    select t.*
    from unnest(${ids}::uuid[]) with ordinality as k (id, position)
    cross join lateral (
      select ${INTERACTION_COLUMNS}
      from interactions i
      ${siblings("customer")}
      where i.customer_id = k.id and ${withinBounds(query)} and v.is_other is not true
      order by ${order}
      limit ${limit + 1}
    ) t
    order by k.position, ${again}
  `;
}

const Count = row({ id: uuid, count: int });

function countsLoader({ db }: RequestContext, query: TimelineQuery) {
  return new DataLoader(async (ids: readonly string[]) => {
    const everything = { ...query, page: { ...query.page, after: null, before: null } };
    const rows = await db.rows(
      Count,
      sql`
        select k.id, t.count::int as count
        from unnest(${ids}::uuid[]) as k (id)
        cross join lateral (
          select count(*) as count
          from (
            select
            from interactions i
            ${siblings("customer")}
            where i.customer_id = k.id and ${withinBounds(everything)} and v.is_other is not true
            limit ${MAX_TOTAL + 1}
          ) counted
        ) t
      `,
    );
    const found = keyBy(rows, (row) => row.id);
    return ids.map((id) => found.get(id)?.count ?? 0);
  });
}

/** Below and above every id. */
const LEAST_ID = "00000000-0000-0000-0000-000000000000";
const GREATEST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** Where nothing is asked for, the bound is infinite: the statement stays the same, and its index serves. */
function withinBounds({ page: { after, before }, channels, from, to }: TimelineQuery): Sql {
  const [newest, newestId] = after ? [new Date(Number(after[0])), after[1]] : ["infinity", GREATEST_ID];
  const [oldest, oldestId] = before ? [new Date(Number(before[0])), before[1]] : ["-infinity", LEAST_ID];
  return sql`
    (i.session_start_time, i.id) < (${newest}::timestamptz, ${newestId}::uuid)
    and (i.session_start_time, i.id) > (${oldest}::timestamptz, ${oldestId}::uuid)
    and i.session_start_time >= ${from ?? "-infinity"}::timestamptz
    and i.session_start_time < ${to ?? "infinity"}::timestamptz
    and (${channels}::channel[] is null or i.channel_type = any(${channels}::channel[]))
  `;
}
