import type { PeriodInput } from "../../src/facts/values.type.ts";
import type { Journeys } from "../../src/journeys/journeys.ts";
import { readAggregate } from "../../src/reports/aggregate/aggregate.report.ts";
import { AggregateInput } from "../../src/reports/aggregate/aggregate.type.ts";
import { readAttribution } from "../../src/reports/attribution/attribution.report.ts";
import { AttributionInput } from "../../src/reports/attribution/attribution.type.ts";
import { readCohorts } from "../../src/reports/cohorts/cohorts.report.ts";
import { CohortsInput } from "../../src/reports/cohorts/cohorts.type.ts";
import { readFallout } from "../../src/reports/fallout/fallout.report.ts";
import { FalloutInput } from "../../src/reports/fallout/fallout.type.ts";
import { readHistogram } from "../../src/reports/histogram/histogram.report.ts";
import { HistogramInput } from "../../src/reports/histogram/histogram.type.ts";
import { readMatchQuality } from "../../src/reports/match-quality/match-quality.report.ts";
import { MatchQualityInput } from "../../src/reports/match-quality/match-quality.type.ts";
import { readOverlap } from "../../src/reports/overlap/overlap.report.ts";
import { OverlapInput } from "../../src/reports/overlap/overlap.type.ts";
import { ask } from "../reports/kit/ask.ts";

type Line = (string | number | boolean | null)[];
type Answer = (journeys: Journeys, period: PeriodInput) => Promise<Line[]>;

const CALLS = { kinds: ["CALL" as const] };
const WEB = { channels: ["WEB" as const] };

/** What the reports say to each question of docs/lake.md, by its heading: the lines that the statement there answers. */
export const ANSWERS: Readonly<Record<string, Answer>> = {
  "Interactions by channel: `aggregate`": async (journeys, period) => {
    const asked = { period, of: "INTERACTIONS" as const, groupBy: [{ dimension: "CHANNEL" as const }], first: 100 };
    const { rows } = await readAggregate(journeys, ask(AggregateInput, asked));
    return rows.map(({ group, units }) => [group[0]!.value, units]);
  },
  "Handling time and cost by reason: `aggregate`": async (journeys, period) => {
    const measures = [
      { measure: "COUNT" as const },
      { measure: "AVERAGE" as const, attribute: "agentSeconds" },
      { measure: "SUM" as const, attribute: "cost.EUR" },
    ];
    const asked = {
      period,
      of: "INTERACTIONS" as const,
      matcher: { channels: ["VOICE" as const] },
      groupBy: [{ dimension: "CALL_REASON" as const }],
      measures,
      first: 100,
    };
    const { rows } = await readAggregate(journeys, ask(AggregateInput, asked));
    return rows.map(({ group, figures }) => [group[0]!.value, ...figures.map(({ value }) => value)]);
  },
  "How often customers call: `histogram`": async (journeys, period) => {
    const { buckets } = await readHistogram(journeys, ask(HistogramInput, { period, metric: CALLS }));
    return buckets.filter(({ customers }) => customers > 0).map(({ from, customers }) => [from, customers]);
  },
  "Who uses the web, the phone, or both: `overlap`": async (journeys, period) => {
    const sets = [
      { name: "web", matcher: WEB },
      { name: "phone", matcher: CALLS },
    ];
    const { regions } = await readOverlap(journeys, ask(OverlapInput, { period, sets }));
    const lines = regions.map(
      (region): Line => [...["web", "phone"].map((set) => region.sets.includes(set)), region.count],
    );
    return lines
      .filter(([, , count]) => count !== 0)
      .sort((a, b) => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]));
  },
  "From the home page to a call within a day: `fallout`": async (journeys, period) => {
    const steps = [
      { name: "home", anyOf: [{ kinds: ["PAGE_VIEW" as const], names: ["/home"] }], immediately: false },
      { name: "call", anyOf: [CALLS], immediately: false, withinMinutes: 1_440 },
    ];
    const report = await readFallout(journeys, ask(FalloutInput, { period, steps }));
    return [report.steps.map(({ count }) => count)];
  },
  "Which pages led to calls, linear in their session: `attribution`": async (journeys, period) => {
    const asked = { period, models: [{ kind: "LINEAR" as const }], container: "SESSION" as const, first: 1_000 };
    const { models } = await readAttribution(journeys, ask(AttributionInput, asked));
    return models[0]!.rows.map(({ item, credit }) => [item, credit]);
  },
  "Calls that were matched to a visit: `matchQuality`": async (journeys, period) => {
    const { calls, matched } = await readMatchQuality(journeys, ask(MatchQualityInput, { period }));
    return [[calls, matched]];
  },
  "Customers who came back: `cohorts`": async (journeys, period) => {
    const anything = [{ anyOf: [{}], atLeast: 1 }];
    const asked = { period, inclusion: anything, returns: anything, interval: "MONTH" as const };
    const { rows } = await readCohorts(journeys, ask(CohortsInput, asked));
    return rows.flatMap(({ start, customers, cells }) => [
      ...(customers > 0 ? [[start!.toISOString().slice(0, 10), 0, customers]] : []),
      ...cells
        .filter(({ offset, returned }) => offset > 0 && returned > 0)
        .map(({ offset, returned }) => [start!.toISOString().slice(0, 10), offset, returned]),
    ]);
  },
};
