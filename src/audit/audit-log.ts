import type { Db } from "../db/client.ts";
import type { Log } from "../kit/log.ts";
import { repeat } from "../kit/repeat.ts";
import { insertAuditLog, type Trace } from "./audit.repository.ts";

/** Records who looked at which customer, in the table `audit`. */
export interface AuditLog {
  /** Returns at once; the row is stored within a second. */
  note(trace: Omit<Trace, "at">): void;
  /** Stores the remaining rows. */
  close(): Promise<void>;
}

/** A read must not wait for the disk, so rows are stored together; a process that is killed loses this much. */
const STORE_EVERY_MS = 500;
/** The most rows of one statement. */
const AT_ONCE = 2_000;
/** The most rows that wait for a database that is away. Further rows are lost, and the log says how many. */
const WAIT_AT_MOST = 100_000;

export function openAuditLog(db: Db, log: Log): AuditLog {
  const waiting: Trace[] = [];
  let lost = 0;
  let storing = Promise.resolve();

  async function storeAll(): Promise<void> {
    while (waiting.length > 0) {
      // More rows may be added while these are being stored.
      const some = waiting.slice(0, AT_ONCE);
      await insertAuditLog(db, some);
      waiting.splice(0, some.length);
    }
    if (lost > 0) log.error("audit.lost", { lost });
    lost = 0;
  }

  /** One at a time, so that no row is stored twice. */
  const store = () => {
    storing = storing
      .then(storeAll)
      .catch(({ code }) => log.error("audit.waiting", { code, waiting: waiting.length, lost }));
    return storing;
  };

  const stop = repeat(store, STORE_EVERY_MS);
  return {
    note({ actor, ...trace }) {
      // PostgreSQL cannot store NUL, which a token's subject may contain: it would block all other rows.
      if (waiting.length < WAIT_AT_MOST) waiting.push({ ...trace, actor: actor.replaceAll("\0", ""), at: new Date() });
      else lost += 1;
    },
    async close() {
      stop();
      await store();
    },
  };
}
