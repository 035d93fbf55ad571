import type { Db } from "../db/client.ts";
import { sql } from "../db/sql.ts";
import type { AuditAction } from "../facts/audit-actions.ts";
import type { Actor } from "../kit/actor.ts";
import { newId } from "../kit/id.ts";

/** A look at a customer, at a caller whom nobody knows, or at those behind a figure. It holds nothing that was read. */
export interface Trace {
  at: Date;
  by: Actor;
  action: AuditAction;
  customerId: string | null;
  /** Of a figure whose customers were listed its report, which figure, and a hash of the question; of a key its id. */
  detail?: object;
}

export async function insertAuditLog(db: Db, traces: readonly Trace[]): Promise<void> {
  // On no hot connection: until the commit is on the disk, it would keep look-ups waiting behind it.
  await db.run(sql`
    insert into audit (id, at, actor_id, actor, action, customer_id, detail)
    select t.id, t.at, t.actor_id, t.actor, t.action, t.customer_id, t.detail
    from unnest(
      ${traces.map(() => newId())}::uuid[],
      ${traces.map(({ at }) => at.toISOString())}::timestamptz[],
      ${traces.map(({ by }) => by.id)}::text[],
      ${traces.map(({ by }) => by.name)}::text[],
      ${traces.map(({ action }) => action)}::text[],
      ${traces.map(({ customerId }) => customerId)}::uuid[],
      ${traces.map(({ detail }) => (detail ? JSON.stringify(detail) : null))}::jsonb[]
    ) as t (id, at, actor_id, actor, action, customer_id, detail)
  `);
}
