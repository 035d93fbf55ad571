import type { Partition } from "../../journeys/columns.ts";
import { IS_NOBODY } from "../../journeys/columns.ts";
import {
  type Combinations,
  countCombinations,
  noCombinations,
  numberOfCombination,
} from "../../journeys/combinations.ts";
import type { Journey } from "../../journeys/fold.ts";
import { addSample, addSamples, noSamples, percentileOf, type Samples } from "../../journeys/samples.ts";
import { compileGroup, type GroupPlan } from "./groups.ts";
import { compileNumber, type NumberPlan } from "./numbers.ts";
import type { Unit } from "./units.ts";

/** What is added up for a measure, in numbers. */
export type MeasurePlan =
  | { of: "UNITS" }
  | { of: "CUSTOMERS" }
  | { of: "VALUES"; values: GroupPlan }
  /** `share` of the percentile that is asked for; null where none is. */
  | { of: "NUMBER"; number: NumberPlan; share: number | null };

/** Of each row, numbers that were stated: how many, their sum and what was rounded off it, the least and the greatest. */
const [KNOWN, SUM, LOST, LEAST, MOST, WIDTH] = [0, 1, 2, 3, 4, 5] as const;

/** What is added up for a measure: plain data, by row. */
export interface MeasureTally {
  stats: number[];
  /** All numbers of each row, where a percentile is asked for. */
  samples: Samples[] | null;
  /** The values of each row, where different ones are counted: the row, then the value. */
  values: Combinations | null;
  /** What each row has of values, or between samples, once all is added up. */
  told: (number | null)[] | null;
}

export const noMeasure = (plan: MeasurePlan): MeasureTally => ({
  stats: [],
  samples: plan.of === "NUMBER" && plan.share !== null ? [] : null,
  values: plan.of === "VALUES" ? noCombinations(2) : null,
  told: null,
});

/** What adds a unit to a row. */
type AddToRow = (tally: MeasureTally, row: number) => void;

const addNothing: AddToRow = () => {};

/** Reads what a measure needs of a unit once; what it answers adds that to each of the unit's rows. */
export function compileMeasure(partition: Partition, plan: MeasurePlan): (unit: Unit, journey: Journey) => AddToRow {
  switch (plan.of) {
    case "UNITS":
      return () => addNothing;
    case "CUSTOMERS": {
      const { flags } = partition.customers;
      // A customer's units come one after the other.
      const last: number[] = [];
      let customer = -1;
      const add: AddToRow = (tally, row) => {
        if (last[row] === customer) return;
        last[row] = customer;
        addNumber(tally, row, 1);
      };
      return (_, journey) => {
        if (flags[journey.customer]! & IS_NOBODY) return addNothing;
        customer = journey.customer;
        return add;
      };
    }
    case "VALUES":
      return compileDifferent(partition, plan.values);
    case "NUMBER": {
      const numberOf = compileNumber(partition, plan.number);
      let number = Number.NaN;
      const add: AddToRow = (tally, row) => {
        if (Number.isNaN(number)) return;
        addNumber(tally, row, number);
        if (!tally.samples) return;
        tally.samples[row] ??= noSamples();
        addSample(tally.samples[row], number);
      };
      return (unit, journey) => {
        number = numberOf(unit, journey);
        return add;
      };
    }
  }
}

/** Counts the different values of rows. */
function compileDifferent(partition: Partition, plan: GroupPlan): (unit: Unit, journey: Journey) => AddToRow {
  const valuesOf = compileGroup(partition, plan);
  const key = new Float64Array(2);
  const own: number[] = [];
  // Events that follow one another are alike: most have been seen in their row just before.
  const seen: number[] = [];
  let seenIn: MeasureTally | null = null;
  const add: AddToRow = (tally, row) => {
    if (own.length === 0) return;
    addNumber(tally, row, 1);
    if (seenIn !== tally) seen.length = 0;
    seenIn = tally;
    for (let i = 0; i < own.length; i += 1) {
      if (seen[row] === own[i]) continue;
      seen[row] = own[i]!;
      key[0] = row;
      key[1] = own[i]!;
      numberOfCombination(tally.values!, key);
    }
  };
  return (unit, journey) => {
    const values = valuesOf(unit, journey);
    own.length = 0;
    for (let i = 0; i < values.length; i += 1) {
      if (values[i] !== -1 && !Number.isNaN(values[i]!)) own.push(values[i]!);
    }
    return add;
  };
}

function addNumber({ stats }: MeasureTally, row: number, number: number): void {
  const place = placeOf(stats, row);
  stats[place + KNOWN]! += 1;
  addTo(stats, place, number);
  if (number < stats[place + LEAST]!) stats[place + LEAST] = number;
  if (number > stats[place + MOST]!) stats[place + MOST] = number;
}

export interface Stats {
  known: number;
  sum: number;
  /** What the sum has no digits for. */
  lost: number;
  least: number;
  most: number;
}

function addStats(stats: number[], row: number, { known, sum, lost, least, most }: Stats): void {
  const place = placeOf(stats, row);
  stats[place + KNOWN]! += known;
  addTo(stats, place, sum);
  stats[place + LOST]! += lost;
  stats[place + LEAST] = Math.min(stats[place + LEAST]!, least);
  stats[place + MOST] = Math.max(stats[place + MOST]!, most);
}

/** Where the numbers of a row begin; there is room for them from then on. */
function placeOf(stats: number[], row: number): number {
  const place = row * WIDTH;
  while (stats.length < place + WIDTH) stats.push(0, 0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
  return place;
}

/** Adds a number to a sum, and to what is lost what the sum has no digits for: amounts of money add up to the penny. */
function addTo(stats: number[], place: number, number: number): void {
  const before = stats[place + SUM]!;
  const sum = before + number;
  stats[place + SUM] = sum;
  stats[place + LOST]! += Math.abs(before) >= Math.abs(number) ? before - sum + number : number - sum + before;
}

export function statsOf({ stats }: MeasureTally, row: number): Stats {
  const place = row * WIDTH;
  if (place >= stats.length) return { known: 0, sum: 0, lost: 0, least: Number.NaN, most: Number.NaN };
  return {
    known: stats[place + KNOWN]!,
    sum: stats[place + SUM]!,
    lost: stats[place + LOST]!,
    least: stats[place + LEAST]!,
    most: stats[place + MOST]!,
  };
}

/** Adds rows of a later tally to those that `rowOf` says. */
export function addMeasure(tally: MeasureTally, later: MeasureTally, rowOf: (row: number) => number): void {
  for (let row = 0; row * WIDTH < later.stats.length; row += 1) addStats(tally.stats, rowOf(row), statsOf(later, row));
  later.samples?.forEach((samples, row) => {
    tally.samples![rowOf(row)] ??= noSamples();
    addSamples(tally.samples![rowOf(row)]!, samples);
  });
  if (!later.values) return;
  const key = new Float64Array(2);
  const [rows, values] = later.values;
  for (let number = 0; number < countCombinations(later.values); number += 1) {
    key[0] = rowOf(rows!.values[values!.before[number]!]!);
    key[1] = values!.values[number]!;
    numberOfCombination(tally.values!, key);
  }
}

/** Puts what is asked in the place of all that it takes to know it. */
export function concludeMeasure(tally: MeasureTally, plan: MeasurePlan): MeasureTally {
  const { samples, values } = tally;
  if (plan.of === "NUMBER" && samples) {
    const told = Array.from(samples, (own) => (own ? percentileOf(own, plan.share!) : null));
    return { ...tally, samples: null, told };
  }
  if (!values) return tally;
  const told: number[] = [];
  for (const before of values[1]!.before) {
    const row = values[0]!.values[before]!;
    told[row] = (told[row] ?? 0) + 1;
  }
  return { ...tally, values: null, told };
}

/** Whether the rest is known by adding up the rows that it is made of. */
export const addsUp = ({ of, ...plan }: MeasurePlan): boolean =>
  of === "UNITS" || (of === "NUMBER" && (plan as { share: number | null }).share === null);
