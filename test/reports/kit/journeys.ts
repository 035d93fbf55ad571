import { beforeEach } from "vitest";
import type { Journeys, Version } from "../../../src/journeys/journeys.ts";
import type { TestDatabase } from "../../kit/database.ts";
import { journeysOf } from "../../kit/workers.ts";

/** The journeys of a file's database, which are read when a report asks. */
export function useJourneys(house: TestDatabase): Journeys {
  let open: Journeys;
  beforeEach(() => {
    open = journeysOf(house.db);
  });
  return {
    answer: (question) => open.answer(question),
    answerWith: (ask, question) => open.answerWith(ask, question),
    asOf: (at) => open.asOf(at),
    reading: (attributes) => open.reading(attributes),
    seenBy: (scopes) => open.seenBy(scopes),
    askedBy: (name) => open.askedBy(name),
    lookingBackTo: (instant) => open.lookingBackTo(instant),
    keepUp: () => open.keepUp(),
    until: (signal) => open.until(signal),
    asking: () => open.asking(),
    working: () => open.working(),
    loading: () => open.loading(),
  };
}

/** What there is now, without a question. */
export const versionOf = (journeys: Journeys): Promise<Version> => journeys.answer(async (version) => version);
