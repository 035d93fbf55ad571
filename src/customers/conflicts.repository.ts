import type { Db } from "../db/client.ts";
import { join, type Sql, sql } from "../db/sql.ts";
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

/** A page of the conflicts of one kind, or of all, and one more. */
export async function findConflicts(db: Db, kind: ConflictKind | null, page: Page): Promise<IdentityConflictRow[]> {
  const order = page.isBackward
    ? sql`c.observed_at, c.a_id, c.b_id, c.kind`
    : sql`c.observed_at desc, c.a_id desc, c.b_id desc, c.kind desc`;
  return db.query<IdentityConflictRow>(sql`
    select c.a_id as "aId", c.b_id as "bId", c.kind, c.observed_at as "observedAt", c.source
    from conflicts c
    where ${join([ofKind(kind), ...boundsOf(page)], " and ")}
    order by ${order}
    limit ${page.limit + 1}
  `);
}

/** How many conflicts there are of the kind, up to one more than is shown. */
export async function countConflicts(db: Db, kind: ConflictKind | null): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(*)::int as count from (select from conflicts c where ${ofKind(kind)} limit ${MAX_TOTAL + 1}) counted
  `);
  return row!.count;
}

function ofKind(kind: ConflictKind | null): Sql {
  return kind === null ? sql`true` : sql`c.kind = ${kind}::conflict_kind`;
}

function boundsOf({ after, before }: Page): Sql[] {
  const row = sql`(c.observed_at, c.a_id, c.b_id, c.kind)`;
  const at = ([time, a, b, kind]: Place) =>
    sql`(${new Date(Number(time))}, ${a}::uuid, ${b}::uuid, ${kind}::conflict_kind)`;
  return [...(after ? [sql`${row} < ${at(after)}`] : []), ...(before ? [sql`${row} > ${at(before)}`] : [])];
}
