import { combinationOf, countCombinations } from "../../journeys/combinations.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import { quotientOf } from "../../journeys/money.ts";
import { groupBy } from "../../kit/group.ts";
import { byText } from "../../kit/order.ts";
import { mapPaced } from "../../kit/paced.ts";
import { namesAlong } from "../along.type.ts";
import type { Bucket } from "../buckets.ts";
import type { KpiInput } from "./contact-centre-kpis.type.ts";
import type { KpiTally } from "./tally.ts";
import { type KpiTotals, T, totalsIn, WIDTH } from "./totals.ts";

/** The totals of each group, by interval and then by group, with names in place of numbers. */
export async function kpiRowsOf(
  dictionary: Dictionaries,
  tally: KpiTally,
  { buckets, facets }: { buckets: readonly Bucket[]; facets: KpiInput["facets"] },
): Promise<KpiTotals[]> {
  const facetOf = namesAlong(dictionary, facets);
  const costs = costsOf(dictionary, tally);
  const csat = csatOf(dictionary, tally);
  const groups = Array.from({ length: countCombinations(tally.groups) }, (_, group) => group);
  const rows = await mapPaced(groups, (group) => {
    const [bucket, ...values] = combinationOf(tally.groups, group);
    const facet = facets ? facetOf(values.pop()!) : null;
    return {
      ...totalsIn(tally.totals.subarray(group * WIDTH, (group + 1) * WIDTH)),
      bucket: bucket!,
      bucketStart: buckets[bucket!]?.start ?? null,
      activeCustomers: tally.active[bucket!]!,
      groups: values.map((value) => dictionary.texts.of(value)),
      facet,
      costPerContact: costs.get(group) ?? [],
      csat: csat.get(group) ?? [],
    };
  });
  return rows.sort((a, b) => a.bucket - b.bucket || compareGroups([...a.groups, a.facet], [...b.groups, b.facet]));
}

/** A row for every interval, whether or not anything happened in it. */
export function filledRows(
  rows: readonly KpiTotals[],
  tally: KpiTally,
  buckets: readonly Bucket[],
): Promise<KpiTotals[]> {
  const found = new Map(rows.map((row) => [row.bucket, row]));
  return mapPaced(
    [...tally.active.entries()],
    ([bucket, activeCustomers]) =>
      found.get(bucket) ?? {
        ...totalsIn([]),
        bucket,
        bucketStart: buckets[bucket]?.start ?? null,
        activeCustomers,
        groups: [],
        facet: null,
        costPerContact: [],
        csat: [],
      },
  );
}

/** Values by their text; none comes last. */
function compareGroups(a: KpiTotals["groups"], b: KpiTotals["groups"]): number {
  for (let place = 0; place < a.length; place += 1) {
    const order = compareValues(a[place]!, b[place]!);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return byText(a, b);
}

function costsOf({ texts }: Dictionaries, { costs, amounts, totals }: KpiTally) {
  const all = amounts.map((micros, number) => {
    const [group, currency] = combinationOf(costs, number);
    const amount = quotientOf(micros, totals[group! * WIDTH + T.priced]!);
    return { group: group!, money: { amount, currency: texts.of(currency!)! } };
  });
  all.sort((a, b) => byText(a.money.currency, b.money.currency));
  return new Map([...groupBy(all, ({ group }) => group)].map(([group, own]) => [group, own.map(({ money }) => money)]));
}

function csatOf({ sources }: Dictionaries, { scales, scores }: KpiTally) {
  const all = scores.map(({ sum, count }, number) => {
    const [group, source, scale] = combinationOf(scales, number);
    const scaleMax = Number.isNaN(scale!) ? null : scale!;
    return { group: group!, figure: { source: sources.of(source!)!, scaleMax, average: sum / count, scores: count } };
  });
  all.sort(
    ({ figure: a }, { figure: b }) =>
      byText(a.source, b.source) || (a.scaleMax ?? Number.POSITIVE_INFINITY) - (b.scaleMax ?? Number.POSITIVE_INFINITY),
  );
  return new Map(
    [...groupBy(all, ({ group }) => group)].map(([group, own]) => [group, own.map(({ figure }) => figure)]),
  );
}
