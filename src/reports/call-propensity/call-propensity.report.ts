import { audiencePlanOf } from "../../journeys/audience.ts";
import type { BehindPage } from "../../journeys/behind.ts";
import type { Journeys, Version } from "../../journeys/journeys.ts";
import { matcherPlanOf } from "../../journeys/matcher.ts";
import { valuesPlanOf } from "../../journeys/values.ts";
import { AppError } from "../../kit/errors.ts";
import { keyBy } from "../../kit/group.ts";
import { MINUTE_MS } from "../../kit/time.ts";
import { namesAlong } from "../along.type.ts";
import { type Attributed, attributedIn, itemCellOf } from "../attributed.ts";
import { checkBetween, checkFirst, checkPeriod, checkTimeout, MAX_WINDOW_MINUTES } from "../check.ts";
import { creditBehind } from "../credit-cell.ts";
import { creditRuleOf } from "../credit-rule.ts";
import { knownTo } from "../known.ts";
import type { ItemCredit } from "../learned.ts";
import { findBehind, wrongCell } from "../people.ts";
import type { PeopleReportType } from "../people.type.ts";
import { callPropensityFold } from "./call-propensity.fold.ts";
import type { CallPropensityInput, CallPropensityReportType, CallPropensityRowType } from "./call-propensity.type.ts";
import { callPropensityBehind, propensityCellOf } from "./cell.ts";
import type { PropensityPeopleInput } from "./cell.type.ts";
import { type Exposed, exposedOf } from "./exposed.ts";
import type { CallPropensityPlan, CallPropensityTally } from "./tally.ts";

/** Standard deviations that 95 % of a normal distribution lie within. */
const Z = 1.959963984540054;

const PAGE_VIEWS = { kinds: ["PAGE_VIEW" as const] };
const CALLS = { kinds: ["CALL" as const] };

/** Of the sessions with each item, the share that a call followed, and what a model credits to it. */
export async function readCallPropensity(
  journeys: Journeys,
  input: CallPropensityInput,
): Promise<CallPropensityReportType> {
  return asked(journeys, input).answer(async (version) => {
    const plan = planOf(version, input);
    const tally = await version.fold(callPropensityFold, plan);
    const credits = input.model ? await findCredits(version, input) : null;
    const shown = exposedIn(version, input, { plan, tally }).sort(likeliestFirst).slice(0, input.first);
    return {
      rows: shown.map((row) => toRow(row, { credits, isSplit: Boolean(input.splitBy || input.splitByCarried) })),
      overallRate: tally.sessions === 0 ? null : tally.converted / tally.sessions,
    };
  });
}

/** Who is behind one of its cells. */
export async function findPropensityPeople(
  journeys: Journeys,
  { report, cell }: PropensityPeopleInput,
  page: BehindPage,
): Promise<PeopleReportType> {
  return asked(journeys, report).answer(async (version) => {
    if (cell.figure === "CREDIT") {
      const attributed = await creditedIn(version, report);
      const { item = null, split } = cell;
      const found = await itemCellOf(version, attributed, { model: 0, item, split, counts: "value" });
      return findBehind(version, { behind: creditBehind, plan: attributed.plan, cell: found }, page);
    }
    const plan = planOf(version, report);
    const rows = exposedIn(version, report, { plan, tally: await version.fold(callPropensityFold, plan) });
    const { texts } = version.dictionary;
    const facets = report.facets?.map(({ name }) => name);
    const item = (name: string) => (facets ? facets.indexOf(name) : texts.find(name));
    const found = propensityCellOf(rows, cell, { item, text: (text) => texts.find(text) });
    return findBehind(version, { behind: callPropensityBehind, plan, cell: found }, page);
  });
}

function asked(journeys: Journeys, input: CallPropensityInput) {
  check(input);
  if (input.model) creditRuleOf(input.model);
  return knownTo(input, journeys);
}

/** The items that were met often enough. */
function exposedIn(
  { dictionary }: Version,
  { facets, minimumExposures }: CallPropensityInput,
  { plan, tally }: { plan: CallPropensityPlan; tally: CallPropensityTally },
): Exposed[] {
  const names = { texts: dictionary.texts, nameOf: namesAlong(dictionary, facets) };
  return exposedOf(tally, plan, names).filter(({ exposures }) => exposures >= minimumExposures);
}

function planOf({ dictionary }: Version, input: CallPropensityInput): CallPropensityPlan {
  const { period, audience } = input;
  const to = period.to.getTime();
  const scope = { dictionary, until: to };
  return {
    from: period.from.getTime(),
    to,
    exposures: {
      touches: matcherPlanOf(scope, input.exposures ?? PAGE_VIEWS),
      exclude: null,
      fallback: null,
      item: valuesPlanOf(scope, input),
      dedup: "NONE",
    },
    conversions: matcherPlanOf(scope, input.conversions ?? CALLS),
    audience: audiencePlanOf(dictionary, audience, period),
    within: input.withinMinutes * MINUTE_MS,
    timeout: input.sessionTimeoutMinutes * MINUTE_MS,
    texts: dictionary.texts.size,
  };
}

function check(input: CallPropensityInput): void {
  checkPeriod(input.period);
  checkTimeout(input.sessionTimeoutMinutes);
  checkFirst(input.first);
  checkBetween("withinMinutes", input.withinMinutes, { least: 1, most: MAX_WINDOW_MINUTES });
  checkBetween("minimumExposures", input.minimumExposures, { least: 1, most: 1_000_000_000 });
  if ((input.splitBy || input.splitByCarried) && !input.model) {
    throw new AppError("BAD_INPUT", "`splitBy` splits the credit of a model: name a `model`, or leave it out.", [
      "splitBy",
    ]);
  }
}

/** What the model credits to each item of the same version. */
async function findCredits(version: Version, input: CallPropensityInput): Promise<Map<string, ItemCredit>> {
  const { creditsOf } = await creditedIn(version, input);
  return keyBy(await creditsOf(0), ({ item }) => item);
}

function creditedIn(version: Version, input: CallPropensityInput): Promise<Attributed> {
  if (!input.model) throw wrongCell("The report has no credit: name a `model` in it, or ask for another figure.");
  const query = {
    ...input,
    conversions: input.conversions ?? CALLS,
    touches: input.exposures ?? PAGE_VIEWS,
    measure: "COUNT" as const,
    container: "SESSION" as const,
    touchDedup: "NONE" as const,
  };
  return attributedIn(version, query, [input.model]);
}

function likeliestFirst(a: Exposed, b: Exposed): number {
  return (
    b.conversions / b.exposures - a.conversions / a.exposures || b.exposures - a.exposures || (a.item < b.item ? -1 : 1)
  );
}

interface Credits {
  credits: Map<string, ItemCredit> | null;
  isSplit: boolean;
}

function toRow(row: Exposed, { credits, isSplit }: Credits): CallPropensityRowType {
  const { exposures, conversions } = row;
  const credit = credits?.get(row.item);
  return {
    ...row,
    rate: conversions / exposures,
    ...wilson(conversions, exposures),
    credit: credits && (credit?.credit ?? 0),
    split: isSplit ? (credit?.split ?? []) : [],
  };
}

/** Wilson's interval for a rate, which stays within 0 and 1 and is honest about few exposures. */
function wilson(successes: number, trials: number): { rateLow: number; rateHigh: number } {
  const rate = successes / trials;
  const middle = rate + Z ** 2 / (2 * trials);
  const spread = Z * Math.sqrt((rate * (1 - rate)) / trials + Z ** 2 / (4 * trials ** 2));
  const scale = 1 + Z ** 2 / trials;
  return { rateLow: Math.max(0, (middle - spread) / scale), rateHigh: Math.min(1, (middle + spread) / scale) };
}
