import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Info, Query, Resolver } from "type-graphql";
import { selects } from "../kit/selects.ts";
import type { RequestContext } from "../request.ts";
import { readPeople } from "./people.report.ts";
import { PeoplePageArgs, PeopleReportType } from "./people.type.ts";
import { PeopleInput } from "./people-input.type.ts";

@Resolver()
export class PeopleResolver {
  @Query(() => PeopleReportType, {
    description:
      "The customers behind one figure of a report. The report's `knownAt` given back keeps its pages, and its figure, together. Whoever asks leaves a row in the audit log.",
  })
  people(
    @Arg("input", () => PeopleInput, { description: "The report, and which of its cells." }) input: PeopleInput,
    @Args(() => PeoplePageArgs) page: PeoplePageArgs,
    @Ctx() request: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PeopleReportType> {
    return readPeople(request, input, { ...page, withProfiles: selects(info, "nodes", "customer") });
  }
}
