import type { Db } from "../db/client.ts";
import { Id } from "../db/row.ts";
import { sql } from "../db/sql.ts";

/** The identities among these that are marked as public; null asks for all. */
export async function findMarkedPublic(db: Db, ids: readonly string[] | null): Promise<Set<string>> {
  if (ids?.length === 0) return new Set();
  const rows = await (ids === null
    ? db.rows(Id, sql`select id from identities where is_public`)
    : db
        .hot("identities.public")
        .rows(Id, sql`select id from identities where is_public and id = any(${ids}::uuid[])`));
  return new Set(rows.map(({ id }) => id));
}

/** Marks carriers as public, so that they have no owner. To undo it: `update identities set is_public = false`. */
export async function markPublic(db: Db, ids: readonly string[]): Promise<void> {
  await db.orm.identity.updateMany({ where: { id: { in: [...ids] } }, data: { isPublic: true } });
}

/** The carriers among these subjects that have more stored rows than one batch may move. */
export async function findHeavyCarriers(db: Db, subjects: readonly string[], rows: number): Promise<string[]> {
  if (subjects.length === 0) return [];
  const heavy = await db.rows(
    Id,
    sql`
      select i.id
      from identities i
      cross join lateral (
        select count(*) as stored
        from (select from touchpoints t where t.subject_id = i.id limit ${rows + 1}) t
      ) t
      where i.id = any(${subjects}::uuid[]) and i.kind = 'CARRIER' and t.stored > ${rows}
    `,
  );
  return heavy.map(({ id }) => id);
}
