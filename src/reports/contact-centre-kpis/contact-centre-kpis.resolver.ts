import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { paced } from "../../kit/paced.ts";
import type { RequestContext } from "../../request.ts";
import { readContactCentreKpis } from "./contact-centre-kpis.report.ts";
import { KpiInput, KpiReportType } from "./contact-centre-kpis.type.ts";
import { KpiRowType } from "./kpi-row.type.ts";
import { keptToOwnRows } from "./own-rows.ts";

@Resolver(() => KpiReportType)
export class ContactCentreKpisResolver {
  @Query(() => KpiReportType, { description: "How the contact centre does: every key figure, by group and over time." })
  contactCentreKpis(
    @Arg("input", () => KpiInput, { description: "What to count, over which period." }) input: KpiInput,
    @Ctx() { journeys, viewer }: RequestContext,
  ): Promise<KpiReportType> {
    return readContactCentreKpis(journeys, keptToOwnRows(input, viewer));
  }

  // A day's row has two hundred values, and a question may have thousands of rows.
  @FieldResolver(() => [KpiRowType])
  rows(@Root() { rows }: KpiReportType): (KpiRowType | Promise<KpiRowType>)[] {
    return paced(rows);
  }
}
