import { analyse } from "../../db/analyse.ts";
import type { Db } from "../../db/client.ts";
import type { Log } from "../../kit/log.ts";

/**
 * Has PostgreSQL look at its tables while a database is young. Autovacuum does so once a minute; an import has stored a
 * million rows by then, by plans that were made for a handful.
 */
export interface Statistics {
  /** Says that so many records were stored; returns at once. */
  grow(records: number): void;
  close(): Promise<void>;
}

/** Records after which tables are looked at for the first time; then each time that there are ten times as many. */
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
