import "reflect-metadata";
import { aggregate } from "./aggregate/aggregate.declaration.ts";
import { attribution } from "./attribution/attribution.declaration.ts";
import { callPropensity } from "./call-propensity/call-propensity.declaration.ts";
import { channelPerformance } from "./channel-performance/channel-performance.declaration.ts";
import { cohorts } from "./cohorts/cohorts.declaration.ts";
import { contactCentreKpis } from "./contact-centre-kpis/contact-centre-kpis.declaration.ts";
import type { ReportDeclaration } from "./declaration.ts";
import { fallout } from "./fallout/fallout.declaration.ts";
import { flow } from "./flow/flow.declaration.ts";
import { histogram } from "./histogram/histogram.declaration.ts";
import { matchQuality } from "./match-quality/match-quality.declaration.ts";
import { overlap } from "./overlap/overlap.declaration.ts";

/** Every report: its field of Query and its scope, its address under /v1/reports, its CSV and its documentation. */
export const REPORTS: readonly ReportDeclaration[] = [
  aggregate,
  attribution,
  callPropensity,
  channelPerformance,
  cohorts,
  contactCentreKpis,
  fallout,
  flow,
  histogram,
  matchQuality,
  overlap,
];
