import type { BehindPage } from "../../journeys/behind.ts";
import type { Journeys, Version } from "../../journeys/journeys.ts";
import { AppError } from "../../kit/errors.ts";
import { knownTo } from "../known.ts";
import { findBehind } from "../people.ts";
import type { PeopleReportType } from "../people.type.ts";
import { type AggregatePlan, aggregateFold } from "./aggregate.fold.ts";
import type { AggregateInput, AggregateReportType } from "./aggregate.type.ts";
import { aggregateCellOf } from "./cell.ts";
import type { AggregatePeopleInput } from "./cell.type.ts";
import { checkAggregate } from "./check.ts";
import type { AggregateMeasureInput } from "./measure.type.ts";
import { aggregatePlanOf } from "./plan.ts";
import { type AggregateQuestion, reportOf } from "./rows.ts";
import { MOST_COMBINATIONS } from "./tally.ts";

const COUNT: readonly AggregateMeasureInput[] = [{ measure: "COUNT" }];

/** Units of any kind, by anything. */
export async function readAggregate(journeys: Journeys, input: AggregateInput): Promise<AggregateReportType> {
  checkAggregate(input);
  return knownTo(input, journeys).answer(async (version) =>
    reportOf(version.dictionary, await questionOf(version, input)),
  );
}

/** Who is behind one of its cells. */
export async function findAggregatePeople(
  journeys: Journeys,
  { report, cell }: AggregatePeopleInput,
  page: BehindPage,
): Promise<PeopleReportType> {
  checkAggregate(report);
  return knownTo(report, journeys).answer(async (version) => {
    const question = await questionOf(version, report);
    return findBehind(version, await aggregateCellOf(version.dictionary, question, cell), page);
  });
}

async function questionOf(version: Version, input: AggregateInput): Promise<AggregateQuestion> {
  const measures = input.measures ?? COUNT;
  const count = async (plan: AggregatePlan) => {
    const tally = await version.fold(aggregateFold, plan);
    if (!tally.isFull) return tally;
    const message = `There are more than ${MOST_COMBINATIONS} combinations of these values: group by fewer, or by coarser ones.`;
    throw new AppError("LIMIT_EXCEEDED", message, ["groupBy"]);
  };
  return { input, measures, plan: await aggregatePlanOf(version, input, measures), count };
}
