import type { graphql } from "../api/graphql.ts";
import { attributeGroupOf, carriedAskedIn, eventsIn, facetsIn } from "../builder/asked.ts";

export type AggregateAsked = ReturnType<typeof graphql.scalar<"AggregateInput">>;
type GroupAsked = NonNullable<AggregateAsked["groupBy"]>[number];
export type MeasureAsked = NonNullable<AggregateAsked["measures"]>[number];

export const UNITS = [
  "CONTACTS",
  "CUSTOMERS",
  "INTERACTIONS",
  "TOUCHPOINTS",
  "JOURNEYS",
] as const satisfies AggregateAsked["of"][];

export const MEASURES = [
  "COUNT",
  "SHARE",
  "CUSTOMERS",
  "AVERAGE",
  "SUM",
  "MIN",
  "MAX",
  "MEDIAN",
  "PERCENTILE",
  "DISTINCT",
] as const satisfies MeasureAsked["measure"][];

const INTERVALS = ["HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR"] as const;
const DIMENSIONS = [
  "CHANNEL",
  "CALL_REASON",
  "TEAM",
  "AGENT",
  "CALL_CENTRE",
  "OUTCOME",
  "INTENT",
  "SECTION",
  "PAGE",
  "CAMPAIGN",
  "MEDIUM",
  "SOURCE",
  "SEGMENT",
  "DEVICE",
  "STAGE",
] as const;

/** Attributes that are often asked for; any other can be typed. */
export const ATTRIBUTES = [
  "age",
  "region",
  "countryName",
  "occupation",
  "employmentType",
  "products",
  "numberOfTotalProducts",
  "tenureMonths",
  "commercialOrPersonal",
  "vvip",
  "highRiskCustomer",
  "isDigitalEligible",
  "emailDomain",
  "intentCategory",
  "isResolved",
  "isTransferred",
  "exitReasonCode",
  "csatScore",
  "match.method",
] as const;

/** What can be averaged and added up; any other number can be typed. */
export const SUGGESTED_NUMBERS = [
  "agentSeconds",
  "customerSeconds",
  "queueSeconds",
  "holdSeconds",
  "csatScore",
  "isResolved",
  "isTransferred",
  "cost.GBP",
  "revenue.GBP",
  "age",
  "tenureMonths",
  "numberOfTotalProducts",
  "SECONDS",
  "TOUCHPOINTS",
] as const;

/** Lines of a kind are chosen by one word: `@MONTH` is an interval, capitals are a dimension, else it is an attribute. */
export const LINES_BY = ["none", ...INTERVALS.map((name) => `@${name}`), ...DIMENSIONS, ...ATTRIBUTES] as const;

const isDimension = (word: string) => /^[A-Z_]+$/.test(word);

/** What the table's lines are told apart by, of the parameters that begin with the name. */
export function groupIn(search: URLSearchParams, name: string): GroupAsked | null {
  const carried = carriedAskedIn(search, `${name}-carried`);
  if (carried) return { carried };
  const facets = facetsIn(search, `${name}-facets`);
  if (facets) return { facets };
  const word = search.get(`${name}-attribute`) ?? search.get(name) ?? "none";
  if (word === "none") return null;
  if (word.startsWith("@")) return { interval: word.slice(1) as GroupAsked["interval"] };
  if (isDimension(word)) return { dimension: word as GroupAsked["dimension"] };
  return { attribute: attributeGroupOf(search, name, word) };
}

export interface MeasureChoice {
  measure: MeasureAsked["measure"];
  /** A number, or of DISTINCT anything; "" where it is of units alone. */
  of: string;
  /** Of PERCENTILE, from 0 to 1. */
  percentile: number;
}

/** Reads `COUNT,AVERAGE:agentSeconds,PERCENTILE:queueSeconds:0.9`. */
export function parseMeasures(text: string | null): MeasureChoice[] {
  return (text || "COUNT")
    .split(",")
    .filter(Boolean)
    .map((one) => {
      const [measure, of = "", percentile] = one.split(":");
      return { measure: measure as MeasureChoice["measure"], of, percentile: Number(percentile ?? 0.9) };
    });
}

export const writeMeasures = (measures: readonly MeasureChoice[]) =>
  measures
    .map(({ measure, of, percentile }) =>
      [measure, ...(measure === "PERCENTILE" ? [of, percentile] : of ? [of] : [])].join(":"),
    )
    .join(",");

/** Whether a measure is of units alone, of a number, or of either. */
export const needsNumber = (measure: MeasureChoice["measure"]) =>
  !(["COUNT", "SHARE", "CUSTOMERS"] as string[]).includes(measure);

function measureAsked({ measure, of, percentile }: MeasureChoice): MeasureAsked {
  const isNumber = of === "SECONDS" || of === "TOUCHPOINTS";
  return {
    measure,
    ...(of && isNumber && { number: of }),
    ...(of && !isNumber && (isDimension(of) ? { dimension: of as MeasureAsked["dimension"] } : { attribute: of })),
    ...(measure === "PERCENTILE" && { percentile }),
  };
}

/** The question of the address, without period and audience. */
export function exploreIn(search: URLSearchParams): Omit<AggregateAsked, "period"> {
  const groupBy = ["rows", "columns"].flatMap((name) => groupIn(search, name) ?? []);
  const unit = search.get("of");
  return {
    of: unit ? (unit as AggregateAsked["of"]) : UNITS[0],
    matcher: eventsIn(search, "events"),
    groupBy,
    measures: parseMeasures(search.get("show")).map(measureAsked),
    ...(search.get("order") === "value" && { orderBy: { isRising: true } }),
    first: Number(search.get("first") ?? 50),
  };
}
