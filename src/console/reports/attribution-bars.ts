import { GRID, nameAxis, numberAxis } from "../parts/axes.ts";
import { decimalOf } from "../parts/format.ts";
import type { Palette } from "../parts/palette.ts";
import { type Attribution, type CreditLine, creditLinesOf, modelName } from "./attribution-lines.ts";

/** How many items have bars; more would be too thin to compare. */
const DRAWN = 12;

/** How many values have a colour; the rest share one. */
const PARTS = 6;

/**
 * The items with the most credit: bars of several models side by side, or of the first model, split by the chosen
 * value.
 */
export function barsOf(palette: Palette, attribution: Attribution) {
  const items = creditLinesOf(attribution).slice(0, DRAWN).toReversed();
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
      ? partsOf(items.map(({ item, section }) => splitOf(rows, item, section)))
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

type Row = Attribution["models"][number]["rows"][number];
type Split = Row["split"];

const splitOf = (rows: readonly Row[], item: string, section: string | null): Split =>
  rows.find((row) => row.item === item && row.section === section)?.split ?? [];

/** One stacked bar for each item, with a part for each value, largest first. */
function partsOf(splits: readonly Split[]) {
  const weights = new Map<string, number>();
  for (const { value, credit } of splits.flat()) weights.set(nameOf(value), (weights.get(nameOf(value)) ?? 0) + credit);
  const names = [...weights.keys()].toSorted((a, b) => weights.get(b)! - weights.get(a)!);
  const own = names.slice(0, PARTS);
  const part = (name: string, holds: (value: string) => boolean) => ({
    type: "bar",
    stack: "split",
    name,
    data: splits.map((split) => split.reduce((sum, one) => sum + (holds(nameOf(one.value)) ? one.credit : 0), 0)),
  });
  const rest = names.length > PARTS ? [part("all others", (value) => !own.includes(value))] : [];
  return [...own.map((name) => part(name, (value) => value === name)), ...rest];
}

const nameOf = (value: string | null) => value ?? "not said";
