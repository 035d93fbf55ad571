import { insertAuditLog } from "../audit/audit.repository.ts";
import type { Db } from "../db/client.ts";
import type { AuditAction } from "../facts/audit-actions.ts";
import { COMMAND_LINE } from "../kit/actor.ts";

interface Noted {
  /** What it is done to, such as `source shop`: a name of the configuration or an id, nothing that is known of anybody. */
  about?: string;
  /** A key that is made or revoked. */
  key?: string;
  customerId?: string | null;
}

/** Has the audit say what a command does, before it does it: one that is killed half-way is there too. */
export async function noteCommand(db: Db, action: AuditAction, noted: Noted = {}): Promise<void> {
  const { customerId = null, ...detail } = noted;
  await insertAuditLog(db, [{ at: new Date(), by: COMMAND_LINE, action, customerId, detail }]);
}
