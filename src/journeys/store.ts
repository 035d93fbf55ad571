import type { Database } from "../db/client.ts";
import type { Snapshot } from "../db/snapshot.ts";
import type { Followed } from "./follow.ts";
import { openSharedRun } from "./shared-run.ts";

/** Asks the database of the instant that the store is read at. */
export type Ask<Answer> = (snapshot: Snapshot) => Promise<Answer>;

/** All that customers did, read anew before each answer; who ask at the same time share one reading. */
export interface Store {
  read(): Promise<Followed>;
  /** Is asked when the store is read next, after it. */
  ask(ask: Ask<void>): void;
  hasBeenRead(): boolean;
}

/** Brings a store up to date with a snapshot, or reads it for the first time. */
export type Follow = (snapshot: Snapshot, before: Followed | null) => Promise<Followed>;

export function openStore(database: Pick<Database, "atOneInstant">, follow: Follow): Store {
  let followed: Followed | null = null;
  let asked: Ask<void>[] = [];
  const read = openSharedRun(async (): Promise<Followed> => {
    const asks = asked;
    asked = [];
    followed = await database.atOneInstant(async (snapshot) => {
      const now = await follow(snapshot, followed);
      for (const ask of asks) await ask(snapshot);
      return now;
    });
    return followed;
  });
  return {
    read,
    ask(ask) {
      asked.push(ask);
    },
    hasBeenRead: () => followed !== null,
  };
}
