import type { AudiencePlan } from "../../journeys/audience.ts";
import type { MatcherPlan } from "../../journeys/matcher.ts";
import type { Sums } from "../../journeys/sums.ts";
import type { TouchPlan } from "../touches.ts";

/** What was asked, in numbers: instants and lengths are milliseconds. */
export interface CallPropensityPlan {
  from: number;
  to: number;
  exposures: TouchPlan;
  conversions: MatcherPlan;
  audience: AudiencePlan;
  /** How long after a touch a call still follows it. */
  within: number;
  /** The longest pause within a session. */
  timeout: number;
  /** More than the number of any text. */
  texts: number;
}

/** Sums of an item: sessions with it, and those that a call followed. */
export const [EXPOSURES, CONVERSIONS] = [0, 1] as const;

export interface CallPropensityTally {
  /** By item. */
  items: Sums;
  /** By item and currency: what the calls cost that followed it, in millions, units below a million, and millionths. */
  costs: Sums;
  /** Sessions with any item, and those that a call followed. */
  sessions: number;
  converted: number;
}

/** The number of an item and a currency together. */
export const costKeyOf = (item: number, currency: number, { texts }: CallPropensityPlan): number =>
  item * texts + currency;
export function itemAndCurrencyOf(key: number, { texts }: CallPropensityPlan): { of: number; currency: number } {
  return { of: Math.floor(key / texts), currency: key % texts };
}
