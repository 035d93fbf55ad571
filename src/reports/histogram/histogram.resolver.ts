import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../request.ts";
import { readHistogram } from "./histogram.report.ts";
import { HistogramInput, HistogramReportType } from "./histogram.type.ts";

@Resolver()
export class HistogramResolver {
  @Query(() => HistogramReportType, {
    description: "How many customers called once, twice, six times or more, or never.",
  })
  histogram(
    @Arg("input", () => HistogramInput, { description: "What to count, over which period." }) input: HistogramInput,
    @Ctx() { journeys }: RequestContext,
  ): Promise<HistogramReportType> {
    return readHistogram(journeys, input);
  }
}
