import type { Matcher } from "./recount.ts";
import type { Told } from "./world.ts";

export interface Sequence {
  steps: {
    match: Matcher;
    within?: number | null;
    after?: number | null;
    next?: boolean;
    without?: Matcher | null;
  }[];
  within?: number | null;
  keep?: "EVERYONE" | "ONLY_BEFORE" | "ONLY_AFTER";
  container?: "SESSION" | "SENDER_SESSION" | "CUSTOMER";
  sessionTimeoutMinutes?: number;
}

interface Asked {
  sequence: Sequence;
  fits: (event: Told, matcher: Matcher) => boolean;
}

/** Whether a sequence keeps an event of its container; every way through the container is tried. */
export function isKept(events: readonly Told[], event: Told, asked: Asked): boolean {
  const ways = waysThrough(events, asked);
  if (ways.length === 0) return false;
  const place = events.indexOf(event);
  const { keep = "EVERYONE" } = asked.sequence;
  if (keep === "ONLY_BEFORE") return place <= Math.max(...ways.map((way) => way[0]!));
  return keep === "EVERYONE" || place >= Math.min(...ways.map((way) => way.at(-1)!));
}

/** The places of the events of each way. */
function waysThrough(events: readonly Told[], { sequence: { steps, within }, fits }: Asked): number[][] {
  const minutes = (from: number, to: number) => (events[to]!.at.getTime() - events[from]!.at.getTime()) / 60_000;
  const isStep = (way: readonly number[], place: number, step: Sequence["steps"][number]): boolean => {
    if (!fits(events[place]!, step.match)) return false;
    const before = way.at(-1);
    if (before === undefined) return true;
    return (
      place > before &&
      (!step.next || place === before + 1) &&
      minutes(before, place) <= (step.within ?? Number.POSITIVE_INFINITY) &&
      minutes(before, place) >= (step.after ?? 0) &&
      minutes(way[0]!, place) <= (within ?? Number.POSITIVE_INFINITY) &&
      !(step.without && events.slice(before + 1, place).some((other) => fits(other, step.without!)))
    );
  };
  const places = events.map((_, place) => place);
  return steps.reduce<number[][]>(
    (ways, step) =>
      ways.flatMap((way) => places.filter((place) => isStep(way, place, step)).map((place) => [...way, place])),
    [[]],
  );
}
