import type { PeriodInput } from "../facts/values.type.ts";
import type { Container } from "../journeys/container.ts";
import { countedPlanOf } from "../journeys/counted.ts";
import { dimensionPlanOf } from "../journeys/dimension.ts";
import type { Version } from "../journeys/journeys.ts";
import { type MatcherPlan, type MatcherScope, matcherPlanOf } from "../journeys/matcher.ts";
import { cutPlanOf } from "../journeys/sender-sessions.ts";
import { type Along, mayBeSeveral, singlePlanOf, type ValuesPlan, valuesPlanOf } from "../journeys/values.ts";
import { AppError } from "../kit/errors.ts";
import { MINUTE_MS } from "../kit/time.ts";
import type { CarriedInput } from "./along.type.ts";
import type { CreditPlan } from "./credit.fold.ts";
import type { CreditRule } from "./credit-rule.ts";
import type { AudienceInput, DedupInput, Dimension, MatcherInput, Measure } from "./filter.type.ts";
import type { TouchDedup } from "./model.type.ts";
import { worthPlanOf } from "./worth.ts";

/** Which conversions, what each is worth, and which touches before it get credit. */
export interface CreditQuery extends Along {
  period: PeriodInput;
  conversions: MatcherInput;
  dedup?: DedupInput | null;
  measure: Measure;
  currency?: string | null;
  splitBy?: Dimension | null;
  splitByCarried?: CarriedInput | null;
  container: Container;
  /** Unlimited when null. */
  lookbackMinutes?: number | null;
  sessionTimeoutMinutes: number;
  audience?: AudienceInput | null;
  touches: MatcherInput;
  exclude?: MatcherInput | null;
  fallback?: MatcherInput | null;
  touchDedup: TouchDedup;
}

/** `null` among the rules stands for a model that sees every path before it weighs one. */
export async function creditPlanOf(
  version: Version,
  query: CreditQuery,
  rules: readonly (CreditRule | null)[],
): Promise<CreditPlan> {
  const { dictionary } = version;
  const scope = { dictionary, until: query.period.to.getTime() };
  const { sessionTimeoutMinutes: timeoutMinutes, lookbackMinutes, exclude } = query;
  const conversions = await countedPlanOf(version, { ...query, matcher: query.conversions, timeoutMinutes });
  const worth = await worthPlanOf(version, query);
  return {
    conversions,
    worth,
    touch: {
      touches: matcherPlanOf(scope, query.touches),
      exclude: exclude ? matcherPlanOf(scope, exclude) : null,
      fallback: query.fallback ? matcherPlanOf(scope, query.fallback) : null,
      item: itemPlanOf(scope, query, rules),
      dedup: query.touchDedup,
    },
    split: splitPlanOf(scope, query),
    ...cutPlanOf(query.container, timeoutMinutes),
    lookback: lookbackMinutes == null ? Number.POSITIVE_INFINITY : lookbackMinutes * MINUTE_MS,
    rules: rules.filter((rule) => rule !== null),
    stages: rules.flatMap((rule) => (rule === null ? [] : [stagesOf(scope, rule)])),
    keepsPaths: rules.includes(null),
    texts: dictionary.texts.size,
  };
}

function stagesOf(scope: MatcherScope, rule: CreditRule): MatcherPlan[] {
  return rule.kind === "STAGED" ? rule.stageEvents.map((event) => matcherPlanOf(scope, event)) : [];
}

/** What touches are added up by. A path is made of one value after the other. */
function itemPlanOf(scope: MatcherScope, query: CreditQuery, rules: readonly (CreditRule | null)[]): ValuesPlan {
  // A visit's campaign is a touch once, with its page: a call touches with what it names itself.
  const plan = valuesPlanOf(scope, query, true);
  if (mayBeSeveral(plan) && rules.includes(null)) {
    const message =
      "ALGORITHMIC and MARKOV learn from paths of one value after the other: name another model, or count by `dimension`.";
    throw new AppError("BAD_INPUT", message, ["models"]);
  }
  if (plan.by === "CARRIED" && mayBeSeveral(plan) && query.touchDedup !== "NONE") {
    throw new AppError("BAD_INPUT", "A touch carries ALL values at once: leave out `touchDedup`.", ["touchDedup"]);
  }
  return plan;
}

/** A conversion has one value to split by. */
function splitPlanOf(scope: MatcherScope, { splitBy, splitByCarried }: CreditQuery): ValuesPlan | null {
  if (!splitByCarried) return splitBy ? dimensionPlanOf(scope.dictionary, splitBy) : null;
  if (splitBy) {
    throw new AppError("BAD_INPUT", "Split by `splitBy` or by `splitByCarried`: leave one of them out.", ["splitBy"]);
  }
  return singlePlanOf(scope, splitByCarried, "splitByCarried");
}
