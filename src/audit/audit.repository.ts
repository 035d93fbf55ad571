import type { Db } from "../db/client.ts";
import { sql } from "../db/sql.ts";
import { newId } from "../kit/id.ts";

/** A look at a customer, or at a caller whom nobody knows. It holds no values. */
export interface Trace {
  at: Date;
  /** The key's name or the token's subject. */
  actor: string;
  action: "customer.read" | "caller.looked-up";
  customerId: string | null;
}

export async function insertAuditLog(db: Db, traces: readonly Trace[]): Promise<void> {
  await db.hot("audit.insert").run(sql`
    insert into audit (id, at, actor, action, customer_id)
    select t.id, t.at, t.actor, t.action, t.customer_id
    from unnest(
      ${traces.map(() => newId())}::uuid[],
      ${traces.map(({ at }) => at.toISOString())}::timestamptz[],
      ${traces.map(({ actor }) => actor)}::text[],
      ${traces.map(({ action }) => action)}::text[],
      ${traces.map(({ customerId }) => customerId)}::uuid[]
    ) as t (id, at, actor, action, customer_id)
  `);
}
