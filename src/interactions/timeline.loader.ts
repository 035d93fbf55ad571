import DataLoader from "dataloader";
import { int, row, uuid } from "../db/row.ts";
import { type Sql, sql } from "../db/sql.ts";
import { isClosed } from "../facts/consents.sql.ts";
import { isInRowBounds } from "../facts/visible.sql.ts";
import type { Channel } from "../fields/choices.ts";
import { canonical } from "../kit/canonical.ts";
import { groupBy, keyBy } from "../kit/group.ts";
import { MAX_TOTAL, type Page } from "../kit/page.ts";
import type { RequestContext, Viewer } from "../request.ts";
import { INTERACTION_COLUMNS, Interaction, siblings } from "./interaction.sql.ts";
import type { InteractionRow } from "./interaction.type.ts";
import { isOnPage, pageOrder } from "./interaction-place.sql.ts";

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

/** `place` says where among the page's rows. */
const Placed = Interaction.extend({ place: int });

function rowsLoader({ db, viewer }: RequestContext, query: TimelineQuery) {
  const name = query.page.isBackward ? "interactions.timeline_backward" : "interactions.timeline";
  return new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.hot(name).rows(Placed, timelineSql(ids, query, viewer));
    const byCustomer = groupBy(rows, (row) => row.customerId);
    return ids.map((id) => byCustomer.get(id) ?? []);
  });
}

/** The text never changes but for the direction, so that it is prepared once. */
function timelineSql(ids: readonly string[], query: TimelineQuery, viewer: Viewer): Sql {
  const { page } = query;
  return sql`
    select t.*
    from unnest(${ids}::uuid[]) with ordinality as k (id, position)
    cross join lateral (
      select ${INTERACTION_COLUMNS}, (row_number() over (order by ${pageOrder(page)}))::int as place
      from interactions i
      ${siblings("customer")}
      where i.customer_id = k.id and ${withinBounds(query)} and ${isInRowBounds(viewer)} and v.is_other is not true
      order by ${pageOrder(page)}
      limit ${page.limit + 1}
    ) t
    where not ${isClosed("TIMELINE", sql`k.id`)}
    order by k.position, t.place
  `;
}

const Count = row({ id: uuid, count: int });

function countsLoader({ db, viewer }: RequestContext, query: TimelineQuery) {
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
            where i.customer_id = k.id and ${withinBounds(everything)} and ${isInRowBounds(viewer)} and v.is_other is not true
            limit ${MAX_TOTAL + 1}
          ) counted
        ) t
        where not ${isClosed("TIMELINE", sql`k.id`)}
      `,
    );
    const found = keyBy(rows, (row) => row.id);
    return ids.map((id) => found.get(id)?.count ?? 0);
  });
}

function withinBounds({ page, channels, from, to }: TimelineQuery): Sql {
  return sql`
    ${isOnPage(page)}
    and i.session_start_time >= ${from ?? "-infinity"}::timestamptz
    and i.session_start_time < ${to ?? "infinity"}::timestamptz
    and (${channels}::channel[] is null or i.channel_type = any(${channels}::channel[]))
  `;
}
