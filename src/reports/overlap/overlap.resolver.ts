import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../request.ts";
import { readOverlap } from "./overlap.report.ts";
import { OverlapInput, OverlapReportType } from "./overlap.type.ts";

@Resolver()
export class OverlapResolver {
  @Query(() => OverlapReportType, { description: "How many customers are in the web data, in the calls, in both." })
  overlap(
    @Arg("input", () => OverlapInput, { description: "What to count, over which period." }) input: OverlapInput,
    @Ctx() { journeys }: RequestContext,
  ): Promise<OverlapReportType> {
    return readOverlap(journeys, input);
  }
}
