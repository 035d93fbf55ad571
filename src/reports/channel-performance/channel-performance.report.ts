import { audiencePlanOf } from "../../journeys/audience.ts";
import type { BehindPage } from "../../journeys/behind.ts";
import { countedPlanOf } from "../../journeys/counted.ts";
import type { Journeys, Version } from "../../journeys/journeys.ts";
import { statedLast } from "../../journeys/transactions.ts";
import { valuesPlanOf } from "../../journeys/values.ts";
import { byText } from "../../kit/order.ts";
import { namesAlong } from "../along.type.ts";
import { checkPeriod } from "../check.ts";
import { knownTo } from "../known.ts";
import { findBehind } from "../people.ts";
import type { PeopleReportType } from "../people.type.ts";
import { channelCellOf, channelPerformanceBehind } from "./cell.ts";
import type { ChannelPeopleInput } from "./cell.type.ts";
import { type ChannelPerformancePlan, channelPerformanceFold } from "./channel-performance.fold.ts";
import type { ChannelPerformanceInput, ChannelPerformanceReportType } from "./channel-performance.type.ts";
import { type Performance, performancesOf } from "./performances.ts";

/** Rows of the longest answer. */
const MAX_ROWS = 1_000;

const CALLS = { kinds: ["CALL" as const] };

/** Values of a dimension by the calls, transactions and money that came with them. */
export async function readChannelPerformance(
  journeys: Journeys,
  input: ChannelPerformanceInput,
): Promise<ChannelPerformanceReportType> {
  return asked(journeys, input).answer(async (version) => {
    const nameOf = namesAlong(version.dictionary, input.facets);
    const rows = await performancesIn(version, await planOf(version, input), nameOf);
    return { rows: rows.map(({ value, ...row }) => ({ ...row, value: nameOf(value) })) };
  });
}

/** Who is behind one of its cells. */
export async function findChannelPeople(
  journeys: Journeys,
  { report, cell }: ChannelPeopleInput,
  page: BehindPage,
): Promise<PeopleReportType> {
  return asked(journeys, report).answer(async (version) => {
    const { texts } = version.dictionary;
    const nameOf = namesAlong(version.dictionary, report.facets);
    const plan = await planOf(version, report);
    const rows = await performancesIn(version, plan, nameOf);
    const found = channelCellOf(rows, cell, { nameOf, texts });
    return findBehind(version, { behind: channelPerformanceBehind, plan, cell: found }, page);
  });
}

function asked(journeys: Journeys, input: ChannelPerformanceInput) {
  checkPeriod(input.period);
  return knownTo(input, journeys);
}

type NameOf = (value: number) => string | null;

/** The rows that are shown. */
async function performancesIn(version: Version, plan: ChannelPerformancePlan, nameOf: NameOf): Promise<Performance[]> {
  const tally = await version.fold(channelPerformanceFold, plan);
  return performancesOf(tally, plan, version.dictionary.texts).sort(mostCallsFirst(nameOf)).slice(0, MAX_ROWS);
}

async function planOf(
  version: Version,
  { period, by, carried, facets, attribute, audience }: ChannelPerformanceInput,
): Promise<ChannelPerformancePlan> {
  const { dictionary } = version;
  const transactions = dictionary.transactions.size;
  const to = period.to.getTime();
  return {
    from: period.from.getTime(),
    to,
    by: valuesPlanOf({ dictionary, until: to }, { dimension: by, carried, facets, attribute }),
    audience: audiencePlanOf(dictionary, audience, period),
    calls: await countedPlanOf(version, { period, matcher: CALLS, timeoutMinutes: 0 }),
    statedLast: await version.survey(statedLast, { transactions }),
    texts: Math.max(dictionary.texts.size, facets?.length ?? 0),
    transactions,
  };
}

function mostCallsFirst(nameOf: NameOf): (a: Performance, b: Performance) => number {
  return (a, b) =>
    b.calls - a.calls ||
    b.interactions - a.interactions ||
    Number(a.value === -1) - Number(b.value === -1) ||
    byText(nameOf(a.value)!, nameOf(b.value)!);
}
