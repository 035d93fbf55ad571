import "reflect-metadata";
import type { Db } from "../src/db/client.ts";
import type { PeriodInput } from "../src/facts/values.type.ts";
import { CHANNELS, type Channel } from "../src/fields/choices.ts";
import type { Journeys } from "../src/journeys/journeys.ts";
import { readAttribution } from "../src/reports/attribution/attribution.report.ts";
import { AttributionInput } from "../src/reports/attribution/attribution.type.ts";
import { readCallPropensity } from "../src/reports/call-propensity/call-propensity.report.ts";
import { CallPropensityInput } from "../src/reports/call-propensity/call-propensity.type.ts";
import { readChannelPerformance } from "../src/reports/channel-performance/channel-performance.report.ts";
import { ChannelPerformanceInput } from "../src/reports/channel-performance/channel-performance.type.ts";
import { readContactCentreKpis } from "../src/reports/contact-centre-kpis/contact-centre-kpis.report.ts";
import { KpiInput } from "../src/reports/contact-centre-kpis/contact-centre-kpis.type.ts";
import type { KpiRowType } from "../src/reports/contact-centre-kpis/kpi-row.type.ts";
import { readFallout } from "../src/reports/fallout/fallout.report.ts";
import { FalloutInput } from "../src/reports/fallout/fallout.type.ts";
import { readFlow } from "../src/reports/flow/flow.report.ts";
import { FlowInput, type FlowLinkType, type FlowNodeType } from "../src/reports/flow/flow.type.ts";
import { readHistogram } from "../src/reports/histogram/histogram.report.ts";
import { HistogramInput } from "../src/reports/histogram/histogram.type.ts";
import { readMatchQuality } from "../src/reports/match-quality/match-quality.report.ts";
import { MatchQualityInput } from "../src/reports/match-quality/match-quality.type.ts";
import type { AttributionModelInput } from "../src/reports/model.type.ts";
import { readOverlap } from "../src/reports/overlap/overlap.report.ts";
import { OverlapInput } from "../src/reports/overlap/overlap.type.ts";
import { FIGURES, KPIS } from "./duck-kpis.ts";
import * as duck from "./duck-sql.ts";

/** A question for the report and for DuckDB; both answer with numbers by name. */
/** What reports read. */
interface Asked {
  db: Db;
  journeys: Journeys;
}

export interface Question {
  name: string;
  ask(asked: Asked, period: PeriodInput): Promise<Map<string, number>>;
  duck: string;
  /** The goal, where there is one: the most time, as a share of DuckDB's. */
  share?: number;
  /** The most seconds, at 10 M touchpoints and 300,000 calls. */
  seconds?: number;
}

const CALLS = { kinds: ["CALL" as const] };
const PAGES = { kinds: ["PAGE_VIEW" as const] };

export const QUESTIONS: readonly Question[] = [
  { name: "attribution, linear", ask: attribution({ kind: "LINEAR" }), duck: duck.LINEAR, share: 0.1, seconds: 1 },
  {
    name: "attribution, time decay",
    ask: attribution({ kind: "TIME_DECAY", halfLifeMinutes: 15 }),
    duck: duck.TIME_DECAY,
    share: 0.1,
    seconds: 1,
  },
  { name: "overlap", ask: overlap, duck: duck.OVERLAP, share: 1 },
  { name: "histogram", ask: histogram, duck: duck.HISTOGRAM, share: 1 },
  { name: "call propensity", ask: propensity, duck: duck.PROPENSITY, share: 0.5 },
  { name: "flow", ask: flow, duck: duck.FLOW, share: 0.5 },
  { name: "fallout", ask: fallout, duck: duck.FALLOUT, share: 0.5 },
  { name: "contact-centre KPIs by day", ask: kpis, duck: KPIS, share: 0.5 },
  { name: "channel performance", ask: channels, duck: duck.CHANNELS },
  { name: "match quality", ask: matches, duck: duck.MATCHES },
];

/** Which pages led to the calls of their session. */
function attribution(model: AttributionModelInput): Question["ask"] {
  return async ({ journeys }, period) => {
    const input = Object.assign(new AttributionInput(), { period, models: [model], container: "SESSION", first: 1000 });
    const { models } = await readAttribution(journeys, input);
    return new Map(models[0]!.rows.map((row) => [row.item, row.credit]));
  };
}

/** Customers who viewed pages, who called, and who did both. */
async function overlap({ journeys }: Asked, period: PeriodInput): Promise<Map<string, number>> {
  const sets = [
    { name: "web", matcher: PAGES },
    { name: "calls", matcher: CALLS },
  ];
  const { regions } = await readOverlap(journeys, Object.assign(new OverlapInput(), { period, sets }));
  return new Map(regions.map((row) => [`${row.sets.includes("web")} ${row.sets.includes("calls")}`, row.count]));
}

/** How often each customer called. */
async function histogram({ journeys }: Asked, period: PeriodInput): Promise<Map<string, number>> {
  const { buckets } = await readHistogram(journeys, Object.assign(new HistogramInput(), { period, metric: CALLS }));
  return new Map(buckets.map((bucket) => [`${bucket.from}`, bucket.customers]));
}

/** All page views. */
export async function countPages(journeys: Journeys, period: PeriodInput): Promise<number> {
  const input = Object.assign(new HistogramInput(), { period, metric: PAGES });
  const { total, unidentified } = await readHistogram(journeys, input);
  return total + unidentified;
}

/** The sections whose visitors call within half an hour, and the cost of those calls. */
async function propensity({ journeys }: Asked, period: PeriodInput): Promise<Map<string, number>> {
  const report = await readCallPropensity(journeys, Object.assign(new CallPropensityInput(), { period }));
  const figures = report.rows.flatMap((row): [string, number][] => [
    [`${row.item} exposures`, row.exposures],
    [`${row.item} calls`, row.conversions],
    [`${row.item} cost`, Number(row.cost[0]?.amount ?? 0)],
  ]);
  return new Map([...figures, ["overall", report.overallRate ?? 0]]);
}

/** The last three pages before each call, as a diagram. */
async function flow({ journeys }: Asked, period: PeriodInput): Promise<Map<string, number>> {
  const anchor = { matcher: CALLS, dimension: "CALL_REASON" as const, position: "ENDS_WITH" as const };
  const input = Object.assign(new FlowInput(), { period, anchor, stepsBefore: 3, includeRepeats: true });
  const { nodes, links } = await readFlow(journeys, input);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const words = ({ kind, item }: FlowNodeType) => [kind, item].filter((word) => word !== null).join(" ");
  const ends = (link: FlowLinkType) => [byId.get(link.sourceNodeId)!, byId.get(link.targetNodeId)!] as const;
  return new Map([
    ...nodes.map((node): [string, number] => [`paths ${node.step} ${words(node)}`, node.count]),
    ...nodes.map((node): [string, number] => [`customers ${node.step} ${words(node)}`, node.customers]),
    ...links.map((link): [string, number] => {
      const [from, to] = ends(link);
      return [`link ${from.step} ${words(from)} to ${words(to)}`, link.count];
    }),
  ]);
}

/** From the home page to billing, and on to a call within a day. */
async function fallout({ journeys }: Asked, period: PeriodInput): Promise<Map<string, number>> {
  const steps = [
    { name: "home", anyOf: [{ sections: ["home"] }], immediately: false },
    { name: "billing", anyOf: [{ sections: ["billing"] }], immediately: false },
    { name: "call", anyOf: [CALLS], immediately: false, withinMinutes: 1440 },
  ];
  const report = await readFallout(journeys, Object.assign(new FalloutInput(), { period, steps }));
  return new Map(
    report.steps.flatMap((step): [string, number][] => [
      [step.name, step.count],
      [`${step.name} after`, step.medianSecondsFromPrevious ?? 0],
      [`${step.name} pending`, step.pending],
    ]),
  );
}

/** Every figure of the contact centre for each day. */
async function kpis({ journeys }: Asked, period: PeriodInput): Promise<Map<string, number>> {
  const filter = { channels: ["VOICE" as const] };
  const { rows } = await readContactCentreKpis(
    journeys,
    Object.assign(new KpiInput(), { period, interval: "DAY", filter }),
  );
  return new Map(rows.flatMap((row) => figuresOf(row)));
}

function figuresOf(row: KpiRowType): [string, number][] {
  const day = row.bucketStart!.toISOString().slice(0, 10);
  // What came to the report later is not asked of DuckDB.
  const plain = Object.entries(row).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number" && entry[0] in FIGURES,
  );
  const byMethod = [...row.serviceLevels, ...row.firstContactResolution];
  return [
    ...plain.map(([name, value]): [string, number] => [`${day} ${name}`, value]),
    ...byMethod.map(({ method, value }): [string, number] => [`${day} ${method}`, value ?? 0]),
    [`${day} costPerContact`, Number(row.costPerContact[0]?.amount ?? 0)],
  ];
}

/** The touchpoints of each channel. */
async function channels({ journeys }: Asked, period: PeriodInput): Promise<Map<string, number>> {
  const input = Object.assign(new ChannelPerformanceInput(), { period, by: "CHANNEL" as const });
  const { rows } = await readChannelPerformance(journeys, input);
  return new Map(
    rows.flatMap((row): [string, number][] => {
      const channel = CHANNELS.indexOf(row.value as Channel) + 1;
      return [
        [`${channel} interactions`, row.interactions],
        [`${channel} calls`, row.calls],
        [`${channel} matched`, row.matchedCalls],
        [`${channel} cost`, Number(row.cost[0]?.amount ?? 0)],
      ];
    }),
  );
}

/** How many calls were matched to the web, and how many touchpoints belong to a customer. */
async function matches({ journeys }: Asked, period: PeriodInput): Promise<Map<string, number>> {
  const report = await readMatchQuality(journeys, Object.assign(new MatchQualityInput(), { period }));
  return new Map([
    ["calls MATCHED", report.matched],
    ["calls OFFLINE", report.offline],
    ["calls NO_IDENTITY", report.noIdentity],
    ["before", report.identifiedBefore ?? 0],
    ["after", report.identifiedAfter ?? 0],
  ]);
}
