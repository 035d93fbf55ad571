import {
  type Combinations,
  combinationOf,
  countCombinations,
  noCombinations,
  numberOfCombination,
} from "../../journeys/combinations.ts";
import { FIRST_ROW, type Shown } from "./groups.ts";
import { addMeasure, concludeMeasure, type MeasurePlan, type MeasureTally, noMeasure } from "./measures.ts";

/** Combinations of values that one question may find. */
export const MOST_COMBINATIONS = 200_000;

/** What is counted: plain data, since it goes between threads. */
export interface AggregateTally {
  /** The combinations of values, of which each has a row behind the first two. */
  combinations: Combinations;
  /** By row. */
  units: number[];
  measures: MeasureTally[];
  /** There are more combinations than one question may find: what is counted no longer matters. */
  isFull: boolean;
}

interface TallyPlan {
  groups: readonly unknown[];
  shown: Shown;
  measures: readonly MeasurePlan[];
}

export const noUnits = ({ groups, shown, measures }: TallyPlan): AggregateTally => ({
  combinations: shown ?? noCombinations(groups.length),
  units: [],
  measures: measures.map(noMeasure),
  isFull: false,
});

export function addUnits(tally: AggregateTally, row: number, units: number): void {
  while (tally.units.length <= row) tally.units.push(0);
  tally.units[row]! += units;
}

/** Adds a later tally. */
export function addTally(tally: AggregateTally, later: AggregateTally): void {
  addRows(tally, later, rowsIn(tally, later));
  tally.isFull ||= later.isFull || combinationsIn(tally) > MOST_COMBINATIONS;
}

/** Adds the rows of a tally to those that `rowOf` says. */
export function addRows(tally: AggregateTally, later: AggregateTally, rowOf: (row: number) => number): void {
  for (const [row, units] of later.units.entries()) addUnits(tally, rowOf(row), units);
  for (const [place, measure] of later.measures.entries()) addMeasure(tally.measures[place]!, measure, rowOf);
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

export const concluded = (tally: AggregateTally, { measures }: TallyPlan): AggregateTally => ({
  ...tally,
  // Nobody adds to it any more: to send what finds the combinations takes longer than all the rest.
  combinations: tally.combinations.map((level) => ({ ...level, numbers: new Map() })),
  measures: tally.measures.map((measure, place) => concludeMeasure(measure, measures[place]!)),
});
