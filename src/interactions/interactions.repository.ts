import { filtered } from "../db/fields.ts";
import { int, row } from "../db/row.ts";
import { join, type Sql, sql } from "../db/sql.ts";
import { legsAre } from "../facts/attributes.sql.ts";
import { visibleTo } from "../facts/visible.sql.ts";
import { INTERACTION } from "../fields/interaction.ts";
import { MAX_TOTAL, type Page } from "../kit/page.ts";
import type { RequestContext } from "../request.ts";
import { INTERACTION_COLUMNS, Interaction, siblings } from "./interaction.sql.ts";
import type { InteractionFilter, InteractionRow } from "./interaction.type.ts";
import { isOnPage, pageOrder } from "./interaction-place.sql.ts";

type Asking = Pick<RequestContext, "db" | "viewer">;

/** A page of everybody's interactions, newest first, and one more; a visit that several customers share is listed once. */
export async function findInteractions(
  { db, viewer }: Asking,
  filter: InteractionFilter,
  page: Page,
): Promise<InteractionRow[]> {
  return db.rows(
    Interaction,
    sql`
      select ${INTERACTION_COLUMNS}
      from interactions i
      ${siblings("all")}
      where ${join([...conditionsOf(filter), visibleTo(viewer), isOnPage(page)], " and ")}
      order by ${pageOrder(page)}
      limit ${page.limit + 1}
    `,
  );
}

const Count = row({ count: int });

/** How many interactions the filter means, up to one more than is shown. */
export async function countInteractions({ db, viewer }: Asking, filter: InteractionFilter): Promise<number> {
  const [found] = await db.rows(
    Count,
    sql`
      select count(*)::int as count
      from (
        select
        from interactions i
        ${siblings("all")}
        where ${join([...conditionsOf(filter), visibleTo(viewer)], " and ")}
        limit ${MAX_TOTAL + 1}
      ) counted
    `,
  );
  return found!.count;
}

function conditionsOf(filter: InteractionFilter): Sql[] {
  const { period, isResolved } = filter;
  return [
    sql`v.is_other is not true`,
    ...(period ? [sql`i.session_start_time >= ${period.from} and i.session_start_time < ${period.to}`] : []),
    ...filtered("i", INTERACTION, filter),
    ...legsAre(filter.attributes),
    ...(isResolved == null ? [] : [sql`i.is_resolved = ${isResolved}`]),
  ];
}
