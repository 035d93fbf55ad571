import { graphql, type ResultOf } from "../api/graphql.ts";
import { countOf, dayOf, decimalOf, lengthOf, momentOf, percentOf, wordsOf } from "../parts/format.ts";

// The query of the explorer, and how its answer reads.

export const aggregateQuery = graphql(`
  query Explore($input: AggregateInput!) {
    aggregate(input: $input) {
      excludedByConsent wholeSince archivedMonths
      combinations
      rows { ...AggregateLine }
      other { ...AggregateLine }
      total { ...AggregateLine }
    }
  }
  fragment AggregateLine on AggregateRow @_unmask {
    units
    group { by value }
    figures { measure of value known }
  }
`);

export type Aggregate = ResultOf<typeof aggregateQuery>["aggregate"];
export type ExploreLine = Aggregate["rows"][number];
type Group = ExploreLine["group"][number];
export type ExploreFigure = ExploreLine["figures"][number];

export const isTime = ({ by }: Group) => /^(HOUR|DAY|WEEK|MONTH|QUARTER|YEAR)$/.test(by);

/** The value of a line, as people read it. */
export function groupText(group: Group): string {
  const { by, value } = group;
  if (value === null) return by === "FACET" ? "none of these" : "not known";
  if (isTime(group)) return by === "HOUR" ? momentOf(value) : dayOf(value);
  return value;
}

/** “Average of agentSeconds”, “Percentile 90 of queueSeconds” */
export const figureName = ({ measure, of }: Pick<ExploreFigure, "measure" | "of">, percentile = 0.9) =>
  (measure === "PERCENTILE" ? `Percentile ${percentile * 100}` : wordsOf(measure)) +
  (of ? ` of ${/^[A-Z_]+$/.test(of) ? wordsOf(of).toLowerCase() : of}` : "");

/** A figure in its unit: shares, lengths of time and counts are told by what they are of. */
export function figureText({ measure, of, value }: Pick<ExploreFigure, "measure" | "of" | "value">): string {
  if (value === null) return "–";
  if (measure === "SHARE") return percentOf(value);
  if (measure === "COUNT" || measure === "DISTINCT" || measure === "CUSTOMERS") return countOf(value);
  if (of && /seconds/i.test(of)) return lengthOf(value);
  if (of && measure === "AVERAGE" && /^is[A-Z]|^vvip$|Customer$/.test(of)) return percentOf(value);
  return Number.isInteger(value) ? countOf(value) : decimalOf(value);
}
