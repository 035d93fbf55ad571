import { goneMarkOf, type Seal } from "./audit/seals.ts";
import type { Core } from "./core.ts";
import { deleteOldAnswers } from "./http/routes/idempotency.repository.ts";
import { retainDaily } from "./ingest/forgetting/retain.ts";
import { forgetOriginals } from "./ingest/storing/originals.ts";
import { expireBodies } from "./ingest/storing/rejections.repository.ts";
import { forgetChanges } from "./journeys/floor.repository.ts";
import type { Log } from "./kit/log.ts";

/** Each thing that is kept for a time only, and how what is older goes. */
const KEPT_FOR_A_TIME = [
  ["rejections", expireBodies],
  ["originals", forgetOriginals],
  ["idempotency_keys", deleteOldAnswers],
  ["customer_changes", forgetChanges],
] as const;

type Housekeeping = Pick<Core, "database" | "rules" | "keyring">;

/** What retention needs: the audit's own key says that its rows are gone by it. */
export const retainingOf = ({ rules, keyring }: Pick<Core, "rules" | "keyring">) => ({
  rules,
  rejectionKey: keyring.rejectionKey,
  markGone: (seal: Pick<Seal, "seq" | "hash">) => goneMarkOf(seal, keyring.identityKey),
});

/** Forgets what has been kept for as long as was promised; what cannot be forgotten now is at the next time. */
export async function forgetOld({ database, rules, keyring }: Housekeeping, now: Date, log: Log): Promise<void> {
  const postponed =
    (what: string) =>
    ({ code }: { code?: string }) =>
      log.warn("housekeeping.postponed", { what, code });
  for (const [what, forget] of KEPT_FOR_A_TIME) await forget(database, now).catch(postponed(what));
  await retainDaily(database, now, retainingOf({ rules, keyring })).catch(postponed("retention"));
}
