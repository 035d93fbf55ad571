import { countedOf } from "../kit/counting.ts";
import {
  type Audience,
  belongs,
  compare,
  earned,
  fits,
  isWithin,
  lifeOf,
  type Matcher,
  type Period,
  sessionOf,
  sessionsOf,
  sum,
  unique,
  valueAlong,
} from "../kit/recount.ts";
import type { Told } from "../kit/world.ts";
import { defaultTouches } from "./touches.ts";

export interface Model {
  kind: string;
  halfLifeMinutes?: number | null;
  firstWeight?: number | null;
  middleWeight?: number | null;
  lastWeight?: number | null;
}

export interface Question {
  period: Period;
  conversions?: Matcher | null;
  dedup?: { scope: string; keep: string } | null;
  touches?: Matcher | null;
  exclude?: Matcher | null;
  dimension: string;
  container: string;
  lookbackMinutes?: number | null;
  sessionTimeoutMinutes: number;
  touchDedup: string;
  splitBy?: string | null;
  measure: string;
  currency?: string | null;
  audience?: Audience | null;
}

export interface Journey {
  call: Told | null;
  value: number;
  isOtherCurrency: boolean;
  split: string | null;
  touches: Told[];
  items: string[];
  reason: string | null;
}

/** Each conversion with what led to it, or why nothing did. */
export function journeysOf(world: readonly Told[], question: Question): Journey[] {
  const counting = {
    ...question,
    matcher: question.conversions ?? { kinds: ["CALL"] },
    timeoutMinutes: question.sessionTimeoutMinutes,
  };
  return countedOf(world, counting).map((call) => {
    const reach = reachOf(world, call, question).filter((event) => compare(event, call) <= 0);
    const touches = call.isIdentified ? touchesOf(world, reach, question) : [];
    const money = question.measure === "COST" ? call.cost : earned(world, call);
    return {
      call,
      value: question.measure === "COUNT" ? 1 : money?.[1] === question.currency ? money![0] : 0,
      isOtherCurrency: question.measure !== "COUNT" && money != null && money[1] !== question.currency,
      split: question.splitBy ? valueAlong(world, call, question.splitBy) : null,
      touches,
      items: touches.map((touch) => valueAlong(world, touch, question.dimension)!),
      reason: touches.length > 0 ? null : reasonOf(world, call, { question, reach }),
    };
  });
}

function reachOf(world: readonly Told[], call: Told, question: Question): Told[] {
  if (question.container === "SESSION") return sessionOf(world, call, question.sessionTimeoutMinutes);
  return lifeOf(world, call.customerId).filter((event) => isInLookback(event, call, question));
}

function isInLookback(event: Told, call: Told, { lookbackMinutes }: Question): boolean {
  return lookbackMinutes == null || call.at.getTime() - event.at.getTime() <= lookbackMinutes * 60_000;
}

function isEligible(world: readonly Told[], event: Told, { period, dimension, touches, exclude }: Question): boolean {
  return (
    fits(world, event, touches ?? defaultTouches(dimension), period) &&
    !(exclude && fits(world, event, exclude, period)) &&
    valueAlong(world, event, dimension) !== null
  );
}

function touchesOf(world: readonly Told[], events: readonly Told[], question: Question): Told[] {
  const touches = events.filter((event) => isEligible(world, event, question));
  const items = touches.map((touch) => valueAlong(world, touch, question.dimension));
  return touches.filter((_, i) => {
    if (question.touchDedup === "CONSECUTIVE") return i === 0 || items[i - 1] !== items[i];
    if (question.touchDedup === "FIRST") return items.indexOf(items[i]!) === i;
    if (question.touchDedup === "LAST") return items.lastIndexOf(items[i]!) === i;
    return true;
  });
}

function reasonOf(
  world: readonly Told[],
  call: Told,
  { question, reach }: { question: Question; reach: Told[] },
): string {
  if (!call.isIdentified) return "NO_IDENTITY";
  const isLeftOut = (event: Told) => event.id !== call.id && valueAlong(world, event, question.dimension) !== null;
  if (reach.some(isLeftOut)) return "EXCLUDED_BY_FILTER";
  const earlier = lifeOf(world, call.customerId).filter(
    (event) =>
      compare(event, call) < 0 &&
      !reach.includes(event) &&
      isInLookback(event, call, question) &&
      isEligible(world, event, question),
  );
  return question.container === "SESSION" && earlier.length > 0 ? "OUT_OF_SESSION" : "NO_TOUCH_IN_WINDOW";
}

/** Sessions, or customers, of the period with touches and no conversion. */
export function missesOf(world: readonly Told[], question: Question): Journey[] {
  const { period, audience, container } = question;
  const conversions = question.conversions ?? { kinds: ["CALL"] };
  const customers = unique(
    world
      .filter((event) => event.isIdentified && belongs(world, event, audience, period))
      .map((event) => event.customerId),
  );
  const stretches = customers.flatMap((id) =>
    container === "SESSION" ? sessionsOf(world, id, question.sessionTimeoutMinutes) : [lifeOf(world, id)],
  );
  return stretches
    .map((stretch) => stretch.filter((event) => isWithin(period, event)))
    .filter((stretch) => !stretch.some((event) => fits(world, event, conversions, period)))
    .map((stretch) => touchesOf(world, stretch, question))
    .filter((touches) => touches.length > 0)
    .map((touches) => ({
      call: null,
      value: 0,
      isOtherCurrency: false,
      split: null,
      touches,
      items: touches.map((touch) => valueAlong(world, touch, question.dimension)!),
      reason: null,
    }));
}

/** The share of its conversion that each touch of a journey gets. */
export function sharesOf({ call, touches }: Journey, model: Model): number[] {
  const n = touches.length;
  const ends = (first: number, middle: number, last: number) =>
    touches.map((_, i) => {
      if (n === 1) return 1;
      if (n === 2) return first + last === 0 ? 0.5 : (i === 0 ? first : last) / (first + last);
      const part = i === 0 ? first : i === n - 1 ? last : middle / (n - 2);
      return part / (first + middle + last);
    });
  switch (model.kind) {
    case "FIRST_TOUCH":
      return touches.map((_, i) => (i === 0 ? 1 : 0));
    case "LAST_TOUCH":
      return touches.map((_, i) => (i === n - 1 ? 1 : 0));
    case "SAME_TOUCH":
      return touches.map((touch) => (touch.id === call!.id ? 1 : 0));
    case "LINEAR":
      return touches.map(() => 1 / n);
    case "U_SHAPED":
      return ends(40, 20, 40);
    case "J_SHAPED":
      return ends(20, 20, 60);
    case "INVERSE_J":
      return ends(60, 20, 20);
    case "CUSTOM":
      return ends(model.firstWeight ?? 0, model.middleWeight ?? 0, model.lastWeight ?? 0);
    default: {
      const ages = touches.map((touch) => (call!.at.getTime() - touch.at.getTime()) / 60_000);
      const weights = ages.map((age) => 2 ** ((Math.min(...ages) - age) / (model.halfLifeMinutes ?? 10_080)));
      return weights.map((weight) => weight / sum(weights));
    }
  }
}

/** Average gain over all orders in which the items of a journey may come together. */
export function shapley(items: readonly string[], worthOf: (items: readonly string[]) => number): Map<string, number> {
  const orders = permutations(unique(items));
  const gains = new Map<string, number>();
  for (const order of orders) {
    order.forEach((item, i) => {
      const gain = worthOf(order.slice(0, i + 1)) - worthOf(order.slice(0, i));
      gains.set(item, (gains.get(item) ?? 0) + gain / orders.length);
    });
  }
  const clipped = new Map([...gains].map(([item, gain]) => [item, Math.max(0, gain)]));
  const all = sum([...clipped.values()]);
  // What is left of values that cancel out is the noise of a float, not a value.
  return new Map([...clipped].map(([item, gain]) => [item, all > 1e-12 ? gain / all : 1 / clipped.size]));
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}

/** Smoothed rate of the journeys with exactly these items. */
export function worthIn(journeys: readonly Journey[]): (items: readonly string[]) => number {
  const keyOf = (items: readonly string[]) => unique(items).sort().join("\n");
  const overall = journeys.filter((journey) => journey.call).length / journeys.length;
  return (items) => {
    if (items.length === 0) return 0;
    const same = journeys.filter((journey) => keyOf(journey.items) === keyOf(items));
    if (same.length < 5) return overall;
    return (same.filter((journey) => journey.call).length + 10 * overall) / (same.length + 10);
  };
}

/** What would be lost without each item, by walking the chain until hardly anybody is still on the way. */
export function removalEffects(journeys: readonly Journey[]): Map<string, number> {
  const items = unique(journeys.flatMap((journey) => journey.items));
  const chance = conversionChance(journeys, null);
  const effects = items.map((item) => Math.max(0, 1 - conversionChance(journeys, item) / chance));
  return new Map(items.map((item, i) => [item, effects[i]! / sum(effects)]));
}

function conversionChance(journeys: readonly Journey[], removed: string | null): number {
  const moves = journeys.flatMap(({ items, call }) =>
    ["(start)", ...items].map((from, i) => ({ from, to: items[i] ?? (call ? "(conversion)" : "(nothing)") })),
  );
  let here = new Map([["(start)", 1]]);
  let converted = 0;
  for (let step = 0; step < 2_000 && here.size > 0; step++) {
    const next = new Map<string, number>();
    for (const [from, chance] of here) {
      const ways = moves.filter((move) => move.from === from);
      for (const { to } of ways) {
        if (to === "(conversion)") converted += chance / ways.length;
        else if (to !== "(nothing)" && to !== removed) next.set(to, (next.get(to) ?? 0) + chance / ways.length);
      }
    }
    here = new Map([...next].filter(([, chance]) => chance > 1e-15));
  }
  return converted;
}
