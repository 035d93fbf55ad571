import { contactFold } from "../journeys/contact-contest.ts";
import type { Skills } from "../journeys/fold.ts";
import { statedLast } from "../journeys/transactions.ts";
import { aggregateFold } from "./aggregate/aggregate.fold.ts";
import { aggregateBehind } from "./aggregate/behind.ts";
import { callPropensityFold } from "./call-propensity/call-propensity.fold.ts";
import { callPropensityBehind } from "./call-propensity/cell.ts";
import { channelPerformanceBehind } from "./channel-performance/cell.ts";
import { channelPerformanceFold } from "./channel-performance/channel-performance.fold.ts";
import { cohortsBehind } from "./cohorts/cell.ts";
import { cohortsFold } from "./cohorts/cohorts.fold.ts";
import { contactCentreKpisBehind } from "./contact-centre-kpis/behind.fold.ts";
import { contactCentreKpisFold } from "./contact-centre-kpis/contact-centre-kpis.fold.ts";
import { legTables } from "./contact-centre-kpis/contacts.ts";
import { creditFold } from "./credit.fold.ts";
import { creditBehind } from "./credit-cell.ts";
import { falloutBehind } from "./fallout/cell.ts";
import { falloutFold } from "./fallout/fallout.fold.ts";
import { flowBehind } from "./flow/cell.ts";
import { flowFold, flowValuesFold } from "./flow/flow.fold.ts";
import { histogramBehind } from "./histogram/cell.ts";
import { histogramFold } from "./histogram/histogram.fold.ts";
import { learnedSurvey, learnedWeights } from "./learned.ts";
import { matchQualityBehind } from "./match-quality/cell.ts";
import { matchQualityFold } from "./match-quality/match-quality.fold.ts";
import { repeatsSurvey } from "./match-quality/repeats.ts";
import { overlapBehind } from "./overlap/cell.ts";
import { overlapFold } from "./overlap/overlap.fold.ts";
import { itemsSeen } from "./sections.ts";

/** All that workers count. */
export const SKILLS: Skills = {
  folds: [
    aggregateFold,
    aggregateBehind,
    callPropensityBehind,
    callPropensityFold,
    channelPerformanceBehind,
    channelPerformanceFold,
    cohortsBehind,
    cohortsFold,
    contactCentreKpisBehind,
    contactCentreKpisFold,
    contactFold,
    creditBehind,
    creditFold,
    falloutBehind,
    falloutFold,
    flowBehind,
    flowFold,
    flowValuesFold,
    histogramBehind,
    histogramFold,
    matchQualityBehind,
    matchQualityFold,
    overlapBehind,
    overlapFold,
  ],
  surveys: [itemsSeen, learnedSurvey, learnedWeights, legTables, repeatsSurvey, statedLast],
};
