import type { Partition } from "./columns.ts";
import type { Journey } from "./fold.ts";

/** A stretch of a journey: its events are those from `from` up to `to`. The object is used again. */
export interface Stretch {
  from: number;
  to: number;
  /** The latest end of its events. */
  end: number;
}

/** Moves from one session to the next, at first to that which begins at `to`; false after the last. */
export type NextSession = (session: Stretch, journey: Journey) => boolean;

export const noSession = (): Stretch => ({ from: 0, to: 0, end: 0 });

interface Cut {
  /** The longest pause within a session; infinite where all that a customer did is one. */
  timeout: number;
  /** What happens from here on is left out. */
  until: number;
}

/**
 * Cuts journeys into sessions, over all channels. A session ends when nothing has been going on for longer than the
 * timeout, measured from the latest end so far; a pause as long as the timeout does not end it.
 */
export function sessionsOf({ events: { at, lasts } }: Partition, { timeout, until }: Cut): NextSession {
  if (timeout === Number.POSITIVE_INFINITY) return wholeJourney(at, until);
  return (session, journey) => {
    let event = session.to;
    if (event === journey.to || at[event]! >= until) return false;
    session.from = event;
    let end = at[event]! + lasts[event]!;
    for (event += 1; event < journey.to && at[event]! < until && at[event]! - end <= timeout; event += 1) {
      end = Math.max(end, at[event]! + lasts[event]!);
    }
    session.to = event;
    session.end = end;
    return true;
  };
}

/** One session, which never ends. */
function wholeJourney(at: Float64Array, until: number): NextSession {
  return (session, journey) => {
    let to = journey.to;
    while (to > session.to && at[to - 1]! >= until) to -= 1;
    if (to === session.to) return false;
    session.from = session.to;
    session.to = to;
    session.end = Number.POSITIVE_INFINITY;
    return true;
  };
}
