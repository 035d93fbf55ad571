import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../request.ts";
import { readCallPropensity } from "./call-propensity.report.ts";
import { CallPropensityInput, CallPropensityReportType } from "./call-propensity.type.ts";

@Resolver()
export class CallPropensityResolver {
  @Query(() => CallPropensityReportType, { description: "Which sections make people call, by percentage." })
  callPropensity(
    @Arg("input", () => CallPropensityInput, { description: "What to count, over which period." })
    input: CallPropensityInput,
    @Ctx() { journeys }: RequestContext,
  ): Promise<CallPropensityReportType> {
    return readCallPropensity(journeys, input);
  }
}
