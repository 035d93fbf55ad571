import type { Database } from "../db/client.ts";
import type { Snapshot } from "../db/snapshot.ts";
import { MOST_NAMED } from "../facts/attributes.ts";
import type { Attribute } from "../fields/derive/attributes.ts";
import type { Followed } from "./follow.ts";
import { type Loading, LoadProgress, type LoadTerms } from "./loading.ts";
import { openSharedRun } from "./shared-run.ts";

/** Asks the database of the instant that the store is read at. */
export type Ask<Answer> = (snapshot: Snapshot) => Promise<Answer>;

/** All that customers did, read anew before each answer; who ask at the same time share one reading. */
export interface Store {
  /** The instant whose knowledge it holds; null where it follows what is known. */
  readonly of: Date | null;

  /** With these attributes too. */
  read(attributes?: readonly Attribute[]): Promise<Followed>;
  /** What the database says when the store is read next, for whoever still wants it then. */
  ask<Answer>(ask: Ask<Answer>, wanted: Wanted): Promise<Answer>;
  hasBeenRead(): boolean;
  /** How far it is, while all of it is being read. */
  loading(): Loading | null;
}

interface Wanted {
  signal: AbortSignal | undefined;
  /** A statement that takes longer ends; 0 for none. */
  limitMs: number;
}

/** Brings a store up to date with a snapshot, or reads it for the first time. */
export type Follow = (snapshot: Snapshot, before: Followed | null, terms: LoadTerms) => Promise<Followed>;

/** How a store is read, and the bytes that it may take. */
interface Growth {
  follow: Follow;
  room: number;
  /** The instant whose knowledge it holds; null where it follows what is known. */
  of?: Date | null;
}

export function openStore(database: Pick<Database, "atOneInstant">, { follow, room, of = null }: Growth): Store {
  let followed: Followed | null = null;
  let asked: Ask<void>[] = [];
  /** Those that were asked for last come last; each takes up to eight bytes a customer or leg. */
  let attributes: readonly Attribute[] = [];
  /** The names of those that were asked for since the last reading began. */
  let wanted = new Set<string>();
  const progress = new LoadProgress();
  /** What a reading failed to read is not tried for those who did not ask for it. */
  const leaveOutUnread = () => {
    const isRead = (name: string) =>
      followed?.refused.has(name) || followed?.attributes.some((one) => one.name === name);
    attributes = attributes.filter(({ name }) => wanted.has(name) || isRead(name));
  };
  const read = openSharedRun(async (): Promise<Followed> => {
    const asks = asked;
    asked = [];
    wanted = new Set();
    const reading = database.atOneInstant(async (snapshot) => {
      const now = await follow(snapshot, followed, { progress, room, attributes });
      for (const ask of asks) await ask(snapshot);
      return now;
    });
    try {
      followed = await reading.finally(() => progress.end());
      return followed;
    } finally {
      leaveOutUnread();
    }
  });
  return {
    of,
    read(more = []) {
      const others = attributes.filter(({ name }) => !more.some((one) => one.name === name));
      attributes = [...others, ...more].slice(-MOST_NAMED);
      for (const { name } of more) wanted.add(name);
      return read();
    },
    ask<Answer>(ask: Ask<Answer>, { signal, limitMs }: Wanted) {
      const answer = new Promise<Answer>((resolve, reject) => {
        asked.push(async (snapshot) => {
          if (!signal?.aborted) await snapshot.attempt(() => ask(snapshot), limitMs).then(resolve, reject);
        });
      });
      // Its reading may fail first.
      answer.catch(() => {});
      return answer;
    },
    hasBeenRead: () => followed !== null,
    loading: () => progress.now(),
  };
}
