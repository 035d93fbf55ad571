import type { Database } from "./db/client.ts";
import { deleteOldAnswers } from "./http/routes/idempotency.repository.ts";
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

/** Forgets what has been kept for as long as was promised; what cannot be forgotten now is at the next time. */
export async function forgetOld(database: Database, now: Date, log: Log): Promise<void> {
  for (const [what, forget] of KEPT_FOR_A_TIME) {
    await forget(database, now).catch(({ code }) => log.warn("housekeeping.postponed", { what, code }));
  }
}
