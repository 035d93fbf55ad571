import { attributePlanOf } from "../../journeys/attribute.ts";
import { audiencePlanOf } from "../../journeys/audience.ts";
import { countedPlanOf } from "../../journeys/counted.ts";
import type { Version } from "../../journeys/journeys.ts";
import { type MatcherScope, matcherPlanOf } from "../../journeys/matcher.ts";
import { valuesPlanOf } from "../../journeys/values.ts";
import { MINUTE_MS } from "../../kit/time.ts";
import { bucketsOf } from "../buckets.ts";
import type { AggregatePlan } from "./aggregate.fold.ts";
import type { AggregateInput } from "./aggregate.type.ts";
import type { AggregateGroupInput } from "./group.type.ts";
import type { GroupPlan } from "./groups.ts";
import type { AggregateMeasureInput } from "./measure.type.ts";
import type { MeasurePlan } from "./measures.ts";
import { numberPlanOf } from "./numbers.ts";
import type { UnitPlan } from "./units.ts";

/** A question in numbers of the dictionaries. */
export async function aggregatePlanOf(
  version: Version,
  input: AggregateInput,
  measures: readonly AggregateMeasureInput[],
): Promise<AggregatePlan> {
  const scope = { dictionary: version.dictionary, until: input.period.to.getTime() };
  const plans: MeasurePlan[] = [];
  for (const measure of measures) plans.push(await measurePlanOf(version, scope, measure));
  const groups: GroupPlan[] = [];
  for (const group of input.groupBy) groups.push(await groupPlanOf(version, scope, { group, input }));
  return { units: await unitPlanOf(version, scope, input), groups, measures: plans, shown: null };
}

async function unitPlanOf(version: Version, scope: MatcherScope, input: AggregateInput): Promise<UnitPlan> {
  const { period, matcher, audience, sessionTimeoutMinutes: timeoutMinutes } = input;
  const counting = { period, matcher, audience, timeoutMinutes, isOfLegs: true };
  const once = { scope: "UNIVERSAL_SESSION", keep: "FIRST" } as const;
  return {
    of: input.of,
    from: period.from.getTime(),
    to: period.to.getTime(),
    matcher: matcherPlanOf(scope, matcher),
    audience: audiencePlanOf(version.dictionary, audience, period),
    contacts: input.of === "CONTACTS" ? await countedPlanOf(version, { ...counting, dedup: once }) : null,
    timeout: timeoutMinutes * MINUTE_MS,
  };
}

async function groupPlanOf(
  version: Version,
  scope: MatcherScope,
  { group, input }: { group: AggregateGroupInput; input: AggregateInput },
): Promise<GroupPlan> {
  const { dimension, carried, facets, attribute, interval } = group;
  const { period, timeZone } = input;
  if (interval) return { by: "INTERVAL", starts: bucketsOf({ period, interval, timeZone }).map(({ from }) => from) };
  if (attribute && isNumber(attribute))
    return { by: "NUMBER", number: await numberPlanOf(version, attribute.attribute) };
  return {
    by: "VALUES",
    values: valuesPlanOf(scope, { dimension: dimension ?? "CHANNEL", carried, facets, attribute }),
  };
}

/** Whether each of its numbers is a row of its own. */
export const isNumber = ({ attribute, bounds }: { attribute: string; bounds?: unknown }): boolean =>
  bounds == null && attributePlanOf(attribute).is === "NUMBER";

async function measurePlanOf(
  version: Version,
  scope: MatcherScope,
  { measure, number, attribute, dimension, percentile }: AggregateMeasureInput,
): Promise<MeasurePlan> {
  if (measure === "CUSTOMERS") return { of: "CUSTOMERS" };
  if (measure === "DISTINCT") {
    if (attribute && isNumber({ attribute })) {
      return { of: "VALUES", values: { by: "NUMBER", number: await numberPlanOf(version, attribute) } };
    }
    const along = { dimension: dimension ?? "CHANNEL", attribute: attribute ? { attribute } : null };
    return { of: "VALUES", values: { by: "VALUES", values: valuesPlanOf(scope, along) } };
  }
  if (number == null && attribute == null) return { of: "UNITS" };
  const share = measure === "MEDIAN" ? 0.5 : measure === "PERCENTILE" ? percentile! : null;
  const plan = number ? ({ by: number } as const) : await numberPlanOf(version, attribute!);
  return { of: "NUMBER", number: plan, share };
}
