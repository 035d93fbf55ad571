import type { Db } from "../db/client.ts";
import type { Listener } from "../db/listen.ts";
import { coalesced } from "../kit/coalesce.ts";
import { findHeads } from "./pops.repository.ts";

/** One reader's subscription to a stream: wakes when the stream has messages that its reader has not seen. */
export interface Bell {
  /** Waits for a message after `seen`; false when the subscription ended meanwhile. */
  wait(seen: number): Promise<boolean>;
  takeDown(): void;
}

/** Reads the heads of the streams that anybody of this process waits for, each time that a writer notifies. */
export interface Hub {
  hang(stream: string): Bell;
  /** Ends every subscription. */
  close(): void;
}

const RETRY_MS = 250;

export function openHub(db: Db, listener: Pick<Listener, "onWake">): Hub {
  const heads = new Map<string, number>();
  const bells = new Map<string, Set<() => void>>();
  const closers = new Set<() => void>();

  /** A notification during a read causes another read right after it. */
  const look = coalesced(async () => {
    if (bells.size === 0) return;
    try {
      for (const { name, seq } of await findHeads(db, [...bells.keys()])) heads.set(name, seq);
      for (const ringers of bells.values()) for (const ring of ringers) ring();
    } catch {
      // The database is away: try until it is back.
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      look();
    }
  });

  const stop = listener.onWake(look);
  return {
    hang(stream) {
      const bell = bellOn({ headOf: () => heads.get(stream) ?? 0, look });
      const ringers = bells.get(stream) ?? new Set();
      bells.set(stream, ringers.add(bell.ring));
      const takeDown = () => {
        ringers.delete(bell.ring);
        if (ringers.size === 0 && bells.get(stream) === ringers) {
          bells.delete(stream);
          heads.delete(stream);
        }
        closers.delete(takeDown);
        bell.end();
      };
      closers.add(takeDown);
      return { wait: bell.wait, takeDown };
    },
    close() {
      stop();
      for (const takeDown of [...closers]) takeDown();
    },
  };
}

/**
 * One reader's state. Nothing is lost between reading and waiting, since waiting checks the head of the stream first.
 */
function bellOn({ headOf, look }: { headOf(): number; look(): void }) {
  let waiting: { seen: number; resolve(goesOn: boolean): void } | null = null;
  let isOver = false;
  return {
    wait(seen: number): Promise<boolean> {
      if (isOver) return Promise.resolve(false);
      if (headOf() > seen) return Promise.resolve(true);
      return new Promise((resolve) => {
        waiting = { seen, resolve };
        look();
      });
    },
    ring(): void {
      if (!waiting || headOf() <= waiting.seen) return;
      waiting.resolve(true);
      waiting = null;
    },
    end(): void {
      isOver = true;
      waiting?.resolve(false);
      waiting = null;
    },
  };
}
