import { CHANNELS } from "../../fields/choices.ts";
import { type AudiencePlan, compileAudience } from "../../journeys/audience.ts";
import { IS_NOBODY, NO_CODE, type Partition } from "../../journeys/columns.ts";
import type { Fold, Journey } from "../../journeys/fold.ts";
import { compileLegMatcher } from "../../journeys/leg-dimension.ts";
import type { MatcherPlan } from "../../journeys/matcher.ts";
import { addSamples, noSamples } from "../../journeys/samples.ts";
import type { ValuesPlan } from "../../journeys/values.ts";
import { compileBucket } from "../buckets.ts";
import type { KpiBucket } from "./contact-centre-kpis.type.ts";
import { IS_ATTEMPT, IS_SHARED, IS_SWITCHING, IS_WITHIN, idStartOf, type LegTables } from "./contacts.ts";
import { compileFacts, type LegFacts } from "./facts.ts";
import { compileGroups } from "./grouping.ts";
import { type Legs, leftAt, mayBeTied, orElse, topicOf } from "./leg.ts";
import { compileLegFilter, type LegFilterPlan } from "./leg-filter.ts";
import { compileTotals, known, type WaitLimits } from "./leg-totals.ts";
import { AGAIN, CALLED_AGAIN, compileRepeats, FOR_THE_SAME, MAYBE_FOR_THE_SAME } from "./repeats.ts";
import * as settling from "./settle.ts";
import { addScores, addTotals, type KpiTally, noTally } from "./tally.ts";
import { WIDTH } from "./totals.ts";

/** What was asked, in numbers: instants and lengths are milliseconds. */
export interface KpiPlan {
  from: number;
  to: number;
  bucketBy: KpiBucket;
  /** From when on each stretch of the calendar holds what happens; the only one holds everything. */
  buckets: readonly number[];
  groups: readonly ValuesPlan[];
  filter: LegFilterPlan;
  matcher: MatcherPlan;
  audience: AudiencePlan;
  limits: WaitLimits;
  repeatWindow: number;
  tables: LegTables;
}

/** Every key figure is a division of two of these totals. */
export const contactCentreKpisFold: Fold<KpiPlan, KpiTally> = {
  name: "contact-centre-kpis",
  empty: ({ buckets, groups }) => noTally(buckets.length, groups.length),
  over(partition, plan) {
    const addActive = activeAdder(partition, plan);
    const addLegs = legAdder(partition, plan);
    const isOf = compileAudience(partition, plan.audience);
    return (tally, journey) => {
      if (!isOf(journey)) return;
      addActive(tally, journey);
      if (!tally.isFull) addLegs(tally, journey);
    };
  },
  merge(tally, later) {
    const groups = addTotals(tally, later);
    settling.addLegs(tally.unsettled, later.unsettled, groups);
  },
  conclude(tally) {
    if (!tally.isFull) settling.openSettling()(tally, tally.unsettled);
    return { ...tally, unsettled: noSamples() };
  },
};

type Add = (tally: KpiTally, journey: Journey) => void;

/** Counts a customer in every bucket that anything of theirs began in, visits and consults included. */
function activeAdder({ customers, legs, visits }: Partition, { from, to, buckets }: KpiPlan): Add {
  const bucketAt = compileBucket(buckets);
  const counted = new Int32Array(buckets.length).fill(-1);
  const addAll = (tally: KpiTally, customer: number, at: Float64Array, first: number, end: number) => {
    for (let row = first; row < end && at[row]! < to; row += 1) {
      if (at[row]! < from) continue;
      const bucket = bucketAt(at[row]!);
      if (counted[bucket] === customer) continue;
      counted[bucket] = customer;
      tally.active[bucket]! += 1;
    }
  };
  return (tally, { customer }) => {
    if (customers.flags[customer]! & IS_NOBODY) return;
    addAll(tally, customer, legs.at, customers.legs[customer]!, customers.legs[customer + 1]!);
    addAll(tally, customer, visits.at, customers.visits[customer]!, customers.visits[customer + 1]!);
  };
}

function legAdder(partition: Partition, plan: KpiPlan): Add {
  const { legs, customers, serial } = partition;
  const { firsts, marks } = plan.tables;
  const first = firsts.get(serial)!;
  const counts = compileCounts(partition, plan);
  const addLeg = compileAddLeg(partition, plan);
  const own = noSamples();
  const settle = settling.openSettling();
  return (tally, journey) => {
    const { customer } = journey;
    own.length = 0;
    let isShared = false;
    for (let row = customers.legs[customer]!; row < customers.legs[customer + 1]!; row += 1) {
      if (!counts(row, journey)) continue;
      if (addLeg(tally, row, journey, own) && marks[first + row]! & IS_SHARED) isShared = true;
      if (tally.isFull) return;
    }
    // What is settled here must hang on no other customer's legs.
    if (isShared) addSamples(tally.unsettled, own);
    else if (own.length > 0) settle(tally, own);
  };

  function compileCounts({ legs: { isConsult } }: Partition, { filter, matcher }: KpiPlan) {
    const isListed = compileLegFilter(legs, filter);
    const isMeant = compileLegMatcher(partition, matcher);
    return (row: number, journey: Journey): boolean =>
      isConsult[row] !== 1 &&
      !(marks[first + row]! & (IS_WITHIN | IS_ATTEMPT)) &&
      isListed(row) &&
      isMeant(row, journey);
  }
}

type AddLeg = (tally: KpiTally, row: number, journey: Journey, own: KpiTally["unsettled"]) => boolean;

/** Adds a leg to its group, and to `own` what its contact needs; false where its instant is not in the period. */
function compileAddLeg(partition: Partition, plan: KpiPlan): AddLeg {
  const { legs, customers } = partition;
  const { from, to, tables } = plan;
  const factsOf = compileFacts(partition, tables);
  const repeatsOf = compileRepeats(partition, tables, plan.repeatWindow);
  const addTo = compileTotals(partition, plan.limits);
  const groupsAt = compileGroups(partition, plan);
  const entryOf = compileEntry(partition, tables);
  return (tally, row, journey, own) => {
    const facts = factsOf(row);
    const at = instantOf(legs, facts, plan.bucketBy);
    if (!(at >= from && at < to)) return false;
    const groups = groupsAt(tally, row, journey, at);
    if (tally.isFull) return false;
    const isKnown = (customers.flags[journey.customer]! & IS_NOBODY) === 0;
    const repeats = isKnown ? repeatsOf(row, journey) : null;
    for (const group of groups) {
      addTo({ totals: tally.totals, base: group * WIDTH }, facts, repeats);
      addScore(tally, group, legs, row);
      settling.addLeg(own, entryOf(group, facts, journey, repeats));
    }
    return true;
  };
}

/** The instant that puts a leg in its bucket; NaN where it has none. */
function instantOf(legs: Legs, { row, isQueued, isHandled }: LegFacts, bucketBy: KpiBucket): number {
  switch (bucketBy) {
    case "START":
      return legs.at[row]!;
    case "ENQUEUE": {
      if (!isQueued) return Number.NaN;
      const queued = legs.queueSeconds[row]!;
      const left = isHandled ? legs.answeredAt[row]! : legs.endedAt[row]!;
      return queued === -1 ? legs.at[row]! : orElse(left - queued * 1000, legs.at[row]!);
    }
    case "ANSWER":
      return legs.answeredAt[row]!;
    case "END":
      return leftAt(legs, row);
  }
}

function addScore(tally: KpiTally, group: number, legs: Legs, row: number): void {
  const score = legs.csatScore[row]!;
  if (Number.isNaN(score)) return;
  const scale = legs.csatScaleMax[row]!;
  addScores(tally, [group, legs.source[row]!, score <= scale ? scale : Number.NaN], { sum: score, count: 1 });
}

const VOICE = CHANNELS.indexOf("VOICE");

/** What the contact of a leg needs to know of it; the object is used again. */
function compileEntry({ legs, customers, serial }: Partition, { firsts, marks }: LegTables) {
  const first = firsts.get(serial)!;
  const entry: settling.ContactLeg = { ...NO_LEG };
  return (group: number, facts: LegFacts, { customer }: Journey, repeats: number | null): settling.ContactLeg => {
    const { row } = facts;
    const isCall = legs.channel[row] === VOICE && !facts.isOutbound && legs.isCallBack[row] !== 1;
    entry.group = group;
    entry.contact = legs.contact[row] === -1 ? -1 - first - row : legs.contact[row]!;
    entry.at = legs.at[row]!;
    entry.id = idStartOf(legs, row);
    entry.customer = first + customers.legs[customer]!;
    entry.units = legs.costUnits[row]!;
    entry.millionths = legs.costMillionths[row]!;
    entry.currency = legs.costCurrency[row]!;
    entry.bits =
      (isCall ? settling.IS_CALL : 0) |
      (mayBeTied(legs, row) ? settling.IS_KEYED : 0) |
      (marks[first + row]! & IS_SWITCHING ? settling.IS_SWITCHED : 0) |
      (facts.isAccount || !Number.isNaN(entry.units) ? settling.IS_PRICED : 0) |
      (legs.isResolved[row] === NO_CODE ? 0 : settling.STATES_RESOLVED) |
      (legs.isResolved[row] === 1 ? settling.IS_RESOLVED : 0) |
      (repeats === null ? 0 : repeatBits(legs, row, repeats));
    return entry;
  };
}

const NO_LEG: settling.ContactLeg = {
  group: 0,
  contact: 0,
  at: 0,
  id: 0,
  customer: 0,
  bits: 0,
  units: Number.NaN,
  millionths: 0,
  currency: -1,
};

/** What followed a leg of somebody. */
function repeatBits(legs: Legs, row: number, repeats: number): number {
  const same = topicOf(legs, row) === -1 ? null : known(repeats, FOR_THE_SAME, MAYBE_FOR_THE_SAME);
  return (
    settling.IS_KNOWN |
    (repeats & AGAIN ? settling.CAME_AGAIN : 0) |
    (repeats & CALLED_AGAIN ? settling.CALLED_ONCE_MORE : 0) |
    (same === null ? 0 : settling.KNOWS_SAME) |
    (same ? settling.CAME_FOR_SAME : 0)
  );
}
