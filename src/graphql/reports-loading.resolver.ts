import { Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../request.ts";
import { ReportsLoadingType } from "./reports-loading.type.ts";

@Resolver()
export class ReportsLoadingResolver {
  @Query(() => ReportsLoadingType, {
    nullable: true,
    description:
      "Whether the instance that answers is reading what reports are about, as each does when its first report is asked for: how far it is, null while it reads nothing. `/readyz` says the same.",
  })
  reportsLoading(@Ctx() { journeys }: RequestContext): ReportsLoadingType | null {
    const loading = journeys.loading();
    return loading && { rows: loading.rows, expectedRows: loading.of, seconds: loading.seconds };
  }
}
