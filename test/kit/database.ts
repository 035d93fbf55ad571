import { afterAll, beforeAll, beforeEach, inject } from "vitest";
import type { Database } from "../../src/db/client.ts";
import { type Borrowed, borrowDatabase } from "./clone.ts";

export interface TestDatabase {
  readonly db: Database;
  readonly url: string;
  /** Empties the tables within a test. */
  empty(): Promise<void>;
}

/**
 * A PostgreSQL database that this file alone uses; before each test all tables but the namespaces are empty. Do not
 * destructure the answer: it is filled in before the first test. `isKept` leaves the rows from test to test, where loading
 * them takes long. `isSorted` compares texts as people in the United States do, not byte by byte.
 */
export function useDatabase({ isKept = false, isSorted = false } = {}): TestDatabase {
  const house = {} as Borrowed;
  beforeAll(async () => {
    Object.assign(house, await borrowDatabase(inject("template"), isSorted));
  });
  if (!isKept) beforeEach(() => house.empty());
  afterAll(() => house.giveBack?.());
  return house;
}
