import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../request.ts";
import { readContactCentreKpis } from "./contact-centre-kpis.report.ts";
import { KpiInput, KpiReportType } from "./contact-centre-kpis.type.ts";

@Resolver()
export class ContactCentreKpisResolver {
  @Query(() => KpiReportType, { description: "How the contact centre does: every key figure, by group and over time." })
  contactCentreKpis(
    @Arg("input", () => KpiInput, { description: "What to count, over which period." }) input: KpiInput,
    @Ctx() { journeys }: RequestContext,
  ): Promise<KpiReportType> {
    return readContactCentreKpis(journeys, input);
  }
}
