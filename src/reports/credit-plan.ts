import type { PeriodInput } from "../facts/values.type.ts";
import { countedPlanOf } from "../journeys/counted.ts";
import { dimensionPlanOf } from "../journeys/dimension.ts";
import type { Version } from "../journeys/journeys.ts";
import { matcherPlanOf } from "../journeys/matcher.ts";
import { MINUTE_MS } from "../kit/time.ts";
import type { CreditPlan } from "./credit.fold.ts";
import type { CreditRule } from "./credit-rule.ts";
import type { AudienceInput, Container, DedupInput, Dimension, MatcherInput, Measure } from "./filter.type.ts";
import type { TouchDedup } from "./model.type.ts";
import { worthPlanOf } from "./worth.ts";

/** Which conversions, what each is worth, and which touches before it get credit. */
export interface CreditQuery {
  period: PeriodInput;
  conversions: MatcherInput;
  dedup?: DedupInput | null;
  measure: Measure;
  currency?: string | null;
  splitBy?: Dimension | null;
  container: Container;
  /** Unlimited when null. */
  lookbackMinutes?: number | null;
  sessionTimeoutMinutes: number;
  audience?: AudienceInput | null;
  touches: MatcherInput;
  exclude?: MatcherInput | null;
  dimension: Dimension;
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
  const { sessionTimeoutMinutes: timeoutMinutes, lookbackMinutes, splitBy, exclude } = query;
  const isSession = query.container === "SESSION";
  const conversions = await countedPlanOf(version, { ...query, matcher: query.conversions, timeoutMinutes });
  const worth = await worthPlanOf(version, query);
  return {
    conversions,
    worth,
    touch: {
      touches: matcherPlanOf(scope, query.touches),
      exclude: exclude ? matcherPlanOf(scope, exclude) : null,
      // A visit's campaign is a touch once, with its page: a call touches with what it names itself.
      item: dimensionPlanOf(dictionary, query.dimension, true),
      dedup: query.touchDedup,
    },
    split: splitBy ? dimensionPlanOf(dictionary, splitBy) : null,
    timeout: isSession ? timeoutMinutes * MINUTE_MS : Number.POSITIVE_INFINITY,
    lookback: lookbackMinutes == null ? Number.POSITIVE_INFINITY : lookbackMinutes * MINUTE_MS,
    rules: rules.filter((rule) => rule !== null),
    keepsPaths: rules.includes(null),
    texts: dictionary.texts.size,
  };
}
