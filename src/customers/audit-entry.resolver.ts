import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import type { Connection } from "../kit/page.ts";
import { PageArgs } from "../kit/page.type.ts";
import type { RequestContext } from "../request.ts";
import { listAuditEntries } from "./audit-entry.ts";
import { AuditEntryConnectionType, type AuditEntryRow, AuditFilterInput } from "./audit-entry.type.ts";

@Resolver()
export class AuditEntryResolver {
  @Query(() => AuditEntryConnectionType, {
    description:
      "Who looked at whom, and who decided what, the latest first. A look is stored before it is answered, but of a menu whose time is up; decisions and forgettings in their own transaction.",
  })
  audit(
    @Arg("filter", () => AuditFilterInput, { nullable: true, description: "Which entries; all when left out." })
    filter: AuditFilterInput | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() request: RequestContext,
  ): Promise<Connection<AuditEntryRow>> {
    return listAuditEntries(request, filter ?? {}, page);
  }
}
