import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../request.ts";
import { readMatchQuality } from "./match-quality.report.ts";
import { MatchQualityInput, MatchQualityReportType } from "./match-quality.type.ts";

@Resolver()
export class MatchQualityResolver {
  @Query(() => MatchQualityReportType, {
    description: "How many calls were tied to web visits, and what stitching added.",
  })
  matchQuality(
    @Arg("input", () => MatchQualityInput, { description: "What to count, over which period." })
    input: MatchQualityInput,
    @Ctx() { journeys }: RequestContext,
  ): Promise<MatchQualityReportType> {
    return readMatchQuality(journeys, input);
  }
}
