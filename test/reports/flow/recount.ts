import { countsOnce } from "../kit/counting.ts";
import {
  type Audience,
  belongs,
  compare,
  fits,
  isWithin,
  lifeOf,
  type Matcher,
  type Period,
  sessionOf,
  unique,
  valueAlong,
} from "../kit/recount.ts";
import { stretchesOf } from "../kit/sender-sessions.ts";
import type { Told } from "../kit/world.ts";

export interface Question {
  period: Period;
  anchor: { matcher: Matcher; dimension: string; position: string };
  stepsBefore: number;
  stepsAfter: number;
  dimensionBefore: string;
  dimensionAfter: string;
  itemsPerStep: number;
  exclude?: Matcher | null;
  container: string;
  sessionTimeoutMinutes: number;
  countBy: string;
  includeRepeats: boolean;
  occurrence: string;
  audience?: Audience | null;
}

/** An anchor with the name of its place at every step: "ITEM /home", "ENTRY". */
export interface Path {
  anchor: Told;
  places: Map<number, string>;
}

/** Each path that is counted, walked event by event. */
export function pathsOf(world: readonly Told[], question: Question): Path[] {
  const before = question.anchor.position === "STARTS_WITH" ? 0 : question.stepsBefore;
  const after = question.anchor.position === "ENDS_WITH" ? 0 : question.stepsAfter;
  const asked = { ...question, stepsBefore: before, stepsAfter: after };
  return anchorsOf(world, asked).map((anchor) => {
    const value = valueAlong(world, anchor, question.anchor.dimension);
    const reach = reachOf(world, anchor, asked);
    const [earlier, later] = [reach.filter((e) => compare(e, anchor) < 0), reach.filter((e) => compare(e, anchor) > 0)];
    const back = walk(world, earlier.toReversed(), { asked, dimension: asked.dimensionBefore, anchor });
    const on = walk(world, later, { asked, dimension: asked.dimensionAfter, anchor });
    const places = new Map([[0, value === null ? "NONE" : `ITEM ${value}`]]);
    [...back, "ENTRY"].slice(0, before).forEach((place, i) => {
      places.set(-i - 1, place);
    });
    [...on, "EXIT"].slice(0, after).forEach((place, i) => {
      places.set(i + 1, place);
    });
    return { anchor, places: new Map([...places].sort(([a], [b]) => a - b)) };
  });
}

function walk(
  world: readonly Told[],
  events: readonly Told[],
  { asked, dimension, anchor }: { asked: Question; dimension: string; anchor: Told },
): string[] {
  let last = dimension === asked.anchor.dimension ? valueAlong(world, anchor, dimension) : null;
  const places: string[] = [];
  for (const event of events) {
    const value = valueAlong(world, event, dimension);
    if (value === null || isExcluded(world, event, asked)) continue;
    if (asked.includeRepeats || value !== last) places.push(`ITEM ${value}`);
    last = value;
  }
  return places;
}

function isExcluded(world: readonly Told[], event: Told, { exclude, period }: Question): boolean {
  return exclude != null && fits(world, event, exclude, period);
}

function reachOf(world: readonly Told[], anchor: Told, { container, sessionTimeoutMinutes }: Question): Told[] {
  if (!anchor.isIdentified) return [anchor];
  if (container === "SENDER_SESSION") {
    return stretchesOf(world, anchor.customerId, { container, sessionTimeoutMinutes }).find((all) =>
      all.includes(anchor),
    )!;
  }
  return container === "SESSION" ? sessionOf(world, anchor, sessionTimeoutMinutes) : lifeOf(world, anchor.customerId);
}

function anchorsOf(world: readonly Told[], question: Question): Told[] {
  const { period, anchor, audience, occurrence, countBy, sessionTimeoutMinutes } = question;
  const isAnchor = (event: Told) =>
    isWithin(period, event) &&
    fits(world, event, anchor.matcher, period) &&
    belongs(world, event, audience, period) &&
    countsOnce(world, event, anchor.matcher, period);
  const order = (a: Told, b: Told) => (occurrence === "LAST" ? compare(b, a) : compare(a, b));
  const fresh = world
    .filter(isAnchor)
    .filter((event) => question.includeRepeats || !isRepeat(world, event, { question, isAnchor }))
    .sort(order);
  const containerOf = (event: Told) => reachOf(world, event, question)[0]!.id;
  const followed = occurrence === "ALL" ? fresh : firstOfEach(fresh, containerOf);
  if (countBy === "OCCURRENCE") return followed;
  if (countBy === "CUSTOMER")
    return firstOfEach(
      followed.filter((event) => event.isIdentified),
      (e) => e.customerId,
    );
  const isSenders = question.container === "SENDER_SESSION";
  return firstOfEach(followed, (event) =>
    isSenders && event.isIdentified ? containerOf(event) : sessionOf(world, event, sessionTimeoutMinutes)[0]!.id,
  );
}

/** Right after another anchor of the same value, in what the flow can show. */
function isRepeat(
  world: readonly Told[],
  event: Told,
  { question, isAnchor }: { question: Question; isAnchor: (event: Told) => boolean },
): boolean {
  const { anchor, stepsBefore, stepsAfter, dimensionBefore, dimensionAfter } = question;
  const value = valueAlong(world, event, anchor.dimension);
  const dimensions = [
    anchor.dimension,
    ...(stepsBefore > 0 ? [dimensionBefore] : []),
    ...(stepsAfter > 0 ? [dimensionAfter] : []),
  ];
  const isSeen = (other: Told) =>
    isAnchor(other) ||
    (!isExcluded(world, other, question) && dimensions.some((d) => valueAlong(world, other, d) !== null));
  const before = reachOf(world, event, question)
    .filter((other) => compare(other, event) < 0)
    .findLast(isSeen);
  return (
    value !== null && before !== undefined && isAnchor(before) && valueAlong(world, before, anchor.dimension) === value
  );
}

function firstOfEach(events: readonly Told[], keyOf: (event: Told) => string): Told[] {
  return unique(events.map(keyOf)).map((key) => events.find((event) => keyOf(event) === key)!);
}

/** The paths with all but the most frequent values of each step renamed OTHER. */
export function shownOf(paths: readonly Path[], itemsPerStep: number): Path[] {
  const steps = unique(paths.flatMap(({ places }) => [...places.keys()]));
  const shown = new Map(
    steps.map((step) => {
      const here = paths.map(({ places }) => places.get(step)).filter((place) => place?.startsWith("ITEM "));
      const countOf = (place: string) => here.filter((other) => other === place).length;
      const ranked = unique(here as string[]).sort((a, b) => countOf(b) - countOf(a) || (a < b ? -1 : 1));
      return [step, ranked.slice(0, itemsPerStep)];
    }),
  );
  return paths.map(({ anchor, places }) => ({
    anchor,
    places: new Map(
      [...places].map(([step, place]) => [
        step,
        place.startsWith("ITEM ") && !shown.get(step)!.includes(place) ? "OTHER" : place,
      ]),
    ),
  }));
}
