import type { Journeys } from "../../src/journeys/journeys.ts";
import { AggregateInput } from "../../src/reports/aggregate/aggregate.type.ts";
import { AttributionInput } from "../../src/reports/attribution/attribution.type.ts";
import { CallPropensityInput } from "../../src/reports/call-propensity/call-propensity.type.ts";
import { readChannelPerformance } from "../../src/reports/channel-performance/channel-performance.report.ts";
import { ChannelPerformanceInput } from "../../src/reports/channel-performance/channel-performance.type.ts";
import { CohortsInput } from "../../src/reports/cohorts/cohorts.type.ts";
import { KpiInput } from "../../src/reports/contact-centre-kpis/contact-centre-kpis.type.ts";
import { FalloutInput } from "../../src/reports/fallout/fallout.type.ts";
import { readFlow } from "../../src/reports/flow/flow.report.ts";
import { FlowAnchorInput, FlowInput } from "../../src/reports/flow/flow.type.ts";
import { HistogramInput } from "../../src/reports/histogram/histogram.type.ts";
import { MatchQualityInput } from "../../src/reports/match-quality/match-quality.type.ts";
import { OverlapInput } from "../../src/reports/overlap/overlap.type.ts";
import { readPeople } from "../../src/reports/people.report.ts";
import type { PeopleInput } from "../../src/reports/people-input.type.ts";
import { NO_AUDIT_LOG } from "../kit/ingest.ts";
import { ask } from "../reports/kit/ask.ts";
import { at } from "../reports/kit/world.ts";

// A cell of each report, which any world has.

const period = { from: at("1T00:00"), to: at("9T00:00") };
const pages = { kinds: ["PAGE_VIEW"] as never[] };
const calls = { kinds: ["CALL"] as never[] };

const people = (journeys: Journeys, cell: PeopleInput) =>
  readPeople({ journeys, viewer: { name: "tester" } as never, auditLog: NO_AUDIT_LOG }, cell, {
    first: 50,
  });

const steps = [pages, calls].map((matcher, i) => ({ name: `${i}`, anyOf: [matcher], immediately: false }));
const sets = [pages, calls].map((matcher, i) => ({ name: `s${i}`, matcher }));

/** The cells that need no answer to be named by. */
const FIXED: readonly PeopleInput[] = [
  {
    aggregate: {
      report: ask(AggregateInput, {
        of: "CONTACTS",
        period,
        groupBy: [{ dimension: "CALL_REASON" }],
        measures: [{ measure: "MEDIAN", attribute: "customerSeconds" }],
      }),
      cell: { part: "TOTAL", group: [] },
    },
  },
  {
    attribution: {
      report: ask(AttributionInput, { period, models: [{ kind: "LINEAR" }], dimension: "PAGE" }),
      cell: { figure: "TOTAL", model: 1 },
    },
  },
  {
    callPropensity: {
      report: ask(CallPropensityInput, { period, dimension: "PAGE", minimumExposures: 1 }),
      cell: { figure: "SESSIONS" },
    },
  },
  {
    cohorts: {
      report: ask(CohortsInput, {
        period,
        interval: "YEAR",
        inclusion: [{ anyOf: [pages], atLeast: 1 }],
        returns: [{ anyOf: [calls], atLeast: 1 }],
      }),
      cell: { figure: "CUSTOMERS", start: new Date("2026-01-01T00:00Z") },
    },
  },
  {
    contactCentreKpis: { report: ask(KpiInput, { period }), cell: { figure: "handled", part: "NUMERATOR", group: [] } },
  },
  { fallout: { report: ask(FalloutInput, { period, steps }), cell: { step: 2, figure: "COUNT" } } },
  { histogram: { report: ask(HistogramInput, { period, metric: pages }), cell: { figure: "TOTAL" } } },
  { matchQuality: { report: ask(MatchQualityInput, { period }), cell: { figure: "TOUCHPOINTS" } } },
  { overlap: { report: ask(OverlapInput, { period, sets }), cell: { figure: "UNION", sets: [] } } },
];

/** Who is behind a cell of each report. */
export const OPENINGS: readonly ((journeys: Journeys) => Promise<unknown>)[] = [
  ...FIXED.map((cell) => (journeys: Journeys) => people(journeys, cell)),
  async (journeys) => {
    const report = ask(ChannelPerformanceInput, { period, by: "CHANNEL" });
    const { rows } = await readChannelPerformance(journeys, report);
    const [row] = rows;
    return (
      row && people(journeys, { channelPerformance: { report, cell: { value: row.value, figure: "INTERACTIONS" } } })
    );
  },
  async (journeys) => {
    const report = ask(FlowInput, {
      period,
      anchor: ask(FlowAnchorInput, { matcher: calls, dimension: "CALL_REASON" }),
    });
    const { nodes } = await readFlow(journeys, report);
    const [node] = nodes;
    return node && people(journeys, { flow: { report, cell: { node: node.id, figure: "COUNT" } } });
  },
];
