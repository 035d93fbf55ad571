import { audiencePlanOf } from "../../journeys/audience.ts";
import type { BehindPage } from "../../journeys/behind.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import { dimensionPlanOf } from "../../journeys/dimension.ts";
import type { Journeys, Version } from "../../journeys/journeys.ts";
import { matcherPlanOf } from "../../journeys/matcher.ts";
import { placeInSums } from "../../journeys/sums.ts";
import { AppError } from "../../kit/errors.ts";
import { byText } from "../../kit/order.ts";
import { HOUR_MS } from "../../kit/time.ts";
import { type Bucket, bucketsOf, HOURS } from "../buckets.ts";
import { checkBetween, checkPeriod, checkTimeZone } from "../check.ts";
import { knownTo } from "../known.ts";
import { findBehind } from "../people.ts";
import type { PeopleReportType } from "../people.type.ts";
import { cohortCellOf, cohortsBehind } from "./cell.ts";
import type { CohortsPeopleInput } from "./cell.type.ts";
import { type CohortsPlan, type CohortsTally, cohortsFold, offsetPlace } from "./cohorts.fold.ts";
import type {
  CohortCellType,
  CohortCriterionInput,
  CohortIntervalType,
  CohortRowType,
  CohortsInput,
  CohortsReportType,
} from "./cohorts.type.ts";

/** Intervals of one question: a table of so many rows and columns is still looked at. */
const MAX_INTERVALS = 100;
const MAX_CRITERIA = 3;
const MAX_MATCHERS = 10;
/** Rows of the longest answer. */
const MAX_ROWS = 1_000;

/** Customers by the interval, or the value, that includes them, and how many of them return. */
export async function readCohorts(journeys: Journeys, input: CohortsInput): Promise<CohortsReportType> {
  return asked(journeys, input).answer(async (version) => {
    const buckets = bucketsIn(input);
    const plan = planOf(version.dictionary, input, buckets);
    const tally = await version.fold(cohortsFold, plan);
    const rowOf = (cohort: number) => rowIn(tally, plan, { cohort, latency: input.latency });
    const until = Math.min(input.period.to.getTime(), version.knownAt.getTime());
    const rows = input.dimension
      ? valuesIn(version, tally).map(({ cohort, value }) => ({ start: null, value, ...rowOf(cohort) }))
      : buckets.map(({ start }, cohort) => ({ start, value: null, ...rowOf(cohort) }));
    return { rows, intervals: intervalsOf(input, buckets, until) };
  });
}

/** Who is behind one of its cells. */
export async function findCohortPeople(
  journeys: Journeys,
  { report, cell }: CohortsPeopleInput,
  page: BehindPage,
): Promise<PeopleReportType> {
  return asked(journeys, report).answer(async (version) => {
    const buckets = bucketsIn(report);
    const plan = planOf(version.dictionary, report, buckets);
    const values = report.dimension ? valuesIn(version, await version.fold(cohortsFold, plan)) : null;
    const found = cohortCellOf({ values, starts: buckets.map(({ start }) => start) }, cell);
    return findBehind(version, { behind: cohortsBehind, plan, cell: found }, page);
  });
}

function asked(journeys: Journeys, input: CohortsInput) {
  check(input);
  return knownTo(input, journeys);
}

function planOf(dictionary: Dictionaries, input: CohortsInput, buckets: readonly Bucket[]): CohortsPlan {
  const { period, audience, rolling, dimension } = input;
  const to = period.to.getTime();
  const criteriaOf = (criteria: readonly CohortCriterionInput[]) =>
    criteria.map(({ anyOf, atLeast }) => ({
      anyOf: anyOf.map((matcher) => matcherPlanOf({ dictionary, until: to }, matcher)),
      atLeast,
    }));
  return {
    from: period.from.getTime(),
    to,
    intervals: buckets.map(({ from }) => from),
    inclusion: criteriaOf(input.inclusion),
    returns: criteriaOf(input.returns),
    rolling,
    value: dimension ? dimensionPlanOf(dictionary, dimension) : null,
    audience: audiencePlanOf(dictionary, audience, period),
  };
}

/** The values that include anybody, the largest cohorts first. */
function valuesIn({ dictionary: { texts } }: Version, tally: CohortsTally) {
  const all = Array.from(tally.keys.values.subarray(0, tally.keys.length), (cohort, place) => ({
    cohort,
    value: texts.of(cohort),
    customers: tally.values.values[place * tally.width]!,
  }));
  return all
    .sort((a, b) => b.customers - a.customers || byText(a.value ?? "\uffff", b.value ?? "\uffff"))
    .slice(0, MAX_ROWS);
}

function rowIn(
  tally: CohortsTally,
  plan: CohortsPlan,
  { cohort, latency }: { cohort: number; latency: boolean },
): Pick<CohortRowType, "customers" | "cells"> {
  const base = placeInSums(tally, cohort);
  if (base === -1) return { customers: 0, cells: [] };
  const { values } = tally.values;
  const last = plan.intervals.length - 1;
  const offsets = Array.from({ length: 2 * last + 1 }, (_, i) => i - last).filter((offset) => latency || offset > 0);
  const cells = offsets.map((offset): CohortCellType => {
    const place = base + offsetPlace(offset, plan);
    const [eligible, returned] = [values[place]!, values[place + 1]!];
    return { offset, eligible, returned, retention: returned / eligible, churn: 1 - returned / eligible };
  });
  return { customers: values[base]!, cells: cells.filter(({ eligible }) => eligible > 0) };
}

function intervalsOf(input: CohortsInput, buckets: readonly Bucket[], until: number): CohortIntervalType[] {
  const { period, interval } = input;
  // So far on, another interval begins.
  const beyond = new Date(period.to.getTime() + 2 * HOURS[interval] * HOUR_MS);
  const further = bucketsOf({ ...input, period: { from: period.from, to: beyond } });
  return buckets.map(({ start }, i) => ({
    start,
    isComplete: start >= period.from && further[i + 1]!.from <= until,
  }));
}

function bucketsIn(input: CohortsInput): Bucket[] {
  const buckets = bucketsOf(input);
  if (buckets.length > MAX_INTERVALS) throw tooMany();
  return buckets;
}

const tooMany = () =>
  new AppError(
    "BAD_INPUT",
    `The answer would have more than ${MAX_INTERVALS} intervals: ask for a longer \`interval\`, or a shorter \`period\`.`,
    ["interval"],
  );

function check(input: CohortsInput): void {
  const { period, inclusion, returns, timeZone, interval } = input;
  checkPeriod(period);
  checkTimeZone(timeZone);
  checkCriteria("inclusion", inclusion);
  checkCriteria("returns", returns);
  if ((period.to.getTime() - period.from.getTime()) / HOUR_MS / HOURS[interval] > MAX_INTERVALS + 2) throw tooMany();
}

function checkCriteria(name: "inclusion" | "returns", criteria: readonly CohortCriterionInput[]): void {
  if (criteria.length === 0 || criteria.length > MAX_CRITERIA) {
    throw new AppError("BAD_INPUT", `Name 1 to ${MAX_CRITERIA} criteria of \`${name}\`.`, [name]);
  }
  criteria.forEach(({ anyOf, atLeast }, i) => {
    checkBetween(`${name}.${i}.atLeast`, atLeast, { least: 1, most: 1_000_000 });
    if (anyOf.length > 0 && anyOf.length <= MAX_MATCHERS) return;
    throw new AppError("BAD_INPUT", `Name 1 to ${MAX_MATCHERS} matchers in \`anyOf\`.`, [name, `${i}`, "anyOf"]);
  });
}
