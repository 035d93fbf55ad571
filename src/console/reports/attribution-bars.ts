import { GRID, nameAxis, numberAxis } from "../parts/axes.ts";
import { decimalOf } from "../parts/format.ts";
import type { Palette } from "../parts/palette.ts";
import {
  type Attribution,
  type CreditLine,
  creditLinesOf,
  modelName,
  PARTS,
  splitValuesOf,
} from "./attribution-lines.ts";

/** How many items have bars; more would be too thin to compare. */
const DRAWN = 12;

/** The items with the most credit, from the bottom up. */
export const drawnOf = (lines: readonly CreditLine[]) => lines.slice(0, DRAWN).toReversed();

/**
 * The items with the most credit: bars of several models side by side, or of the first model, split by the chosen
 * value.
 */
export function barsOf(palette: Palette, attribution: Attribution) {
  const items = drawnOf(creditLinesOf(attribution));
  const rows = attribution.models[0]?.rows ?? [];
  const isSplit = rows.some(({ split }) => split.length > 0);
  return {
    grid: GRID,
    legend: {},
    tooltip: { trigger: "axis", valueFormatter: (value: number) => decimalOf(value) },
    xAxis: numberAxis(palette),
    yAxis: nameAxis(
      palette,
      items.map(({ item }) => item),
    ),
    series: isSplit
      ? partsOf(
          splitValuesOf(attribution),
          items.map(({ byModel }) => byModel[0]?.parts ?? new Map()),
        )
      : modelsOf(attribution, items),
  };
}

function modelsOf({ models }: Attribution, items: readonly CreditLine[]) {
  return models.map(({ kind }, position) => ({
    type: "bar",
    name: modelName(kind),
    data: items.map(({ byModel }) => byModel[position]?.credit ?? 0),
  }));
}

/** One stacked bar for each item, with a part for each of the first values, and one for the rest. */
function partsOf(values: readonly string[], splits: readonly ReadonlyMap<string, number>[]) {
  const [own, others] = [values.slice(0, PARTS), values.slice(PARTS)];
  const part = (name: string, of: readonly string[]) => ({
    type: "bar",
    stack: "split",
    name,
    data: splits.map((split) => of.reduce((sum, value) => sum + (split.get(value) ?? 0), 0)),
  });
  return [...own.map((value) => part(value, [value])), ...(others.length > 0 ? [part("all others", others)] : [])];
}
