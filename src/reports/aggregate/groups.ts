import type { Partition } from "../../journeys/columns.ts";
import { type Combinations, noCombinations, numberOfCombination } from "../../journeys/combinations.ts";
import type { Journey } from "../../journeys/fold.ts";
import { compileLegValues, type LegValues } from "../../journeys/leg-dimension.ts";
import { compileValues, mayBeSeveral, type ValuesPlan, valuesAt } from "../../journeys/values.ts";
import { compileBucket } from "../buckets.ts";
import { compileNumber, type NumberPlan } from "./numbers.ts";
import type { Unit } from "./units.ts";

/** Along what units are put into rows, in numbers. */
export type GroupPlan =
  | { by: "VALUES"; values: ValuesPlan }
  /** When each stretch of the calendar begins; a value is the place of one. */
  | { by: "INTERVAL"; starts: readonly number[] }
  /** A value is a number itself. */
  | { by: "NUMBER"; number: NumberPlan };

/** Whether a unit may have several values. */
export const isSeveral = (plan: GroupPlan): boolean => plan.by === "VALUES" && mayBeSeveral(plan.values);

/** The values of a unit along a group, until the next one is asked about. */
type ReadUnit = (unit: Unit, journey: Journey) => ArrayLike<number>;

export function compileGroup(partition: Partition, plan: GroupPlan): ReadUnit {
  switch (plan.by) {
    case "INTERVAL": {
      const bucketAt = compileBucket(plan.starts);
      const bucket = [0];
      return ({ at }) => {
        bucket[0] = bucketAt(at);
        return bucket;
      };
    }
    case "NUMBER": {
      const numberOf = compileNumber(partition, plan.number);
      const number = [0];
      return (unit, journey) => {
        number[0] = numberOf(unit, journey);
        return number;
      };
    }
    case "VALUES":
      return compileUnitValues(partition, plan.values);
  }
}

function compileUnitValues(partition: Partition, plan: ValuesPlan): ReadUnit {
  const ofEvents = compileValues(partition, plan);
  const isOfLeg = plan.by === "ATTRIBUTE" && plan.attribute.of === "LEG";
  // Few legs are no events.
  let ofLegs: LegValues | undefined;
  return ({ event, leg }, journey) => {
    // Of a leg whose touchpoint alone is meant, the event is that touchpoint.
    if (event !== -1 && !(isOfLeg && leg !== -1)) return valuesAt(ofEvents, event, journey);
    ofLegs ??= compileLegValues(partition, plan);
    return valuesAt(ofLegs, leg, journey);
  };
}

/** Rows that a tally begins with: all units together, and those of no row that is shown. */
export const ALL = 0;
export const THE_REST = 1;
export const FIRST_ROW = 2;

/** The rows of a unit, `ALL` first. The list is used again. */
export function compileRows(partition: Partition, { groups, shown }: { groups: readonly GroupPlan[]; shown: Shown }) {
  const readers = groups.map((group) => compileGroup(partition, group));
  const key = new Float64Array(Math.max(1, readers.length));
  const rows: number[] = [];
  // Units that follow one another are alike: most are in the row of the one before.
  let last = { combinations: null as Combinations | null, key: new Float64Array(key.length), row: -1 };
  const placeIn = (combinations: Combinations): number => {
    if (last.combinations === combinations && isSame(last.key, key)) return last.row;
    last = { combinations, key: key.slice(), row: rowOf(combinations, key, shown) };
    return last.row;
  };
  const combine = (combinations: Combinations, unit: Unit, journey: Journey, place: number): void => {
    if (place === readers.length) {
      const row = placeIn(combinations);
      if (row !== THE_REST || !rows.includes(THE_REST)) rows.push(row);
      return;
    }
    const values = readers[place]!(unit, journey);
    for (let i = 0; i < values.length; i += 1) {
      key[place] = values[i]!;
      combine(combinations, unit, journey, place + 1);
    }
  };
  return (combinations: Combinations, unit: Unit, journey: Journey): readonly number[] => {
    rows.length = 0;
    rows.push(ALL);
    if (readers.length > 0) combine(combinations, unit, journey, 0);
    return rows;
  };
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  for (let place = 0; place < a.length; place += 1) if (!Object.is(a[place], b[place])) return false;
  return true;
}

/** The only combinations that have rows; without any, all have. */
export type Shown = Combinations | null;

function rowOf(combinations: Combinations, key: Float64Array, shown: Shown): number {
  if (!shown) return FIRST_ROW + numberOfCombination(combinations, key);
  const known = findCombination(shown, key);
  return known === -1 ? THE_REST : FIRST_ROW + known;
}

/** The number of a combination; -1 for one that never came. */
function findCombination(combinations: Combinations, values: ArrayLike<number>): number {
  let number: number | undefined = 0;
  for (let place = 0; place < combinations.length && number !== undefined; place += 1) {
    number = combinations[place]!.numbers.get(number)?.get(values[place]!);
  }
  return number ?? -1;
}

export function shownOf(width: number, keys: readonly (readonly number[])[]): Combinations {
  const shown = noCombinations(width);
  for (const key of keys) numberOfCombination(shown, key);
  return shown;
}
