import type { Db } from "../../db/client.ts";
import type { Original } from "../../db/generated/client.ts";

export async function insertOriginal(db: Db, original: Omit<Original, "body"> & { body: Uint8Array }): Promise<void> {
  await db.orm.original.create({ data: { ...original, body: new Uint8Array(original.body) } });
}

/** Those after an id, in the order of ids, which are made in the order of time. */
export async function findOriginals(
  db: Db,
  { connector, after, limit }: { connector: string; after: string | null; limit: number },
): Promise<Original[]> {
  const where = after === null ? { connector } : { connector, id: { gt: after } };
  return db.orm.original.findMany({ where, orderBy: { id: "asc" }, take: limit });
}

export async function deleteOriginals(db: Db, expired: Date): Promise<void> {
  await db.orm.original.deleteMany({ where: { expiresAt: { lte: expired } } });
}
