import { type Along, type Carried, valuesOf } from "../kit/along.ts";
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
  sum,
  unique,
} from "../kit/recount.ts";
import { stretchesOf, stretchOf } from "../kit/sender-sessions.ts";
import type { Told } from "../kit/world.ts";
import { defaultTouches } from "./touches.ts";

export interface Model {
  kind: string;
  halfLifeMinutes?: number | null;
  firstWeight?: number | null;
  middleWeight?: number | null;
  lastWeight?: number | null;
  stageEvents?: Matcher[] | null;
}

export interface Question extends Along {
  period: Period;
  conversions?: Matcher | null;
  dedup?: { scope: string; keep: string } | null;
  touches?: Matcher | null;
  exclude?: Matcher | null;
  fallback?: Matcher | null;
  container: string;
  lookbackMinutes?: number | null;
  sessionTimeoutMinutes: number;
  touchDedup: string;
  splitBy?: string | null;
  splitByCarried?: Carried | null;
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
  /** Of each touch, and of all of them. */
  values: string[][];
  items: string[];
  reason: string | null;
  /** The first such event in reach. */
  firstOf(matcher: Matcher): Told | undefined;
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
      split: splitOf(world, call, question),
      touches,
      values: itemsOf(world, touches, question),
      items: itemsOf(world, touches, question).flat(),
      reason: touches.length > 0 ? null : reasonOf(world, call, { question, reach }),
      firstOf: (matcher) => reach.find((event) => fits(world, event, matcher, question.period)),
    };
  });
}

function itemsOf(world: readonly Told[], touches: readonly Told[], question: Question): string[][] {
  return touches.map((touch) => valuesOf(world, touch, question, question.period));
}

function splitOf(world: readonly Told[], call: Told, { splitBy, splitByCarried, period }: Question): string | null {
  if (!splitBy && !splitByCarried) return null;
  return valuesOf(world, call, { dimension: splitBy ?? "", carried: splitByCarried }, period)[0] ?? null;
}

function reachOf(world: readonly Told[], call: Told, question: Question): Told[] {
  if (question.container !== "CUSTOMER") return stretchOf(world, call, question);
  return lifeOf(world, call.customerId).filter((event) => isInLookback(event, call, question));
}

function isInLookback(event: Told, call: Told, { lookbackMinutes }: Question): boolean {
  return lookbackMinutes == null || call.at.getTime() - event.at.getTime() <= lookbackMinutes * 60_000;
}

function isEligible(world: readonly Told[], event: Told, question: Question): boolean {
  const { period, dimension, touches, exclude } = question;
  return (
    fits(world, event, touches ?? defaultTouches(dimension), period) &&
    !(exclude && fits(world, event, exclude, period)) &&
    valuesOf(world, event, question, period).length > 0
  );
}

function touchesOf(world: readonly Told[], events: readonly Told[], question: Question): Told[] {
  const all = events.filter((event) => isEligible(world, event, question));
  const { fallback, period } = question;
  const others = all.filter((event) => !(fallback && fits(world, event, fallback, period)));
  const touches = others.length > 0 ? others : all;
  const items = itemsOf(world, touches, question).map((values) => values.join("\n"));
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
  const isLeftOut = (event: Told) =>
    event.id !== call.id && valuesOf(world, event, question, question.period).length > 0;
  if (reach.some(isLeftOut)) return "EXCLUDED_BY_FILTER";
  const earlier = lifeOf(world, call.customerId).filter(
    (event) =>
      compare(event, call) < 0 &&
      !reach.includes(event) &&
      isInLookback(event, call, question) &&
      isEligible(world, event, question),
  );
  return question.container !== "CUSTOMER" && earlier.length > 0 ? "OUT_OF_SESSION" : "NO_TOUCH_IN_WINDOW";
}

/** Sessions, or customers, of the period with touches and no conversion. */
export function missesOf(world: readonly Told[], question: Question): Journey[] {
  const { period, audience } = question;
  const conversions = question.conversions ?? { kinds: ["CALL"] };
  const customers = unique(
    world
      .filter((event) => event.isIdentified && belongs(world, event, audience, period))
      .map((event) => event.customerId),
  );
  const stretches = customers.flatMap((id) => stretchesOf(world, id, question));
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
      values: itemsOf(world, touches, question),
      items: itemsOf(world, touches, question).flat(),
      reason: null,
      firstOf: () => undefined,
    }));
}

/** The share of its conversion that each touch of a journey gets. */
export function sharesOf(journey: Journey, model: Model): number[] {
  const { call, touches } = journey;
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
    case "W_SHAPED":
      return stagedOf(journey, model, { each: 0.3, hasLast: false });
    case "FULL_PATH":
      return stagedOf(journey, model, { each: 0.225, hasLast: true });
    case "CUSTOM":
      return ends(model.firstWeight ?? 0, model.middleWeight ?? 0, model.lastWeight ?? 0);
    default: {
      const ages = touches.map((touch) => (call!.at.getTime() - touch.at.getTime()) / 60_000);
      const weights = ages.map((age) => 2 ** ((Math.min(...ages) - age) / (model.halfLifeMinutes ?? 10_080)));
      return weights.map((weight) => weight / sum(weights));
    }
  }
}

function stagedOf(
  { touches, firstOf }: Journey,
  { stageEvents }: Model,
  { each, hasLast }: { each: number; hasLast: boolean },
): number[] {
  const before = stageEvents!.map((matcher) => {
    const start = firstOf(matcher);
    return start && touches.filter((touch) => compare(touch, start) <= 0).at(-1);
  });
  const held = [touches[0], ...before, ...(hasLast ? [touches.at(-1)] : [])].filter((touch) => touch !== undefined);
  const others = touches.filter((touch) => !held.includes(touch));
  const left = 1 - held.length * each - (others.length > 0 ? 0.1 : 0);
  return touches.map((touch) => {
    const positions = held.filter((one) => one === touch).length;
    return positions === 0 ? 0.1 / others.length : positions * (each + left / held.length);
  });
}
