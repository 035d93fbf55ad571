import { audiencePlanOf } from "../../journeys/audience.ts";
import type { BehindPage } from "../../journeys/behind.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import type { Journeys } from "../../journeys/journeys.ts";
import { matcherPlanOf } from "../../journeys/matcher.ts";
import { cutPlanOf } from "../../journeys/sender-sessions.ts";
import { facetPlansOf } from "../../journeys/values.ts";
import { AppError } from "../../kit/errors.ts";
import { MINUTE_MS } from "../../kit/time.ts";
import { checkBetween, checkPeriod, checkTimeout, MAX_WINDOW_MINUTES } from "../check.ts";
import { knownTo } from "../known.ts";
import { findBehind } from "../people.ts";
import type { PeopleReportType } from "../people.type.ts";
import { falloutBehind, falloutCellOf } from "./cell.ts";
import type { FalloutPeopleInput } from "./cell.type.ts";
import { type FalloutCount, type FalloutPlan, falloutFold } from "./fallout.fold.ts";
import type { FalloutInput, FalloutReportType, FalloutStepInput, FalloutStepType } from "./fallout.type.ts";

/** Steps of the longest path: further on, nobody is left. */
const MAX_STEPS = 20;
/** Matchers of one step: each of them is asked of every event. */
const MAX_MATCHERS = 20;

/** How many customers, or sessions, walk each part of an ordered path. What had not happened by `now` may yet. */
export async function readFallout(
  journeys: Journeys,
  input: FalloutInput,
  now = input.knownAt ?? new Date(),
): Promise<FalloutReportType> {
  return asked(journeys, input).answer(async (version) => {
    const [all, ...facets] = await version.fold(falloutFold, planOf(version.dictionary, input, now));
    return {
      steps: stepsOf(input, all!),
      facets: facets.map((paths, i) => ({ name: input.facets![i]!.name, steps: stepsOf(input, paths) })),
    };
  });
}

/** Who is behind one of its cells. */
export async function findFalloutPeople(
  journeys: Journeys,
  { report, cell }: FalloutPeopleInput,
  page: BehindPage,
  now = report.knownAt ?? new Date(),
): Promise<PeopleReportType> {
  return asked(journeys, report).answer((version) => {
    const plan = planOf(version.dictionary, report, now);
    return findBehind(version, { behind: falloutBehind, plan, cell: falloutCellOf(report, cell) }, page);
  });
}

function asked(journeys: Journeys, input: FalloutInput) {
  check(input);
  return knownTo(input, journeys);
}

function stepsOf(input: FalloutInput, paths: FalloutCount): FalloutStepType[] {
  const lines = linesOf(input, paths);
  return lines.map((line, i) => stepOf(line, lines[i - 1] ?? line, lines[0]!));
}

function planOf(dictionary: Dictionaries, input: FalloutInput, now: Date): FalloutPlan {
  const { period, steps, container, sessionTimeoutMinutes, withinMinutes, audience, facets } = input;
  const [from, to] = [period.from.getTime(), period.to.getTime()];
  const scope = { dictionary, until: to };
  return {
    from,
    to,
    until: Math.min(now.getTime(), to),
    within: limitOf(withinMinutes),
    strictly: input.strictly,
    reEntry: input.reEntry,
    ...cutPlanOf(container, sessionTimeoutMinutes),
    audience: audiencePlanOf(dictionary, audience, period),
    steps: steps.map((step) => ({
      anyOf: step.anyOf.map((matcher) => matcherPlanOf(scope, matcher)),
      immediately: step.immediately,
      within: limitOf(step.withinMinutes),
    })),
    facets: facets ? facetPlansOf(scope, facets) : [],
  };
}

const limitOf = (minutes: number | null | undefined): number =>
  minutes == null ? Number.POSITIVE_INFINITY : minutes * MINUTE_MS;

function check({ period, steps, sessionTimeoutMinutes, withinMinutes, includeAll, reEntry }: FalloutInput): void {
  checkPeriod(period);
  checkTimeout(sessionTimeoutMinutes);
  if (includeAll && reEntry) {
    throw new AppError(
      "BAD_INPUT",
      "With `reEntry` walks are counted, and everybody is no number of walks: leave out `includeAll`.",
      ["includeAll"],
    );
  }
  const least = includeAll ? 1 : 2;
  if (steps.length < least) {
    throw new AppError(
      "BAD_INPUT",
      "A fallout needs at least two steps: add one, or compare a single step with everybody by `includeAll`.",
      ["steps"],
    );
  }
  if (steps.length > MAX_STEPS) throw new AppError("BAD_INPUT", `Name at most ${MAX_STEPS} \`steps\`.`, ["steps"]);
  if (withinMinutes != null) checkWithin(withinMinutes, []);
  steps.forEach(checkStep);
}

function checkStep({ anyOf, immediately, withinMinutes }: FalloutStepInput, i: number): void {
  const path = ["steps", `${i}`];
  if (anyOf.length === 0) {
    throw new AppError("BAD_INPUT", "A step without a matcher is taken by nobody: name at least one in `anyOf`.", [
      ...path,
      "anyOf",
    ]);
  }
  if (anyOf.length > MAX_MATCHERS) {
    throw new AppError("BAD_INPUT", `Name at most ${MAX_MATCHERS} matchers in the \`anyOf\` of a step.`, [
      ...path,
      "anyOf",
    ]);
  }
  if (i === 0 && (immediately || withinMinutes != null)) {
    throw new AppError(
      "BAD_INPUT",
      "No step comes before the first: leave `immediately` and `withinMinutes` to the later ones.",
      path,
    );
  }
  if (withinMinutes != null) checkWithin(withinMinutes, path);
}

function checkWithin(withinMinutes: number, path: readonly string[]): void {
  checkBetween([...path, "withinMinutes"].join("."), withinMinutes, { least: 0, most: MAX_WINDOW_MINUTES });
}

interface Line {
  name: string;
  count: number;
  pending: number;
  median: number | null;
}

function linesOf(input: FalloutInput, { everybody, counts, pending, medians }: FalloutCount): Line[] {
  const steps = input.steps.map(({ name }, i) => ({
    name,
    count: counts[i]!,
    pending: pending[i]!,
    median: medians[i]!,
  }));
  return input.includeAll ? [{ name: baselineOf(input), count: everybody, pending: 0, median: null }, ...steps] : steps;
}

function baselineOf({ container }: FalloutInput): string {
  return container === "CUSTOMER" ? "All customers" : "All sessions";
}

function stepOf({ name, count, pending, median }: Line, before: Line, first: Line): FalloutStepType {
  return {
    name,
    count,
    ofFirst: share(count, first.count),
    ofPrevious: share(count, before.count),
    dropped: before.count - count - pending,
    pending,
    medianSecondsFromPrevious: median,
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
