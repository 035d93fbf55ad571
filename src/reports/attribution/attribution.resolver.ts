import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../request.ts";
import { readAttribution } from "./attribution.report.ts";
import { AttributionInput, AttributionReportType } from "./attribution.type.ts";

@Resolver()
export class AttributionResolver {
  @Query(() => AttributionReportType, { description: "Which pages, or other touches, lead to calls." })
  attribution(
    @Arg("input", () => AttributionInput, { description: "What to count, over which period." }) input: AttributionInput,
    @Ctx() { journeys }: RequestContext,
  ): Promise<AttributionReportType> {
    return readAttribution(journeys, input);
  }
}
