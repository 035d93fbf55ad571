import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../request.ts";
import { readAggregate } from "./aggregate.report.ts";
import { AggregateInput, AggregateReportType } from "./aggregate.type.ts";

@Resolver()
export class AggregateResolver {
  @Query(() => AggregateReportType, {
    description: "Customers, contacts, interactions, touchpoints or journeys: counted, and added up, by anything.",
  })
  aggregate(
    @Arg("input", () => AggregateInput, { description: "What to count, by what, over which period." })
    input: AggregateInput,
    @Ctx() { journeys }: RequestContext,
  ): Promise<AggregateReportType> {
    return readAggregate(journeys, input);
  }
}
