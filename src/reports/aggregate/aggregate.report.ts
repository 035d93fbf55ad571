import { audiencePlanOf } from "../../journeys/audience.ts";
import { countedPlanOf } from "../../journeys/counted.ts";
import type { Journeys, Version } from "../../journeys/journeys.ts";
import { type MatcherScope, matcherPlanOf } from "../../journeys/matcher.ts";
import { valuesPlanOf } from "../../journeys/values.ts";
import { AppError } from "../../kit/errors.ts";
import { HOUR_MS, MINUTE_MS } from "../../kit/time.ts";
import { bucketsOf, HOURS } from "../buckets.ts";
import { checkFirst, checkPeriod, checkTimeout, checkTimeZone } from "../check.ts";
import { knownTo } from "../known.ts";
import { type AggregatePlan, aggregateFold } from "./aggregate.fold.ts";
import type { AggregateInput, AggregateReportType } from "./aggregate.type.ts";
import type { AggregateGroupInput } from "./group.type.ts";
import type { GroupPlan } from "./groups.ts";
import { reportOf } from "./rows.ts";
import { MOST_COMBINATIONS } from "./tally.ts";
import type { UnitPlan } from "./units.ts";

/** Groups of one question: with more, every row is a single unit. */
const MAX_GROUPS = 5;

/** Stretches of the calendar of one question. */
const MAX_INTERVALS = 10_000;
const GROUPS: readonly (keyof AggregateGroupInput)[] = ["dimension", "carried", "facets", "interval"];

/** Units of any kind, by anything. */
export async function readAggregate(journeys: Journeys, input: AggregateInput): Promise<AggregateReportType> {
  check(input);
  return knownTo(input, journeys).answer(async (version) => {
    const plan = await planOf(version, input);
    const count = async (plan: AggregatePlan) => {
      const tally = await version.fold(aggregateFold, plan);
      if (!tally.isFull) return tally;
      throw new AppError(
        "LIMIT_EXCEEDED",
        `There are more than ${MOST_COMBINATIONS} combinations of these values: group by fewer, or by coarser ones.`,
        ["groupBy"],
      );
    };
    return reportOf(version.dictionary, { input, plan, count });
  });
}

async function planOf(version: Version, input: AggregateInput): Promise<AggregatePlan> {
  const { dictionary } = version;
  const scope = { dictionary, until: input.period.to.getTime() };
  return {
    units: await unitPlanOf(version, scope, input),
    groups: input.groupBy.map((group) => groupPlanOf(scope, group, input)),
    shown: null,
  };
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

function groupPlanOf(
  scope: MatcherScope,
  { dimension, carried, facets, interval }: AggregateGroupInput,
  { period, timeZone }: AggregateInput,
): GroupPlan {
  if (interval) {
    const hours = (period.to.getTime() - period.from.getTime()) / HOUR_MS;
    if (hours / HOURS[interval] > MAX_INTERVALS) {
      const message = `The period has more than ${MAX_INTERVALS} of this \`interval\`: take a longer one, or a shorter \`period\`.`;
      throw new AppError("BAD_INPUT", message, ["groupBy"]);
    }
    return { by: "INTERVAL", starts: bucketsOf({ period, interval, timeZone }).map(({ from }) => from) };
  }
  return { by: "VALUES", values: valuesPlanOf(scope, { dimension: dimension ?? "CHANNEL", carried, facets }) };
}

function check({ period, groupBy, first, timeZone, sessionTimeoutMinutes }: AggregateInput): void {
  checkPeriod(period);
  checkFirst(first);
  checkTimeZone(timeZone);
  checkTimeout(sessionTimeoutMinutes);
  if (groupBy.length > MAX_GROUPS) {
    throw new AppError("BAD_INPUT", `Group by at most ${MAX_GROUPS}; there are ${groupBy.length}.`, ["groupBy"]);
  }
  groupBy.forEach((group, place) => {
    const said = Object.entries(group).filter(([, value]) => value != null);
    if (said.length === 1) return;
    const remedy = `say one of \`${GROUPS.join("`, `")}\``;
    throw new AppError("BAD_INPUT", `Each of \`groupBy\` is along one thing: ${remedy}.`, ["groupBy", `${place}`]);
  });
}
