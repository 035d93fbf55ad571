import {
  type Combinations,
  combinationOf,
  countCombinations,
  noCombinations,
  numberOfCombination,
} from "../../journeys/combinations.ts";
import { FIRST_ROW, type Shown } from "./groups.ts";

/** Combinations of values that one question may find. */
export const MOST_COMBINATIONS = 200_000;

/** What is counted: plain data, since it goes between threads. */
export interface AggregateTally {
  /** The combinations of values, of which each has a row behind the first two. */
  combinations: Combinations;
  /** By row. */
  units: number[];
  /** There are more combinations than one question may find: what is counted no longer matters. */
  isFull: boolean;
}

export function noUnits(width: number, shown: Shown): AggregateTally {
  return { combinations: shown ?? noCombinations(width), units: [], isFull: false };
}

export function addUnit(tally: AggregateTally, row: number): void {
  tally.units[row] = (tally.units[row] ?? 0) + 1;
}

/** Adds a later tally. */
export function addTally(tally: AggregateTally, later: AggregateTally): void {
  const rowOf = rowsIn(tally, later);
  later.units.forEach((units, row) => {
    const to = rowOf(row);
    tally.units[to] = (tally.units[to] ?? 0) + units;
  });
  tally.isFull ||= later.isFull || combinationsIn(tally) > MOST_COMBINATIONS;
}

export const combinationsIn = ({ combinations }: Pick<AggregateTally, "combinations">): number =>
  combinations.length === 0 ? 0 : countCombinations(combinations);

/** Which row each row of a later tally is here. */
function rowsIn(tally: AggregateTally, later: AggregateTally): (row: number) => number {
  const rows = Array.from({ length: combinationsIn(later) }, (_, combination) =>
    numberOfCombination(tally.combinations, combinationOf(later.combinations, combination)),
  );
  return (row) => (row < FIRST_ROW ? row : FIRST_ROW + rows[row - FIRST_ROW]!);
}
