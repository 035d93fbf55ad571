import { beforeEach } from "vitest";
import type { Journeys } from "../../../src/journeys/journeys.ts";
import type { TestDatabase } from "../../kit/database.ts";
import { journeysOf } from "../../kit/workers.ts";

/** The journeys of a file's database, which are read when a report asks. */
export function useJourneys(house: TestDatabase): Journeys {
  let open: Journeys;
  beforeEach(() => {
    open = journeysOf(house.db);
  });
  return {
    now: () => open.now(),
    nowAnd: (ask) => open.nowAnd(ask),
    asOf: (at) => open.asOf(at),
    keepUp: () => open.keepUp(),
    until: (signal) => open.until(signal),
    asking: () => open.asking(),
  };
}
