import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../request.ts";
import { CallerLookupType, LookupCallerInput } from "./caller.type.ts";
import { lookUpCaller, noteLookUp } from "./lookup.ts";

@Resolver()
export class CallerResolver {
  @Query(() => CallerLookupType, {
    description:
      "Who is calling and where to send them, asked as the phone rings. Unknown and withheld callers get advice too.",
  })
  async lookupCaller(
    @Arg("input", () => LookupCallerInput, { description: "What the call shows." }) input: LookupCallerInput,
    @Ctx() request: RequestContext,
  ): Promise<CallerLookupType> {
    const answer = await lookUpCaller(request, input);
    noteLookUp(
      request,
      answer.candidates.map(({ customer }) => customer.id),
    );
    return answer;
  }
}
