import { combinationOf, countCombinations } from "../../journeys/combinations.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import { namesAlong } from "../along.type.ts";
import { noSuchCell, wrongCell } from "../people.ts";
import type { KpiCell } from "./behind.fold.ts";
import type { KpiCellInput } from "./cell.type.ts";
import type { KpiInput } from "./contact-centre-kpis.type.ts";
import { figuresWith, type KpiPartOf } from "./parts.ts";
import type { KpiTally } from "./tally.ts";

interface Rows {
  tally: KpiTally;
  /** When each interval begins; none where none was asked for. */
  starts: readonly Date[];
  dictionary: Dictionaries;
}

export function kpiCellOf(rows: Rows, input: KpiInput, asked: KpiCellInput): KpiCell {
  // The plan goes to threads: of the input no more than they need.
  const { serviceLevelSeconds, shortAbandonSeconds, repeatWindowDays } = input;
  const own = { serviceLevelSeconds, shortAbandonSeconds, repeatWindowDays };
  return { key: keyOf(rows, input, asked), part: partAsked(rows, asked), input: own };
}

/** Whether rows are by anything but intervals: without groups there is a row for what is empty, too. */
export function hasGroups({ groupBy, groupByCarried, groupByAttributes, facets }: KpiInput): boolean {
  return [groupBy, groupByCarried, groupByAttributes].some((list) => list && list.length > 0) || Boolean(facets);
}

/** The numbers that say which row it is. */
function keyOf({ tally, starts, dictionary }: Rows, input: KpiInput, asked: KpiCellInput) {
  const { facets } = input;
  const facetOf = namesAlong(dictionary, facets);
  const nameOf = (bucketStart: Date | undefined, group: readonly (string | null)[], facet: string | null) =>
    JSON.stringify({ ...(bucketStart && { bucketStart }), group, ...(facets ? { facet } : {}) });
  const keys = Array.from({ length: countCombinations(tally.groups) }, (_, group) =>
    combinationOf(tally.groups, group),
  );
  const names = keys.map(([bucket, ...values]) => {
    const facet = facets ? facetOf(values.pop()!) : null;
    return nameOf(
      starts[bucket!],
      values.map((value) => dictionary.texts.of(value)),
      facet,
    );
  });
  const name = nameOf(asked.bucketStart ?? undefined, asked.group, asked.facet ?? null);
  const found = keys[names.indexOf(name)];
  if (found) return found;
  const isGrouped = hasGroups(input);
  const bucket = starts.findIndex((start) => start.getTime() === asked.bucketStart?.getTime());
  if (!isGrouped && asked.group.length === 0 && (bucket !== -1 || (starts.length === 0 && !asked.bucketStart))) {
    return [Math.max(0, bucket)];
  }
  throw noSuchCell("row", name, isGrouped ? names : starts.map((start) => nameOf(start, [], null)));
}

/** The figure, its currency or scale as numbers. */
function partAsked({ tally, dictionary }: Rows, { figure, part }: KpiCellInput): KpiPartOf {
  const [name, of, scale] = figure.split("/");
  if (name === "costPerContact" && of !== undefined) {
    if (part !== "NUMERATOR")
      throw wrongCell("A contact has one cost in any currency: ask costPerContact for this part.");
    return { of: "cost", currency: dictionary.texts.find(of) };
  }
  if (name === "csat") {
    if (part === "KNOWN" || part === "ELIGIBLE") throw wrongCell("Ask averageCsat for this part of the scores.");
    const scales = Array.from({ length: countCombinations(tally.scales) }, (_, i) => combinationOf(tally.scales, i));
    const names = scales.map(([, source, max]) => [name, dictionary.sources.of(source!), ...bestOf(max!)].join("/"));
    const found = scales[names.indexOf([name, of, ...(scale === undefined ? [] : [scale])].join("/"))];
    if (!found) throw noSuchCell("figure", figure, [...new Set(names)]);
    return { of: "csat", source: found[1]!, scale: found[2]!, part };
  }
  const known = figuresWith(part);
  if (!known.includes(figure)) throw noSuchCell(`figure with a ${part}`, figure, known);
  return { of: "figure", figure, part };
}

/** A scale's best score, where the source says it. */
const bestOf = (scale: number): number[] => (Number.isNaN(scale) ? [] : [scale]);
