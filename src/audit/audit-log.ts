import { setTimeout as pause } from "node:timers/promises";
import type { Db } from "../db/client.ts";
import { AppError } from "../kit/errors.ts";
import type { Log } from "../kit/log.ts";
import { repeat } from "../kit/repeat.ts";
import { insertAuditLog, type Trace } from "./audit.repository.ts";

/** Records who looked at which customer, in the table `audit`. */
export interface AuditLog {
  /** Returns at once; the row is stored with those that are noted meanwhile. */
  note(trace: Omit<Trace, "at">): void;
  /** Waits until all that was noted is stored; UNAVAILABLE where it cannot be, so that nobody reads unseen. */
  settle(): Promise<void>;
  /** Stores the remaining rows. */
  close(): Promise<void>;
}

/** How long an answer waits for its rows: a database that has not stored them by then is away. */
const PATIENCE_MS = 5_000;
const RETRY_EVERY_MS = 500;
/** Rows that come so soon after a statement wait so long for others, to be stored together. */
const GATHER_MS = 3;
/** The most rows of one statement. */
const AT_ONCE = 2_000;
/** The most rows that wait for a database that is away. Further rows are lost, and the log says how many. */
const WAIT_AT_MOST = 100_000;

export function openAuditLog(db: Db, log: Log): AuditLog {
  const rows = openRows(db, log);
  const retry = () => rows.store().catch(({ code }) => log.error("audit.waiting", { code, ...rows.state() }));
  const stop = repeat(retry, RETRY_EVERY_MS);
  return {
    note({ by, ...trace }) {
      // PostgreSQL cannot store NUL, which a token's subject may contain: it would block all other rows.
      const whole = { id: by.id, name: by.name.replaceAll("\0", "") };
      rows.add({ ...trace, by: whole, at: new Date() });
    },
    settle: () => inTime(rows.store),
    async close() {
      stop();
      await retry();
    },
  };
}

/** The rows that are to be stored, in the order in which they came. */
function openRows(db: Db, log: Log) {
  const waiting: Trace[] = [];
  /** How many were stored so far, and are to be with those that wait. */
  let [stored, noted] = [0, 0];
  let lost = 0;
  let storing: Promise<void> | null = null;
  /** When the last statement ended. */
  let endedAt = Number.NEGATIVE_INFINITY;

  async function storeSome(): Promise<void> {
    if (performance.now() - endedAt < GATHER_MS) await pause(GATHER_MS);
    // More rows may be added while these are being stored.
    const some = waiting.slice(0, AT_ONCE);
    if (some.length > 0) await insertAuditLog(db, some);
    endedAt = performance.now();
    waiting.splice(0, some.length);
    stored += some.length;
    if (lost > 0 && waiting.length === 0) {
      log.error("audit.lost", { lost });
      lost = 0;
    }
  }

  return {
    state: () => ({ waiting: waiting.length, lost }),
    add(trace: Trace): void {
      if (waiting.length === WAIT_AT_MOST) {
        lost += 1;
        return;
      }
      waiting.push(trace);
      noted += 1;
    },
    /**
     * One statement at a time, so that no row is stored twice. Whoever asks meanwhile waits for the next, and for none that
     * stores only what was noted later: while others keep asking, there is always one more.
     */
    async store(): Promise<void> {
      const until = noted;
      do {
        storing ??= storeSome().finally(() => (storing = null));
        await storing;
      } while (stored < until);
    },
  };
}

async function inTime(store: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(UNSEEN), PATIENCE_MS);
  });
  try {
    await Promise.race([store().catch(() => Promise.reject(UNSEEN)), late]);
  } finally {
    clearTimeout(timer);
  }
}

const UNSEEN = new AppError("UNAVAILABLE", "Who read this cannot be stored at the moment: try again in a few seconds.");

/** The audit log of one request: its answer waits for its own rows, and one that noted nothing waits for none. */
export function auditLogOfRequest(whole: AuditLog): AuditLog {
  let hasNoted = false;
  return {
    ...whole,
    note(trace) {
      hasNoted = true;
      whole.note(trace);
    },
    settle: () => (hasNoted ? whole.settle() : Promise.resolve()),
  };
}
