import { AppError } from "./errors.ts";

/** A door that lets in so many at once. */
export interface Door {
  /** Waits for a place, so long at most, and answers how it is given back; UNAVAILABLE where there is none in time. */
  enter(mostMs?: number): Promise<() => void>;
  state(): { inside: number; waiting: number; refused: number };
}

export interface DoorOptions {
  /** How many are inside at once. */
  places: number;
  /** The clock, in milliseconds. */
  now?: () => number;
}

/** How long one waits at most: who asks has a second or two in all. */
const PATIENCE_MS = 1_000;
/**
 * Where the longest waiting has waited for longer than this all through 0.8 s, more come than are let in: the door is crowded.
 * A start, a batch that commits or a collection of garbage is over before that.
 */
const LATE_MS = 100;
const CROWDED_AFTER_MS = 800;
/** The same of a door that was crowded a moment ago: an overload goes on, though there was a place in between. */
const AGAIN = { withinMs: 2_000, lateMs: 40, afterMs: 100 };
/** How long one waits at a crowded door. */
const CROWDED_MS = 25;
/** The most who wait. */
const MOST_WAITING = 500;

/**
 * Lets in who came first, as long as all are let in soon. While more come than are let in, that would make everybody too
 * late: at a crowded door the newest are let in, and whoever waits is turned away soon, until there is a place again.
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
      queue.next()?.enter(take());
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
    enter(mostMs = PATIENCE_MS) {
      if (inside < places) {
        queue.calm();
        return Promise.resolve(take());
      }
      watch();
      return queue.wait(mostMs);
    },
    state: () => ({ inside, waiting: queue.length(), refused: queue.refused() }),
  };
}

interface Waiting {
  since: number;
  mostMs: number;
  enter(leave: () => void): void;
  refuse(): void;
}

/** Those who wait, the longest waiting first. */
function openQueue(now: () => number) {
  let waiting: Waiting[] = [];
  let refused = 0;
  let isCrowded = false;
  let wasCrowdedAt = Number.NEGATIVE_INFINITY;
  /** Since when the longest waiting has been late. */
  let lateSince = Number.POSITIVE_INFINITY;

  const isLate = ({ since, mostMs }: Waiting) => now() - since >= (isCrowded ? Math.min(CROWDED_MS, mostMs) : mostMs);
  function look(): void {
    const [longest] = waiting;
    const isAgain = now() - wasCrowdedAt < AGAIN.withinMs;
    if (!longest || now() - longest.since < (isAgain ? AGAIN.lateMs : LATE_MS)) lateSince = Number.POSITIVE_INFINITY;
    else lateSince = Math.min(lateSince, now());
    isCrowded ||= now() - lateSince >= (isAgain ? AGAIN.afterMs : CROWDED_AFTER_MS);
    if (isCrowded) wasCrowdedAt = now();
  }

  return {
    length: () => waiting.length,
    refused: () => refused,
    wait(mostMs: number): Promise<() => void> {
      return new Promise((enter, reject) => {
        waiting.push({ since: now(), mostMs, enter, refuse: () => reject(new AppError("UNAVAILABLE", TOO_MUCH)) });
      });
    },
    next: () => (isCrowded ? waiting.pop() : waiting.shift()),
    turnAway(): void {
      look();
      const late = waiting.filter(isLate);
      const tooMany = Math.max(0, waiting.length - late.length - MOST_WAITING);
      const gone = new Set([...late, ...waiting.filter((one) => !late.includes(one)).slice(0, tooMany)]);
      if (gone.size === 0) return;
      waiting = waiting.filter((one) => !gone.has(one));
      refused += gone.size;
      for (const { refuse } of gone) refuse();
    },
    calm(): void {
      isCrowded = false;
      lateSince = Number.POSITIVE_INFINITY;
    },
  };
}

const TOO_MUCH = "More is asked than can be answered in time: try again in a few seconds.";
