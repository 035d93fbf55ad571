import type { Db } from "../db/client.ts";
import { compareInstant, compareText, compareWord, pageIn } from "../db/page.ts";
import { CONFLICT_KINDS, type ConflictKind } from "../facts/vocabulary.ts";
import { isId, isInstant, isOneOf, MAX_TOTAL, type Page, type Place, type PlaceShape } from "../kit/page.ts";
import type { IdentityConflictRow } from "./conflict.type.ts";

/** Conflicts are listed newest first. */
export const CONFLICT_PLACE: PlaceShape = [isInstant, isId, isId, isOneOf(CONFLICT_KINDS)];
export const placeOfConflict = ({ observedAt, aId, bId, kind }: IdentityConflictRow): Place => [
  observedAt.getTime(),
  aId,
  bId,
  kind,
];
const ORDER = { observedAt: compareInstant, aId: compareText, bId: compareText, kind: compareWord(CONFLICT_KINDS) };

/** A page of the conflicts of one kind or of all, and one more. */
export async function findConflicts(db: Db, kind: ConflictKind | null, page: Page): Promise<IdentityConflictRow[]> {
  const { where, ...ordered } = pageIn(ORDER, page);
  return db.orm.conflict.findMany({ where: { ...where, ...ofKind(kind) }, ...ordered });
}

/** The number of conflicts of a kind, up to one more than is shown. */
export async function countConflicts(db: Db, kind: ConflictKind | null): Promise<number> {
  return db.orm.conflict.count({ where: ofKind(kind), take: MAX_TOTAL + 1 });
}

const ofKind = (kind: ConflictKind | null) => ({ kind: kind ?? undefined });
