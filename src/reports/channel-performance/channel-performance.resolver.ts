import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../request.ts";
import { readChannelPerformance } from "./channel-performance.report.ts";
import { ChannelPerformanceInput, ChannelPerformanceReportType } from "./channel-performance.type.ts";

@Resolver()
export class ChannelPerformanceResolver {
  @Query(() => ChannelPerformanceReportType, {
    description: "Which channels and campaigns bring calls, and what they are worth.",
  })
  channelPerformance(
    @Arg("input", () => ChannelPerformanceInput, { description: "What to count, over which period." })
    input: ChannelPerformanceInput,
    @Ctx() { journeys }: RequestContext,
  ): Promise<ChannelPerformanceReportType> {
    return readChannelPerformance(journeys, input);
  }
}
