import { AppError } from "./errors.ts";

/** A door that lets in so many at once. */
export interface Door {
  /** Waits for a place and answers how it is given back; UNAVAILABLE where there is none in time. */
  enter(): Promise<() => void>;
  state(): { inside: number; waiting: number; refused: number };
}

export interface DoorOptions {
  /** How many are inside at once. */
  places: number;
  /** The clock, in milliseconds. */
  now?: () => number;
}

/** How long one waits while those who wait are let in sooner or later, as after a burst. */
const PATIENCE_MS = 200;
/** How long one waits where somebody has been waiting all the time: more come than are let in, and whoever waits is too late. */
const CROWDED_MS = 25;
/** For so long somebody has to have been waiting. */
const CROWDED_AFTER_MS = 100;
/** The most who wait. */
const MOST_WAITING = 500;

/**
 * Lets in whoever came last first, and turns away whoever waits too long. While more come than are let in, a queue makes
 * everybody too late: of those, the newest are answered at once and the others told so soon.
 */
export function openDoor({ places, now = () => performance.now() }: DoorOptions): Door {
  const queue = openQueue(now);
  let inside = 0;
  let isWatched = false;

  /** Answers how the place is given back, once. */
  function take(): () => void {
    inside += 1;
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      inside -= 1;
      queue.turnAway();
      queue.newest()?.enter(take());
    };
  }

  /** Whoever is inside may stay there: time alone turns away, too. */
  function watch(): void {
    if (isWatched) return;
    isWatched = true;
    setTimeout(() => {
      isWatched = false;
      queue.turnAway();
      if (queue.length() > 0) watch();
    }, CROWDED_MS / 2);
  }

  return {
    enter() {
      if (inside < places) return Promise.resolve(take());
      watch();
      return queue.wait();
    },
    state: () => ({ inside, waiting: queue.length(), refused: queue.refused() }),
  };
}

interface Waiting {
  since: number;
  enter(leave: () => void): void;
  refuse(): void;
}

/** Those who wait, the longest waiting first. */
function openQueue(now: () => number) {
  const waiting: Waiting[] = [];
  let refused = 0;
  /** When last nobody waited. */
  let emptyAt = now();

  const patience = () => (now() - emptyAt > CROWDED_AFTER_MS ? CROWDED_MS : PATIENCE_MS);
  const isLate = ({ since }: Waiting) => now() - since >= patience() || waiting.length > MOST_WAITING;

  return {
    length: () => waiting.length,
    refused: () => refused,
    wait(): Promise<() => void> {
      if (waiting.length === 0) emptyAt = now();
      return new Promise((enter, reject) => {
        waiting.push({ since: now(), enter, refuse: () => reject(new AppError("UNAVAILABLE", TOO_MUCH)) });
      });
    },
    newest: () => waiting.pop(),
    turnAway(): void {
      for (let first = waiting[0]; first && isLate(first); first = waiting[0]) {
        waiting.shift();
        refused += 1;
        first.refuse();
      }
    },
  };
}

const TOO_MUCH = "More is asked than can be answered in time: try again in a few seconds.";
