import { afterAll, beforeAll, beforeEach, inject } from "vitest";
import type { Database } from "../../src/db/client.ts";
import { type Clone, cloneDatabase } from "./clone.ts";

export interface TestDatabase {
  readonly db: Database;
  readonly url: string;
}

/**
 * A real database for this file alone, empty but for the namespaces before each test. Keep the answer whole
 * (`const house = useDatabase()`): it is filled when the first test starts. Kept, it is never emptied: for tests that ask
 * about the same thing, which took long to bring in.
 */
export function useDatabase({ isKept = false } = {}): TestDatabase {
  const house = {} as Clone;
  beforeAll(async () => {
    Object.assign(house, spares.pop() ?? (await cloneDatabase(inject("template"))));
    if (isKept) await house.empty();
  });
  if (!isKept) beforeEach(() => house.empty());
  afterAll(() => giveBack({ ...house }));
  return house;
}

/** Of files that this worker is done with: to empty one is a tenth of making it. */
const spares: Clone[] = [];

async function giveBack(clone: Clone): Promise<void> {
  if (!clone.db) return;
  if (await clone.isAsMade()) spares.push(clone);
  else await clone.drop();
}
