import { GRID, nameAxis, numberAxis } from "../parts/axes.ts";
import type { Palette } from "../parts/palette.ts";
import { type ExploreFigure, type ExploreLine, figureName, figureText, groupText, isTime } from "./explore-figures.ts";

const DRAWN = 24;

/** The first figure of each line: a bar or a point each, in a series for each value of the columns. */
export function chartOf(palette: Palette, lines: readonly ExploreLine[], { isLine }: { isLine: boolean }) {
  const [first] = lines[0]?.figures ?? [];
  const names = [...new Set(lines.map(({ group: [row] }) => (row ? groupText(row) : "all")))];
  const drawn = isLine ? names : names.slice(0, DRAWN);
  const series = [...new Set(lines.map(seriesOf))];
  const found = new Map(lines.map((line) => [`${nameOf(line)}\0${seriesOf(line)}`, line.figures[0]?.value ?? null]));
  const text = (value: number | null) =>
    figureText({ measure: first?.measure ?? "COUNT", of: first?.of ?? null, value });
  const numbers = numberAxis(palette, { axisLabel: { color: palette.soft, hideOverlap: true, formatter: text } });
  const categories = nameAxis(
    palette,
    isLine ? drawn : drawn.toReversed(),
    isLine ? { axisLabel: { color: palette.soft } } : {},
  );
  return {
    grid: series.length > 1 ? GRID : { ...GRID, top: 8 },
    legend: { show: series.length > 1, type: "scroll" },
    tooltip: { trigger: "axis", valueFormatter: text },
    xAxis: isLine ? categories : numbers,
    yAxis: isLine ? numbers : categories,
    series: series.map((name) => ({
      type: isLine ? "line" : "bar",
      name,
      barMaxWidth: 28,
      ...(!isLine && isAdditive(first) && series.length > 1 && { stack: "all" }),
      data: (isLine ? drawn : drawn.toReversed()).map((row) => found.get(`${row}\0${name}`) ?? null),
    })),
  };
}

const nameOf = ({ group: [row] }: ExploreLine) => (row ? groupText(row) : "all");
const seriesOf = ({ group: [, column], figures: [figure] }: ExploreLine) =>
  column ? groupText(column) : figure ? figureName(figure) : "";

/** Whether parts of it, one on the other, are the whole. */
const isAdditive = (figure: ExploreFigure | undefined) =>
  figure !== undefined && ["COUNT", "SUM", "SHARE"].includes(figure.measure);

/** Whether lines go on in time. */
export const isInTime = ([line]: readonly ExploreLine[]) => line?.group[0] !== undefined && isTime(line.group[0]);
