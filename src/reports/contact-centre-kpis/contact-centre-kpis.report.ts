import { attributeValuesPlanOf } from "../../journeys/attribute-values.ts";
import { audiencePlanOf } from "../../journeys/audience.ts";
import type { BehindPage } from "../../journeys/behind.ts";
import { dimensionPlanOf } from "../../journeys/dimension.ts";
import type { Journeys, Version } from "../../journeys/journeys.ts";
import { type MatcherScope, matcherPlanOf } from "../../journeys/matcher.ts";
import { carriedPlanOf, facetPlanOf, type ValuesPlan } from "../../journeys/values.ts";
import { AppError } from "../../kit/errors.ts";
import { mapPaced } from "../../kit/paced.ts";
import { DAY_MS } from "../../kit/time.ts";
import { type Bucket, bucketsOf, HOURS } from "../buckets.ts";
import { checkBetween, checkPeriod, checkTimeZone } from "../check.ts";
import { knownTo } from "../known.ts";
import { findBehind } from "../people.ts";
import type { PeopleReportType } from "../people.type.ts";
import { contactCentreKpisBehind } from "./behind.fold.ts";
import { hasGroups, kpiCellOf } from "./cell.ts";
import type { KpiPeopleInput } from "./cell.type.ts";
import { contactCentreKpisFold, type KpiPlan } from "./contact-centre-kpis.fold.ts";
import type { KpiInput, KpiReportType } from "./contact-centre-kpis.type.ts";
import { legTables } from "./contacts.ts";
import { figuresOf } from "./figures.ts";
import { legFilterOf, NOT_OF_LEGS } from "./leg-filter.ts";
import { filledRows, kpiRowsOf } from "./rows.ts";
import { MAX_ROWS } from "./tally.ts";

/** Dimensions of one question: with more, every row is a single contact. */
const MAX_GROUPS = 5;
/** Seconds of the longest wait to ask about: a week. */
const MAX_SECONDS = 604_800;
/** Days of the longest repeat window: a year. */
const MAX_DAYS = 366;

/** Every key figure of the contact centre, by group and interval. */
export async function readContactCentreKpis(journeys: Journeys, input: KpiInput): Promise<KpiReportType> {
  return asked(journeys, input).answer(async (version) => {
    const { buckets, tally } = await countedIn(version, input);
    const rows = await kpiRowsOf(version.dictionary, tally, { buckets, facets: input.facets });
    const shown = !hasGroups(input) ? await filledRows(rows, tally, buckets) : rows;
    return { rows: await mapPaced(shown, (row) => figuresOf(row, input)) };
  });
}

/** Who is behind one of its cells. */
export async function findKpiPeople(
  journeys: Journeys,
  { report, cell }: KpiPeopleInput,
  page: BehindPage,
): Promise<PeopleReportType> {
  return asked(journeys, report).answer(async (version) => {
    const { buckets, plan, tally } = await countedIn(version, report);
    const rows = { tally, starts: buckets.map(({ start }) => start), dictionary: version.dictionary };
    return findBehind(version, { behind: contactCentreKpisBehind, plan, cell: kpiCellOf(rows, report, cell) }, page);
  });
}

function asked(journeys: Journeys, input: KpiInput) {
  check(input);
  return knownTo(input, journeys, input.repeatWindowDays * DAY_MS);
}

async function countedIn(version: Version, input: KpiInput) {
  const buckets = bucketsOf(input);
  const plan = await planOf(version, input, buckets);
  const tally = await version.fold(contactCentreKpisFold, plan);
  if (tally.isFull) throw tooMany();
  return { buckets, plan, tally };
}

async function planOf(version: Version, input: KpiInput, buckets: readonly Bucket[]): Promise<KpiPlan> {
  const { dictionary } = version;
  const { period, filter, matcher, audience } = input;
  const scope = { dictionary, until: period.to.getTime() };
  return {
    from: period.from.getTime(),
    to: period.to.getTime(),
    bucketBy: input.bucketBy,
    buckets: buckets.length === 0 ? [Number.NEGATIVE_INFINITY] : buckets.map(({ from }) => from),
    groups: groupPlansOf(scope, input),
    filter: legFilterOf(dictionary, filter),
    matcher: matcherPlanOf(scope, matcher),
    audience: audiencePlanOf(dictionary, audience, period),
    limits: { serviceLevel: input.serviceLevelSeconds, shortAbandon: input.shortAbandonSeconds },
    repeatWindow: input.repeatWindowDays * DAY_MS,
    tables: await version.survey(legTables, { contacts: dictionary.contacts.size }),
  };
}

function groupPlansOf(
  scope: MatcherScope,
  { groupBy, groupByCarried, groupByAttributes, facets }: KpiInput,
): ValuesPlan[] {
  return [
    ...groupBy.map((dimension) => dimensionPlanOf(scope.dictionary, dimension)),
    ...(groupByCarried ?? []).map((carried) => carriedPlanOf(scope, carried)),
    ...(groupByAttributes ?? []).map((group) => attributeValuesPlanOf(scope.dictionary, group)),
    ...(facets ? [facetPlanOf(scope, facets)] : []),
  ];
}

function check({
  period,
  groupBy,
  groupByCarried,
  groupByAttributes,
  interval,
  timeZone,
  filter,
  ...lengths
}: KpiInput): void {
  checkPeriod(period);
  checkLists(filter ?? {});
  const { serviceLevelSeconds, shortAbandonSeconds, repeatWindowDays } = lengths;
  checkBetween("serviceLevelSeconds", serviceLevelSeconds, { least: 0, most: MAX_SECONDS });
  checkBetween("shortAbandonSeconds", shortAbandonSeconds, { least: 0, most: MAX_SECONDS });
  checkBetween("repeatWindowDays", repeatWindowDays, { least: 1, most: MAX_DAYS });
  const carried = (groupByCarried ?? []).map(({ dimension, allocation }) => `${dimension} ${allocation}`);
  const groups = [...groupBy, ...carried, ...(groupByAttributes ?? []).map(({ attribute }) => attribute)];
  if (groups.length > MAX_GROUPS || new Set(groups).size < groups.length) {
    throw new AppError("BAD_INPUT", `Group by at most ${MAX_GROUPS} dimensions, each once.`, ["groupBy"]);
  }
  const page = groupBy.find((dimension) => NOT_OF_LEGS.includes(dimension));
  if (page) {
    throw new AppError(
      "BAD_INPUT",
      `A leg of contact has no ${page} of its own: carry it by \`groupByCarried\`, or group by another dimension.`,
      ["groupBy"],
    );
  }
  checkTimeZone(timeZone);
  const hours = (period.to.getTime() - period.from.getTime()) / 3_600_000;
  if (interval != null && hours / HOURS[interval] > MAX_ROWS) throw tooMany();
}

function checkLists(filter: object): void {
  const empty = Object.entries(filter).find(([, value]) => Array.isArray(value) && value.length === 0)?.[0];
  if (!empty) return;
  throw new AppError("BAD_INPUT", `An empty \`${empty}\` matches nothing: leave it out, or name at least one.`, [
    "filter",
    empty,
  ]);
}

function tooMany(): AppError {
  return new AppError(
    "BAD_INPUT",
    `The answer would have more than ${MAX_ROWS} rows: ask for a longer \`interval\`, a shorter \`period\` or fewer groups.`,
    ["interval"],
  );
}
