import { afterAll, beforeAll, beforeEach, inject } from "vitest";
import type { Database } from "../../src/db/client.ts";
import { type Borrowed, borrowDatabase } from "./clone.ts";

export interface TestDatabase {
  readonly db: Database;
  readonly url: string;
  /** For a test that begins anew. */
  empty(): Promise<void>;
}

/**
 * A real database for this file alone, empty but for the namespaces before each test. Keep the answer whole
 * (`const house = useDatabase()`): it is filled when the first test starts. Kept, it is never emptied: for tests that ask
 * about the same thing, which took long to bring in. Sorted, it compares texts as people in the United States do, not byte
 * by byte.
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
