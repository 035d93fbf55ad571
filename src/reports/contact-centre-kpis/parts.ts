import { combinationOf } from "../../journeys/combinations.ts";
import type { KpiPart } from "./cell.type.ts";
import type { KpiInput } from "./contact-centre-kpis.type.ts";
import { coverageOf } from "./coverage.ts";
import type { KpiCoverage } from "./coverage.type.ts";
import { resolutionsOf, serviceLevelsOf } from "./methods.ts";
import { RATIOS } from "./ratios.ts";
import type { KpiTally } from "./tally.ts";
import { type KpiTotals, totalsIn } from "./totals.ts";

/** A figure of a row, its currency or scale as numbers, and which part of it. */
export type KpiPartOf =
  | { of: "figure"; figure: string; part: KpiPart }
  | { of: "cost"; currency: number }
  | { of: "csat"; source: number; scale: number; part: KpiPart };

type PlainTotals = Omit<KpiTotals, "bucket" | "bucketStart" | "groups" | "facet" | "costPerContact" | "csat">;

interface PartOf {
  tally: KpiTally;
  group: number;
  input: Pick<KpiInput, "serviceLevelSeconds" | "shortAbandonSeconds" | "repeatWindowDays">;
}

const COUNTS = ["contacts", "legs", "calls", "queued", "handled", "abandoned", "shortAbandoned"] as const;

/** A part of a figure of some legs and contacts, by what says the figure itself; null where it has no such part. */
export function partOf(t: PlainTotals, asked: KpiPartOf, { tally, group, input }: PartOf): number | null {
  switch (asked.of) {
    case "cost":
      return costIn(tally, group, asked.currency);
    case "csat":
      return scoresIn(tally, group, asked);
    case "figure":
      return figurePartOf(t as KpiTotals, asked, input);
  }
}

function figurePartOf(
  t: KpiTotals,
  { figure, part }: { figure: string; part: KpiPart },
  input: PartOf["input"],
): number | null {
  const [name, method] = figure.split("/", 2) as [string, string | undefined];
  if (method !== undefined) return methodPartOf({ name, method, part }, t, input);
  if (part === "KNOWN" || part === "ELIGIBLE") {
    const coverage = coverageOf(t)[name as keyof KpiCoverage];
    return coverage ? coverage[part === "KNOWN" ? "known" : "eligible"] : null;
  }
  if (name === "maxQueueSeconds") return part === "DENOMINATOR" ? t.waitKnown : null;
  if (name === "costPerContact") return part === "DENOMINATOR" ? t.priced : null;
  const count = COUNTS.find((each) => each === name);
  if (count) return part === "NUMERATOR" ? t[count] : null;
  const division = RATIOS[name as keyof typeof RATIOS];
  return division ? division(t)[part === "NUMERATOR" ? 0 : 1] : null;
}

function methodPartOf(
  { name, method, part }: { name: string; method: string; part: KpiPart },
  t: KpiTotals,
  input: PartOf["input"],
): number | null {
  const all: readonly Method[] =
    name === "serviceLevels"
      ? serviceLevelsOf(t, input)
      : name === "firstContactResolution"
        ? resolutionsOf(t, input)
        : [];
  const found = all.find((each) => each.method === method);
  if (!found) return null;
  const { numerator, denominator, coverage } = found;
  return { NUMERATOR: numerator, DENOMINATOR: denominator, KNOWN: coverage.known, ELIGIBLE: coverage.eligible }[part];
}

interface Method {
  method: string;
  numerator: number;
  denominator: number;
  coverage: { known: number; eligible: number };
}

function costIn({ costs, amounts }: KpiTally, group: number, currency: number): number {
  return amounts.reduce((sum, micros, number) => {
    const [ofGroup, ofCurrency] = combinationOf(costs, number);
    return ofGroup === group && ofCurrency === currency ? sum + Number(micros) / 1_000_000 : sum;
  }, 0);
}

function scoresIn(
  { scales, scores }: KpiTally,
  group: number,
  { source, scale, part }: { source: number; scale: number; part: KpiPart },
): number | null {
  if (part === "KNOWN" || part === "ELIGIBLE") return null;
  return scores.reduce((all, { sum, count }, number) => {
    const [ofGroup, ofSource, ofScale] = combinationOf(scales, number);
    const isMeant = ofGroup === group && ofSource === source && Object.is(ofScale, scale);
    return isMeant ? all + (part === "NUMERATOR" ? sum : count) : all;
  }, 0);
}

/** The names of all figures that have the part. */
export function figuresWith(part: KpiPart): string[] {
  const names = [
    ...COUNTS,
    ...Object.keys(RATIOS),
    "maxQueueSeconds",
    "costPerContact",
    ...serviceLevelsOf(NOTHING, NO_LIMITS).map(({ method }) => `serviceLevels/${method}`),
    ...resolutionsOf(NOTHING, NO_LIMITS).map(({ method }) => `firstContactResolution/${method}`),
  ];
  return names.filter((figure) => figurePartOf(NOTHING, { figure, part }, NO_LIMITS) !== null);
}

const NO_LIMITS = { serviceLevelSeconds: 0, shortAbandonSeconds: 0, repeatWindowDays: 0 };
const NOTHING = { ...totalsIn([]), activeCustomers: 0 } as KpiTotals;
