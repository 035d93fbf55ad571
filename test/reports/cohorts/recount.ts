import type { CohortsInput } from "../../../src/reports/cohorts/cohorts.type.ts";
import { belongs, fits, isWithin, lifeOf, unique, valueAlong } from "../kit/recount.ts";
import type { Told } from "../kit/world.ts";

// Cohorts once more, slow and obvious.

export interface Member {
  customerId: string;
  interval: number;
  value: string | null;
  /** The intervals in which they returned. */
  returned: number[];
}

const MS = { HOUR: 3_600_000, DAY: 86_400_000 };

/** The first instants of the intervals, of hours or days of UTC. */
export function startsOf({ period, interval }: CohortsInput): Date[] {
  const length = MS[interval as keyof typeof MS];
  const starts: Date[] = [];
  for (let at = Math.floor(period.from.getTime() / length) * length; at < period.to.getTime(); at += length) {
    starts.push(new Date(at));
  }
  return starts;
}

/** Everybody who is included, and when they returned. */
export function membersOf(world: readonly Told[], input: CohortsInput): Member[] {
  const starts = startsOf(input);
  const somebody = unique(world.filter(({ isIdentified }) => isIdentified).map(({ customerId }) => customerId));
  return somebody.flatMap((customerId): Member[] => {
    const life = lifeOf(world, customerId).filter(
      (event) => isWithin(input.period, event) && belongs(world, event, input.audience, input.period),
    );
    const during = starts.map((start, i) =>
      life.filter(({ at }) => at >= start && (i === starts.length - 1 || at < starts[i + 1]!)),
    );
    const holds = (events: readonly Told[], criteria: CohortsInput["returns"]) =>
      criteria.every(
        ({ anyOf, atLeast }) =>
          events.filter((event) => anyOf.some((matcher) => fits(world, event, matcher, input.period))).length >=
          atLeast,
      );
    const interval = during.findIndex((events) => holds(events, input.inclusion));
    if (interval === -1) return [];
    const events = during[interval]!;
    const by = events.findIndex((_, i) => holds(events.slice(0, i + 1), input.inclusion));
    const value = input.dimension ? valueAlong(world, events[by]!, input.dimension) : null;
    const returned = starts.flatMap((_, i) => (holds(during[i]!, input.returns) ? [i] : []));
    return [{ customerId, interval, value, returned }];
  });
}

/** The cells of some of them. */
export function cellsOf(members: readonly Member[], input: CohortsInput) {
  const last = startsOf(input).length - 1;
  const offsets = Array.from({ length: 2 * last + 1 }, (_, i) => i - last).filter(
    (offset) => offset > 0 || (input.latency && offset < 0),
  );
  return offsets.flatMap((offset) => {
    const eligible = members.filter(({ interval }) => interval + offset >= 0 && interval + offset <= last);
    const returned = eligible.filter((member) => cameBack(member, offset, input.rolling));
    return eligible.length === 0 ? [] : [{ offset, eligible: eligible.length, returned: returned.length }];
  });
}

export function cameBack({ interval, returned }: Member, offset: number, rolling: boolean): boolean {
  if (!rolling || offset < 0) return returned.includes(interval + offset);
  return Array.from({ length: offset }, (_, i) => interval + i + 1).every((one) => returned.includes(one));
}
