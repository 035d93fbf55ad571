import { MATCH_METHODS, MATCH_STATUSES, type MatchStatus } from "../../fields/choices.ts";
import { behindFold, takeFrom } from "../../journeys/behind.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import { noSuchCell, wrongCell } from "../people.ts";
import type { MatchQualityCellInput, MatchQualityFigure } from "./cell.type.ts";
import { cellOf, type MatchQualityPlan, matchQualityFold } from "./match-quality.fold.ts";

/** Touchpoints, or calls by where they are counted. */
type MatchQualityCell = { of: "touchpoints" | "before" | "after" } | { of: "calls"; places: readonly number[] };

export const matchQualityBehind = behindFold({
  fold: matchQualityFold,
  take(tally, cell: MatchQualityCell) {
    if (cell.of === "calls") return cell.places.reduce((sum, place) => sum + takeFrom(tally.calls, place), 0);
    const touchpoints = tally[cell.of];
    tally[cell.of] = 0;
    return touchpoints;
  },
});

export function matchQualityCellOf(
  { sources }: MatchQualityPlan,
  { figure, source, method }: MatchQualityCellInput,
  dictionary: Dictionaries,
): MatchQualityCell {
  if (method != null && figure !== "MATCHED") throw wrongCell("Only MATCHED calls have a `method`: leave it out.");
  const of = TOUCHPOINTS[figure];
  if (of) {
    if (source == null) return { of };
    throw wrongCell(`${figure} is of all sources together: leave out \`source\`, or name it in the report.`);
  }
  const names = Array.from(sources, (_, number) => dictionary.sources.of(number)!);
  const asked = names.flatMap((name, number) => (sources[number] && (source ?? name) === name ? [number] : []));
  if (source != null && asked.length === 0) {
    throw noSuchCell(
      "source",
      source,
      names.filter((_, number) => sources[number]),
    );
  }
  const statuses = figure === "CALLS" ? MATCH_STATUSES : [figure as MatchStatus];
  const methods = method == null ? [...MATCH_METHODS.keys(), MATCH_METHODS.length] : [MATCH_METHODS.indexOf(method)];
  const places = asked.flatMap((number) =>
    statuses.flatMap((status) => methods.map((way) => cellOf(number, MATCH_STATUSES.indexOf(status), way))),
  );
  return { of: "calls", places };
}

const TOUCHPOINTS: Partial<Record<MatchQualityFigure, "touchpoints" | "before" | "after">> = {
  TOUCHPOINTS: "touchpoints",
  IDENTIFIED_BEFORE: "before",
  IDENTIFIED_AFTER: "after",
};
