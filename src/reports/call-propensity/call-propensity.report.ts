import { audiencePlanOf } from "../../journeys/audience.ts";
import type { Journeys, Version } from "../../journeys/journeys.ts";
import { matcherPlanOf } from "../../journeys/matcher.ts";
import { valuesPlanOf } from "../../journeys/values.ts";
import { AppError } from "../../kit/errors.ts";
import { keyBy } from "../../kit/group.ts";
import { MINUTE_MS } from "../../kit/time.ts";
import { namesAlong } from "../along.type.ts";
import { checkBetween, checkFirst, checkPeriod, checkTimeout, MAX_WINDOW_MINUTES } from "../check.ts";
import { creditFold } from "../credit.fold.ts";
import { creditPlanOf } from "../credit-plan.ts";
import { creditRuleOf } from "../credit-rule.ts";
import { pathCredits, ruleCredits } from "../item-credit.ts";
import { knownTo } from "../known.ts";
import type { ItemCredit } from "../learned.ts";
import { callPropensityFold } from "./call-propensity.fold.ts";
import type { CallPropensityInput, CallPropensityReportType, CallPropensityRowType } from "./call-propensity.type.ts";
import { type Exposed, exposedOf } from "./exposed.ts";
import type { CallPropensityPlan } from "./tally.ts";

/** Standard deviations that 95 % of a normal distribution lie within. */
const Z = 1.959963984540054;

const PAGE_VIEWS = { kinds: ["PAGE_VIEW" as const] };
const CALLS = { kinds: ["CALL" as const] };

/** Of the sessions with each item, the share that a call followed, and what a model credits to it. */
export async function readCallPropensity(
  journeys: Journeys,
  input: CallPropensityInput,
): Promise<CallPropensityReportType> {
  check(input);
  const rule = input.model && creditRuleOf(input.model);
  return knownTo(input, journeys).answer(async (version) => {
    const plan = planOf(version, input);
    const tally = await version.fold(callPropensityFold, plan);
    const { texts } = version.dictionary;
    const credits = rule === undefined || !input.model ? null : await findCredits(version, input);
    const shown = exposedOf(tally, plan, { texts, nameOf: namesAlong(version.dictionary, input.facets) })
      .filter(({ exposures }) => exposures >= input.minimumExposures)
      .sort(likeliestFirst)
      .slice(0, input.first);
    return {
      rows: shown.map((row) => toRow(row, { credits, isSplit: Boolean(input.splitBy || input.splitByCarried) })),
      overallRate: tally.sessions === 0 ? null : tally.converted / tally.sessions,
    };
  });
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
  const model = input.model!;
  const query = {
    ...input,
    conversions: input.conversions ?? CALLS,
    touches: input.exposures ?? PAGE_VIEWS,
    measure: "COUNT" as const,
    container: "SESSION" as const,
    touchDedup: "NONE" as const,
  };
  const rule = creditRuleOf(model);
  const plan = await creditPlanOf(version, query, [rule]);
  const { dictionary } = version;
  const names = { texts: dictionary.texts, nameOf: namesAlong(dictionary, input.facets) };
  const credited = { ...names, plan, tally: await version.fold(creditFold, plan) };
  const credits = rule === null ? await pathCredits(version, credited.tally, model.kind) : ruleCredits(credited, 0);
  return keyBy(credits, ({ item }) => item);
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
