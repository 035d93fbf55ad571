import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../request.ts";
import { readFallout } from "./fallout.report.ts";
import { FalloutInput, FalloutReportType } from "./fallout.type.ts";

@Resolver()
export class FalloutResolver {
  @Query(() => FalloutReportType, { description: "Where customers leave an ordered path." })
  fallout(
    @Arg("input", () => FalloutInput, { description: "What to count, over which period." }) input: FalloutInput,
    @Ctx() { journeys }: RequestContext,
  ): Promise<FalloutReportType> {
    return readFallout(journeys, input);
  }
}
