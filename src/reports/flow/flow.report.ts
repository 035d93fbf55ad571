import { isDeepStrictEqual } from "node:util";
import type { BehindPage } from "../../journeys/behind.ts";
import { countedPlanOf } from "../../journeys/counted.ts";
import type { Journeys, Version } from "../../journeys/journeys.ts";
import { matcherPlanOf } from "../../journeys/matcher.ts";
import { AppError } from "../../kit/errors.ts";
import { byText } from "../../kit/order.ts";
import { MINUTE_MS } from "../../kit/time.ts";
import { checkBetween, checkPeriod, checkTimeout } from "../check.ts";
import { knownTo } from "../known.ts";
import { findBehind } from "../people.ts";
import type { PeopleReportType } from "../people.type.ts";
import { type FlowAlong, flowAlongOf, flowValuesOf } from "./along.ts";
import { flowBehind, flowCellOf } from "./cell.ts";
import type { FlowPeopleInput } from "./cell.type.ts";
import { drawn, type TextOf } from "./drawing.ts";
import { type FlowPlan, type FlowValues, flowFold, flowValuesFold } from "./flow.fold.ts";
import type { FlowInput, FlowReportType } from "./flow.type.ts";
import type { PathsPlan } from "./paths.ts";

/** Columns on each side of the anchor that still make a picture. */
const MAX_STEPS = 5;
/** Nodes of a column that still make a picture. */
const MAX_ITEMS = 10;

/** The paths through the anchor, a node for each value at each step. */
export async function readFlow(journeys: Journeys, input: FlowInput): Promise<FlowReportType> {
  return asked(journeys, input).answer(async (version) => {
    const plan = await planOf(version, directed(input));
    return drawn(plan, await version.fold(flowFold, plan), textsOf(version));
  });
}

/** Who is behind one of its cells. */
export async function findFlowPeople(
  journeys: Journeys,
  { report, cell }: FlowPeopleInput,
  page: BehindPage,
): Promise<PeopleReportType> {
  return asked(journeys, report).answer(async (version) => {
    const plan = await planOf(version, directed(report));
    return findBehind(version, { behind: flowBehind, plan, cell: flowCellOf(plan, cell, textsOf(version)) }, page);
  });
}

function asked(journeys: Journeys, input: FlowInput) {
  check(directed(input));
  return knownTo(input, journeys, input.container === "SESSION" ? 0 : Number.POSITIVE_INFINITY);
}

const textsOf =
  ({ dictionary }: Version): TextOf =>
  (value) =>
    dictionary.texts.of(value)!;

async function planOf(version: Version, query: FlowInput): Promise<FlowPlan> {
  const paths = await pathsPlanOf(version, query);
  const values = await version.fold(flowValuesFold, paths);
  const [most, textOf] = [query.itemsPerStep, textsOf(version)];
  return { paths, most, shown: values.map((counts) => mostFrequent(counts, { most, textOf })) };
}

async function pathsPlanOf(version: Version, input: FlowInput): Promise<PathsPlan> {
  const { dictionary } = version;
  const { anchor, sessionTimeoutMinutes, exclude, container, countBy, occurrence, includeRepeats } = input;
  const scope = { dictionary, until: input.period.to.getTime() };
  const alongs = alongsOf(input);
  const sideOf = (along: FlowAlong, steps: number) => ({
    steps,
    values: flowValuesOf(scope, along),
    isOfAnchor: isDeepStrictEqual(flowAlongOf(along), flowAlongOf(alongs.anchor)),
  });
  return {
    anchors: await countedPlanOf(version, { ...input, ...anchor, timeoutMinutes: sessionTimeoutMinutes }),
    anchor: flowValuesOf(scope, alongs.anchor),
    before: sideOf(alongs.before, input.stepsBefore),
    after: sideOf(alongs.after, input.stepsAfter),
    exclude: exclude ? matcherPlanOf(scope, exclude) : null,
    container,
    timeout: sessionTimeoutMinutes * MINUTE_MS,
    countBy,
    occurrence,
    includeRepeats,
  };
}

/** What the nodes are told apart by: of the anchor, before it and after it. */
function alongsOf(input: FlowInput): Record<"anchor" | "before" | "after", FlowAlong> {
  const { dimensionBefore, carriedBefore, attributeBefore, dimensionAfter, carriedAfter, attributeAfter } = input;
  const named = (carried: string, attribute: string) => ({ names: { carried, attribute } });
  return {
    anchor: { ...input.anchor, ...named("anchor.carried", "anchor.attribute") },
    before: {
      ...{ dimension: dimensionBefore, carried: carriedBefore, attribute: attributeBefore },
      ...named("carriedBefore", "attributeBefore"),
    },
    after: {
      ...{ dimension: dimensionAfter, carried: carriedAfter, attribute: attributeAfter },
      ...named("carriedAfter", "attributeAfter"),
    },
  };
}

/** The values of a place that are shown, the most frequent first. */
function mostFrequent(counts: FlowValues[number], { most, textOf }: { most: number; textOf: TextOf }): number[] {
  return [...counts]
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || byText(textOf(a), textOf(b)))
    .slice(0, most)
    .map(([value]) => value);
}

/** A flow that starts with its anchor has nothing before it, one that ends with it nothing after. */
function directed(input: FlowInput): FlowInput {
  switch (input.anchor.position) {
    case "STARTS_WITH":
      return { ...input, stepsBefore: 0 };
    case "ENDS_WITH":
      return { ...input, stepsAfter: 0 };
    case "CONTAINS":
      return input;
  }
}

function check({ period, stepsBefore, stepsAfter, itemsPerStep, sessionTimeoutMinutes }: FlowInput): void {
  checkPeriod(period);
  checkTimeout(sessionTimeoutMinutes);
  checkBetween("stepsBefore", stepsBefore, { least: 0, most: MAX_STEPS });
  checkBetween("stepsAfter", stepsAfter, { least: 0, most: MAX_STEPS });
  checkBetween("itemsPerStep", itemsPerStep, { least: 1, most: MAX_ITEMS });
  if (stepsBefore + stepsAfter === 0) {
    throw new AppError(
      "BAD_INPUT",
      "A flow needs a step besides its anchor: ask for one by `stepsBefore` or `stepsAfter`, on the side that `position` shows.",
      ["stepsBefore"],
    );
  }
}
