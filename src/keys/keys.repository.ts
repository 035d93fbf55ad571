import type { Db } from "../db/client.ts";
import { sql } from "../db/sql.ts";

/** An API key as it stands in the table: never the key itself, only its hash. */
export interface StoredKey {
  id: string;
  name: string;
  role: string;
  agentId: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

const columns = sql`
  id, name, role, agent_id as "agentId", created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt",
  last_used_at as "lastUsedAt"
`;

/** The key of a hash while it may be used; null when it is unknown, revoked or expired. */
export async function findUsableKey(db: Db, hash: Buffer): Promise<StoredKey | null> {
  const [key] = await db.query<StoredKey>(sql`
    select ${columns}
    from api_keys
    where hash = ${hash} and revoked_at is null and (expires_at is null or expires_at > now())
  `);
  return key ?? null;
}

export async function findKeys(db: Db): Promise<StoredKey[]> {
  return db.query<StoredKey>(sql`select ${columns} from api_keys order by created_at, id`);
}

/** Remembers to the minute when a key was last used: a write for every request would cost more than the request. */
export async function touchKey(db: Db, id: string): Promise<void> {
  await db.query(sql`
    update api_keys
    set last_used_at = now()
    where id = ${id}::uuid and (last_used_at is null or last_used_at < now() - interval '1 minute')
  `);
}

export interface KeyRow extends Pick<StoredKey, "id" | "name" | "role" | "agentId" | "expiresAt"> {
  hash: Buffer;
}

export async function insertKey(db: Db, row: KeyRow): Promise<StoredKey> {
  const [key] = await db.query<StoredKey>(sql`
    insert into api_keys (id, name, hash, role, agent_id, created_at, expires_at)
    values (${row.id}::uuid, ${row.name}, ${row.hash}, ${row.role}, ${row.agentId}, now(), ${row.expiresAt})
    returning ${columns}
  `);
  return key!;
}

/** Revokes by id or by name; answers which keys it stopped. */
export async function revokeKeys(db: Db, idOrName: string): Promise<StoredKey[]> {
  return db.query<StoredKey>(sql`
    update api_keys
    set revoked_at = now()
    where revoked_at is null and (id::text = ${idOrName} or name = ${idOrName})
    returning ${columns}
  `);
}
