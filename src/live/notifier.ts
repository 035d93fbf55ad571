import type { Db } from "../db/client.ts";
import type { Listener } from "../db/listen.ts";
import { coalesced } from "../kit/coalesce.ts";
import { findHeads } from "./pops.repository.ts";

/** One reader's subscription to a stream: wakes when the stream has messages that its reader has not seen. */
export interface StreamSubscription {
  /** Waits for a message after `seen`; false when the subscription ended meanwhile. */
  wait(seen: number): Promise<boolean>;
  unsubscribe(): void;
}

/** Reads the heads of the streams that anybody of this process waits for, each time that a writer notifies. */
export interface Notifier {
  subscribe(stream: string): StreamSubscription;
  /** Ends every subscription. */
  close(): void;
}

const RETRY_MS = 250;

export function openNotifier(db: Db, listener: Pick<Listener, "onWake">): Notifier {
  const heads = new Map<string, number>();
  const subscriptions = new Map<string, Set<() => void>>();
  const closers = new Set<() => void>();

  /** A notification during a read causes another read right after it. */
  const look = coalesced(async () => {
    if (subscriptions.size === 0) return;
    try {
      for (const { name, seq } of await findHeads(db, [...subscriptions.keys()])) heads.set(name, seq);
      for (const wakers of subscriptions.values()) for (const ring of wakers) ring();
    } catch {
      // The database is away: try until it is back.
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      look();
    }
  });

  const stop = listener.onWake(look);
  return {
    subscribe(stream) {
      const subscription = subscribeTo({ headOf: () => heads.get(stream) ?? 0, look });
      const wakers = subscriptions.get(stream) ?? new Set();
      subscriptions.set(stream, wakers.add(subscription.ring));
      const unsubscribe = () => {
        wakers.delete(subscription.ring);
        if (wakers.size === 0 && subscriptions.get(stream) === wakers) {
          subscriptions.delete(stream);
          heads.delete(stream);
        }
        closers.delete(unsubscribe);
        subscription.end();
      };
      closers.add(unsubscribe);
      return { wait: subscription.wait, unsubscribe };
    },
    close() {
      stop();
      for (const unsubscribe of [...closers]) unsubscribe();
    },
  };
}

/**
 * One reader's state. Nothing is lost between reading and waiting, since waiting checks the head of the stream first.
 */
function subscribeTo({ headOf, look }: { headOf(): number; look(): void }) {
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
