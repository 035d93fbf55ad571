import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../request.ts";
import { readFlow } from "./flow.report.ts";
import { FlowInput, FlowReportType } from "./flow.type.ts";

@Resolver()
export class FlowResolver {
  @Query(() => FlowReportType, { description: "What customers did just before and after something, such as a call." })
  flow(
    @Arg("input", () => FlowInput, { description: "What to count, over which period." }) input: FlowInput,
    @Ctx() { journeys }: RequestContext,
  ): Promise<FlowReportType> {
    return readFlow(journeys, input);
  }
}
