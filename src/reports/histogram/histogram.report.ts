import { SESSION_TIMEOUT_MINUTES } from "../../facts/sessions.ts";
import { audiencePlanOf } from "../../journeys/audience.ts";
import type { BehindPage } from "../../journeys/behind.ts";
import { countedPlanOf } from "../../journeys/counted.ts";
import type { Journeys, Version } from "../../journeys/journeys.ts";
import { matcherPlanOf } from "../../journeys/matcher.ts";
import { AppError } from "../../kit/errors.ts";
import { checkBetween, checkPeriod } from "../check.ts";
import { knownTo } from "../known.ts";
import { findBehind } from "../people.ts";
import type { PeopleReportType } from "../people.type.ts";
import { histogramBehind, histogramCellOf } from "./cell.ts";
import type { HistogramPeopleInput } from "./cell.type.ts";
import { type HistogramPlan, histogramFold } from "./histogram.fold.ts";
import type { HistogramInput, HistogramReportType } from "./histogram.type.ts";

/** Buckets that still make a picture. */
const MAX_BUCKETS = 50;
/** The greatest count that a bucket may begin with. */
const MAX_COUNT = 1_000_000;

/** How many customers have each number of events in the period, none included. */
export async function readHistogram(journeys: Journeys, input: HistogramInput): Promise<HistogramReportType> {
  return asked(journeys, input).answer(async (version) => {
    const plan = await planOf(version, input);
    const { customers, events, unidentified } = await version.fold(histogramFold, plan);
    return {
      buckets: plan.bounds.map((from, i) => {
        const to = plan.bounds[i + 1] === undefined ? null : plan.bounds[i + 1]! - 1;
        return { from, to, label: labelOf(from, to), customers: customers[i]! };
      }),
      customers: customers.reduce((sum, count) => sum + count, 0),
      total: events,
      unidentified,
    };
  });
}

/** Who is behind one of its cells. */
export async function findHistogramPeople(
  journeys: Journeys,
  { report, cell }: HistogramPeopleInput,
  page: BehindPage,
): Promise<PeopleReportType> {
  return asked(journeys, report).answer(async (version) => {
    const plan = await planOf(version, report);
    return findBehind(version, { behind: histogramBehind, plan, cell: histogramCellOf(plan, cell) }, page);
  });
}

function asked(journeys: Journeys, input: HistogramInput) {
  check(input);
  return knownTo(input, journeys);
}

async function planOf(version: Version, input: HistogramInput): Promise<HistogramPlan> {
  const { period, metric: matcher, dedup, universe, audience } = input;
  const { dictionary } = version;
  const counting = { period, matcher, dedup, audience, timeoutMinutes: SESSION_TIMEOUT_MINUTES };
  return {
    metric: await countedPlanOf(version, counting),
    universe: matcherPlanOf({ dictionary, until: period.to.getTime() }, universe),
    audience: audiencePlanOf(dictionary, audience, period),
    bounds: boundsOf(input),
  };
}

function check({ period, bounds, start, size, buckets }: HistogramInput): void {
  checkPeriod(period);
  if (bounds != null) {
    checkBounds(bounds);
    return;
  }
  checkBetween("start", start, { least: 0, most: MAX_COUNT });
  checkBetween("size", size, { least: 1, most: MAX_COUNT });
  checkBetween("buckets", buckets, { least: 1, most: MAX_BUCKETS });
}

function checkBounds(bounds: readonly number[]): void {
  if (bounds.length === 0 || bounds.length > MAX_BUCKETS) {
    throw new AppError("BAD_INPUT", `Name 1 to ${MAX_BUCKETS} \`bounds\`, or leave them out.`, ["bounds"]);
  }
  const isRising = bounds.every((bound, i) => bound >= 0 && bound <= MAX_COUNT && (i === 0 || bound > bounds[i - 1]!));
  if (!isRising) {
    throw new AppError("BAD_INPUT", `Let the \`bounds\` rise from 0 or more to ${MAX_COUNT} at most: [1, 2, 3, 6].`, [
      "bounds",
    ]);
  }
}

/** The least count of each bucket. Zero is a bucket of its own unless the first asked for begins there. */
function boundsOf({ bounds, start, size, buckets }: HistogramInput): number[] {
  const asked = bounds ?? Array.from({ length: buckets + 1 }, (_, i) => start + i * size);
  const first = asked[0]!;
  return [...(first > 0 ? [0] : []), ...(first > 1 ? [1] : []), ...asked];
}

function labelOf(from: number, to: number | null): string {
  if (to === null) return `${from}+`;
  return from === to ? `${from}` : `${from}-${to}`;
}
