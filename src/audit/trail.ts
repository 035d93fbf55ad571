import type { Db } from "../db/client.ts";
import type { Log } from "../kit/log.ts";
import { repeat } from "../kit/repeat.ts";
import { insertTrail, type Trace } from "./audit.repository.ts";

/** Notes who looked at whom, for the table `audit`. */
export interface Trail {
  /** Answers at once: the row is stored within a second. */
  note(trace: Omit<Trace, "at">): void;
  /** Stores what is left. */
  close(): Promise<void>;
}

/** What a look costs may not hang on the disk, so rows are stored together; a process that is killed loses so much. */
const STORE_EVERY_MS = 500;
/** Rows of one statement. */
const AT_ONCE = 2_000;
/** Rows that wait for a database that is away; beyond them new ones are given up, and the log says how many. */
const WAIT_AT_MOST = 100_000;

export function openTrail(db: Db, log: Log): Trail {
  const waiting: Trace[] = [];
  let lost = 0;
  let storing = Promise.resolve();

  async function storeAll(): Promise<void> {
    while (waiting.length > 0) {
      // More may be noted while these are on their way.
      const some = waiting.slice(0, AT_ONCE);
      await insertTrail(db, some);
      waiting.splice(0, some.length);
    }
    if (lost > 0) log.error("audit.lost", { lost });
    lost = 0;
  }

  /** One after the other, so that no row is stored twice. */
  const store = () => {
    storing = storing
      .then(storeAll)
      .catch(({ code }) => log.error("audit.waiting", { code, waiting: waiting.length, lost }));
    return storing;
  };

  const stop = repeat(store, STORE_EVERY_MS);
  return {
    note({ actor, ...trace }) {
      // PostgreSQL stores no NUL, which the subject of a token may hold: it would keep all others waiting too.
      if (waiting.length < WAIT_AT_MOST) waiting.push({ ...trace, actor: actor.replaceAll("\0", ""), at: new Date() });
      else lost += 1;
    },
    async close() {
      stop();
      await store();
    },
  };
}
