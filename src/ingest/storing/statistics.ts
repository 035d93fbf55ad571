import { analyse } from "../../db/analyse.ts";
import type { Db } from "../../db/client.ts";
import type { Log } from "../../kit/log.ts";

/**
 * Refreshes PostgreSQL's statistics while a database is young. Autovacuum does it once a minute; by then an import has
 * stored a million rows by plans made for a handful.
 */
export interface Statistics {
  /** Counts stored records; returns at once. */
  grow(records: number): void;
  close(): Promise<void>;
}

/** How many records trigger the first refresh; then each tenfold increase triggers another. */
const FIRST = 500;
const LAST = 1_000_000;

export function openStatistics(db: Db, log: Log): Statistics {
  let stored = 0;
  let next = FIRST;
  let looking = Promise.resolve();
  return {
    grow(records) {
      stored += records;
      if (stored < next || next > LAST) return;
      next *= 10;
      looking = looking.then(() => analyse(db)).catch(({ code }) => log.warn("statistics.old", { code }));
    },
    close: () => looking,
  };
}
