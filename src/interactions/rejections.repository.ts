import DataLoader from "dataloader";
import type { Db } from "../db/client.ts";
import { compareInstant, compareText, pageIn } from "../db/page.ts";
import { type RejectionFilter, stillRefused } from "../facts/rejection.ts";
import { keyBy } from "../kit/group.ts";
import { isId, isInstant, MAX_TOTAL, type Page, type Place, type PlaceShape } from "../kit/page.ts";
import type { RequestContext } from "../request.ts";
import type { RejectionRow } from "./rejection.type.ts";

/** Rejections are listed newest first. */
export const REJECTION_PLACE: PlaceShape = [isInstant, isId];
export const placeOfRejection = ({ receivedAt, id }: RejectionRow): Place => [receivedAt.getTime(), id];

/** A page of records that are still refused, and one more. */
export async function findRejections(db: Db, filter: RejectionFilter, page: Page): Promise<RejectionRow[]> {
  const { where, ...ordered } = pageIn({ receivedAt: compareInstant, id: compareText }, page);
  return db.orm.rejection.findMany({ where: { ...where, ...stillRefused(filter) }, ...ordered });
}

/** The number of records that are still refused, up to one more than is shown. */
export async function countRejections(db: Db, filter: RejectionFilter): Promise<number> {
  return db.orm.rejection.count({ where: stillRefused(filter), take: MAX_TOTAL + 1 });
}

/** Rejections by id, also those that a replay accepted. */
export const rejectionLoader = ({ db }: RequestContext) =>
  new DataLoader(async (ids: readonly string[]) => {
    const found = keyBy(await db.orm.rejection.findMany({ where: { id: { in: [...ids] } } }), (row) => row.id);
    return ids.map((id) => found.get(id) ?? null);
  });
