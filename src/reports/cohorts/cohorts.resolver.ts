import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../request.ts";
import { readCohorts } from "./cohorts.report.ts";
import { CohortsInput, CohortsReportType } from "./cohorts.type.ts";

@Resolver()
export class CohortsResolver {
  @Query(() => CohortsReportType, { description: "Who comes back, by when they began: retention and churn." })
  cohorts(
    @Arg("input", () => CohortsInput, { description: "What to count, over which period." }) input: CohortsInput,
    @Ctx() { journeys }: RequestContext,
  ): Promise<CohortsReportType> {
    return readCohorts(journeys, input);
  }
}
