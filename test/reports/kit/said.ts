import { isLeg } from "./contacts.ts";
import type { Told } from "./world.ts";

// What attributes say, told apart from what they are counted with.

export type Said = string | number | boolean | readonly string[] | null;

/** What is said of an event or its customer. */
export function saidOf(event: Told, attribute: string): Said {
  const { person } = event;
  const record = person.columns ?? {};
  const leg = isLeg(event) ? (event.columns ?? {}) : {};
  const money = ([amount, currency]: readonly [number, string] | never[] = [], of = "EUR") =>
    currency === of ? amount! : null;
  const said: Record<string, () => unknown> = {
    region: () => person.region,
    products: () => (person.products?.length ? person.products : null),
    age: () => record.age,
    tenureMonths: () => record.tenure_months,
    "extra.tariff": () => (record.extra as Record<string, string> | undefined)?.tariff,
    intentCategory: () => leg.intent_category,
    csatScore: () => leg.csat_score,
    isResolved: () => leg.is_resolved,
    "metadata.branch": () => (leg.metadata as Record<string, string> | undefined)?.branch,
    "cost.EUR": () => (isLeg(event) && event.cost ? money(event.cost) : null),
  };
  return (said[attribute]!() ?? null) as Said;
}

export function numberIn(said: Said): number | null {
  if (typeof said === "boolean") return Number(said);
  if (said === null || Array.isArray(said)) return null;
  return Number.isNaN(Number(said)) ? null : Number(said);
}

/** The values, or the ranges, that an attribute puts an event into. */
export function saidAlong(
  event: Told,
  { attribute, bounds }: { attribute: string; bounds?: readonly number[] | null },
): string[] {
  const said = saidOf(event, attribute);
  if (said === null) return [];
  if (!bounds) return [said].flat().map(String);
  const number = numberIn(said);
  if (number === null) return [];
  const range = bounds.filter((bound) => bound <= number).length;
  if (range === 0) return [`below ${bounds[0]}`];
  return [range === bounds.length ? `${bounds.at(-1)} and more` : `${bounds[range - 1]} to below ${bounds[range]}`];
}

export interface SaidFilter {
  attribute: string;
  in?: string[] | null;
  from?: number | null;
  to?: number | null;
  isKnown?: boolean | null;
}

/** Whether what is said of an event is what a filter means. */
export function isSaid(event: Told, { attribute, in: list, from, to, isKnown }: SaidFilter): boolean {
  const said = saidOf(event, attribute);
  if (isKnown === false || said === null) return isKnown === false && said === null;
  const number = numberIn(said);
  return (
    (!list || [said].flat().some((value) => list.includes(String(value)))) &&
    (from == null || (number !== null && number >= from)) &&
    (to == null || (number !== null && number < to))
  );
}
