import { fits, type Matcher, type Period, valueAlong } from "./recount.ts";
import { stretchOf } from "./sender-sessions.ts";
import type { Sequence } from "./sequences.ts";
import type { Told } from "./world.ts";

// What reports count along in place of a dimension once more, slow and obvious.

export interface Carried {
  dimension: string;
  allocation: string;
  expiry?: {
    container?: string;
    sessionTimeoutMinutes?: number;
    minutes?: number | null;
    event?: Matcher | null;
  } | null;
}

export interface Facet {
  name: string;
  matcher?: Matcher | null;
  sequence?: Sequence | null;
}

export interface Along {
  dimension: string;
  carried?: Carried | null;
  facets?: Facet[] | null;
}

/** The values of an event, which may be several. */
export function valuesOf(world: readonly Told[], event: Told, along: Along, period: Pick<Period, "to">): string[] {
  const { dimension, carried, facets } = along;
  if (facets) return facets.filter((facet) => isIn(world, event, facet, period)).map(({ name }) => name);
  if (carried) return carriedBy(world, event, carried, period);
  const value = valueAlong(world, event, dimension);
  return value === null ? [] : [value];
}

export function isIn(world: readonly Told[], event: Told, facet: Facet, period: Pick<Period, "to">): boolean {
  return fits(world, event, facet.matcher ?? { sequence: facet.sequence! }, period);
}

function carriedBy(world: readonly Told[], event: Told, carried: Carried, period: Pick<Period, "to">): string[] {
  const { dimension, allocation, expiry } = carried;
  const past = world.filter(({ at }) => at < period.to);
  if (!past.includes(event)) return [];
  const { container = "SESSION", sessionTimeoutMinutes = 30 } = expiry ?? {};
  const events = stretchOf(past, event, { container, sessionTimeoutMinutes });
  const stated = events.flatMap((other, place) => {
    const value = valueAlong(world, other, dimension);
    return value === null ? [] : [{ value, place }];
  });
  const place = events.indexOf(event);
  const before = stated.filter((one) => one.place <= place);
  const isOver = (from: number, to: number) =>
    events[to]!.at.getTime() - events[from]!.at.getTime() > (expiry?.minutes ?? Number.POSITIVE_INFINITY) * 60_000 ||
    (expiry?.event != null && events.slice(from, to).some((other) => fits(world, other, expiry.event, period)));
  const list = (one: { value: string } | undefined) => (one ? [one.value] : []);
  switch (allocation) {
    case "FIRST_KNOWN":
      return list(stated[0]);
    case "LAST_KNOWN":
      return list(stated.at(-1));
    case "ALL":
      return [...new Set(before.map(({ value }) => value))];
    case "MOST_RECENT":
      return list(before.filter((one) => !isOver(one.place, place)).at(-1));
    default: {
      // Whoever is first holds it until it is over, and then whoever comes next.
      let holder: { value: string; place: number } | undefined;
      for (const one of before) if (!holder || isOver(holder.place, one.place)) holder = one;
      return list(holder && !isOver(holder.place, place) ? holder : undefined);
    }
  }
}
