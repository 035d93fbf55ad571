import { CAR } from "../fields/car.ts";
import { CHANNELS, type Channel } from "../fields/choices.ts";
import { computedOf } from "../fields/derive/computed.ts";
import type { Provenance, Survivor, Variables } from "./survive.ts";

/** How often a customer used one channel with one device. */
export interface UsageCount {
  channel: Channel;
  device: string | null;
  interactions: number;
  firstAt: Date;
  lastAt: Date;
}

/** What derived variables are computed from. */
export interface Usage {
  counts: readonly UsageCount[];
  /** The end of the durations. */
  now: Date;
}

/** The variables that are computed where no source states them; each has a line below. */
export const DERIVED_VARIABLES = computedOf(CAR);
export type DerivedVariable = (typeof DERIVED_VARIABLES)[number];

export interface Derived<Value> extends Provenance {
  value: Value;
}

/** The source that provenance names for a derived value. */
export const DERIVED_SOURCE = "customer360";
/** The most channels that count as "common". */
const COMMON_CHANNELS = 3;

/** A derived value and the newest event it is based on; null where there is nothing to derive it from. */
export function derive<Name extends DerivedVariable>(
  name: Name,
  survivor: Survivor,
  usage: Usage,
): Derived<Variables[Name]> | null {
  return DERIVATIONS[name](survivor, usage) as Derived<Variables[Name]> | null;
}

type Derivation<Value> = (survivor: Survivor, usage: Usage) => Derived<Value> | null;

const DERIVATIONS: { [Name in DerivedVariable]: Derivation<Variables[Name]> } = {
  commonChannels: (_, { counts }) => {
    const common = mostUsed(counts, ({ channel }) => channel).slice(0, COMMON_CHANNELS);
    return madeOf(common.length > 0 ? common : null, counts);
  },
  device: (_, { counts }) => {
    const named = counts.filter(({ device }) => device !== null);
    return madeOf(mostUsed(named, ({ device }) => device as string)[0] ?? null, named);
  },
  numberOfTotalProducts: ({ values, provenance }) => {
    const from = provenance.get("products");
    return from ? { value: values.products?.length ?? 0, source: DERIVED_SOURCE, observedAt: from.observedAt } : null;
  },
  branchVisits: (_, { counts }) => {
    const visits = counts.filter(({ channel }) => channel === "BRANCH");
    return madeOf(sum(visits) || null, visits);
  },
  tenureMonths: (_, { counts, now }) => {
    const first = Math.min(...counts.map(({ firstAt }) => firstAt.getTime()));
    return madeOf(Number.isFinite(first) ? monthsBetween(new Date(first), now) : null, counts);
  },
};

function madeOf<Value>(value: Value | null, counts: readonly UsageCount[]): Derived<Value> | null {
  if (value === null || counts.length === 0) return null;
  const observedAt = new Date(Math.max(...counts.map(({ lastAt }) => lastAt.getTime())));
  return { value, source: DERIVED_SOURCE, observedAt };
}

/** Most used first; of equal use the latest; then in the order of channels, which is the order of the counts. */
function mostUsed<Key extends string>(counts: readonly UsageCount[], keyOf: (count: UsageCount) => Key): Key[] {
  const inOrder = [...counts].sort((a, b) => CHANNELS.indexOf(a.channel) - CHANNELS.indexOf(b.channel));
  const keys = new Map<Key, { interactions: number; last: number }>();
  for (const count of inOrder) {
    const known = keys.get(keyOf(count)) ?? { interactions: 0, last: 0 };
    keys.set(keyOf(count), {
      interactions: known.interactions + count.interactions,
      last: Math.max(known.last, count.lastAt.getTime()),
    });
  }
  return [...keys].sort(([, a], [, b]) => b.interactions - a.interactions || b.last - a.last).map(([key]) => key);
}

function sum(counts: readonly UsageCount[]): number {
  return counts.reduce((total, { interactions }) => total + interactions, 0);
}

/** Whole calendar months, in UTC. */
function monthsBetween(from: Date, to: Date): number {
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const isShort = to.getUTCDate() < from.getUTCDate();
  return Math.max(0, isShort ? months - 1 : months);
}
