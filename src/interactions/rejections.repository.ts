import DataLoader from "dataloader";
import type { Db } from "../db/client.ts";
import { join, type Sql, sql } from "../db/sql.ts";
import type { RejectionFilter } from "../facts/rejection.ts";
import { keyBy } from "../kit/group.ts";
import { isId, isInstant, MAX_TOTAL, type Page, type Place, type PlaceShape } from "../kit/page.ts";
import type { RequestContext } from "../request.ts";
import type { RejectionRow } from "./rejection.type.ts";

/** Rejections are listed newest first. */
export const REJECTION_PLACE: PlaceShape = [isInstant, isId];
export const placeOfRejection = ({ receivedAt, id }: RejectionRow): Place => [receivedAt.getTime(), id];

const COLUMNS = sql`
  r.id, r.source, r.source_id as "sourceId", r.reason, r.stage, r.message, r.received_at as "receivedAt", r.line,
  r.body as sealed
`;

/** A page of what is still refused, and one more. */
export async function findRejections(db: Db, filter: RejectionFilter, page: Page): Promise<RejectionRow[]> {
  const order = page.isBackward ? sql`r.received_at, r.id` : sql`r.received_at desc, r.id desc`;
  return db.query<RejectionRow>(sql`
    select ${COLUMNS}
    from rejections r
    where ${join([...conditionsOf(filter), ...boundsOf(page)], " and ")}
    order by ${order}
    limit ${page.limit + 1}
  `);
}

/** How many are still refused, up to one more than is shown. */
export async function countRejections(db: Db, filter: RejectionFilter): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(*)::int as count
    from (select from rejections r where ${join(conditionsOf(filter), " and ")} limit ${MAX_TOTAL + 1}) counted
  `);
  return row!.count;
}

/** Rejections by their ids, also those that were taken in since. */
export const rejectionLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const rows = await db.query<RejectionRow>(
      sql`select ${COLUMNS} from rejections r where r.id = any(${ids}::uuid[])`,
    );
    const found = keyBy(rows, (row) => row.id);
    return ids.map((id) => found.get(id) ?? null);
  });

function conditionsOf({ source, reason }: RejectionFilter): Sql[] {
  return [
    sql`r.accepted_at is null`,
    ...(source == null ? [] : [sql`r.source = ${source}`]),
    ...(reason == null ? [] : [sql`r.reason = ${reason}`]),
  ];
}

function boundsOf({ after, before }: Page): Sql[] {
  return [
    ...(after ? [sql`(r.received_at, r.id) < (${new Date(Number(after[0]))}, ${after[1]}::uuid)`] : []),
    ...(before ? [sql`(r.received_at, r.id) > (${new Date(Number(before[0]))}, ${before[1]}::uuid)`] : []),
  ];
}
