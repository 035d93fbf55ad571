import { behindFold, takeFrom } from "../../journeys/behind.ts";
import { noSuchCell, wrongCell } from "../people.ts";
import type { FalloutCellInput, FalloutFigure } from "./cell.type.ts";
import { falloutFold, type PathTally } from "./fallout.fold.ts";
import type { FalloutInput } from "./fallout.type.ts";

interface FalloutCell {
  figure: FalloutFigure;
  /** All paths, then those of each facet. */
  paths: number;
  /** Of the steps; -1 is everybody. */
  step: number;
}

export const falloutBehind = behindFold({
  fold: falloutFold,
  take(tally, { figure, paths, step }: FalloutCell) {
    const own = tally[paths]!;
    switch (figure) {
      case "COUNT":
        return takeCount(own, step);
      case "PENDING":
        return takeFrom(own.pending, step);
      case "DROPPED":
        return takeCount(own, step - 1) - takeCount(own, step) - takeFrom(own.pending, step);
    }
  },
});

function takeCount(paths: PathTally, step: number): number {
  if (step >= 0) return takeFrom(paths.counts, step);
  const { everybody } = paths;
  paths.everybody = 0;
  return everybody;
}

export function falloutCellOf(
  { steps, facets, includeAll }: FalloutInput,
  { step: line, figure, facet }: FalloutCellInput,
): FalloutCell {
  const lines = steps.length + (includeAll ? 1 : 0);
  if (line < 1 || line > lines) throw wrongCell(`The fallout has the steps 1 to ${lines}, and none is ${line}.`);
  if (line === 1 && figure !== "COUNT") {
    throw wrongCell(`Nobody is lost before the first step: ask ${figure} of one from 2 to ${lines}.`);
  }
  const names = (facets ?? []).map(({ name }) => name);
  if (facet != null && !names.includes(facet)) throw noSuchCell("facet", facet, names);
  const paths = facet == null ? 0 : names.indexOf(facet) + 1;
  return { figure, paths, step: includeAll ? line - 2 : line - 1 };
}
