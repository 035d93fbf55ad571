import type { Journeys } from "../../journeys/journeys.ts";
import { AppError } from "../../kit/errors.ts";
import { knownTo } from "../known.ts";
import { type AggregatePlan, aggregateFold } from "./aggregate.fold.ts";
import type { AggregateInput, AggregateReportType } from "./aggregate.type.ts";
import { checkAggregate } from "./check.ts";
import type { AggregateMeasureInput } from "./measure.type.ts";
import { aggregatePlanOf } from "./plan.ts";
import { reportOf } from "./rows.ts";
import { MOST_COMBINATIONS } from "./tally.ts";

const COUNT: readonly AggregateMeasureInput[] = [{ measure: "COUNT" }];

/** Units of any kind, by anything. */
export async function readAggregate(journeys: Journeys, input: AggregateInput): Promise<AggregateReportType> {
  checkAggregate(input);
  const measures = input.measures ?? COUNT;
  return knownTo(input, journeys).answer(async (version) => {
    const count = async (plan: AggregatePlan) => {
      const tally = await version.fold(aggregateFold, plan);
      if (!tally.isFull) return tally;
      const message = `There are more than ${MOST_COMBINATIONS} combinations of these values: group by fewer, or by coarser ones.`;
      throw new AppError("LIMIT_EXCEEDED", message, ["groupBy"]);
    };
    const plan = await aggregatePlanOf(version, input, measures);
    return reportOf(version.dictionary, { input, measures, plan, count });
  });
}
