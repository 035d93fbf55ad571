import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { sure } from "../kit/field.ts";
import { cursorOf } from "../kit/page.ts";
import type { RequestContext } from "../request.ts";
import { CallerLookupType } from "./caller.type.ts";
import { lookUpAnnounced, noteLookUp } from "./lookup.ts";
import { stepsLoader } from "./pop.loader.ts";
import { type PopRow, ScreenPopStepType, ScreenPopType } from "./pop.type.ts";

@Resolver(() => ScreenPopType)
export class ScreenPopResolver {
  @FieldResolver(() => String, sure("Its place in the agent's stream: pass the last one received as `after`."))
  cursor(@Root() { seq }: PopRow): string {
    return cursorOf([seq]);
  }

  @FieldResolver(() => CallerLookupType, sure("Who is calling, looked up as the pop is sent."))
  async lookup(@Root() pop: PopRow, @Ctx() request: RequestContext): Promise<CallerLookupType> {
    const answer = await lookUpAnnounced(request, { ...pop, ivrIntent: pop.callReason });
    noteLookUp(
      request,
      answer.candidates.map(({ customer }) => customer.id),
    );
    return answer;
  }

  @FieldResolver(
    () => [ScreenPopStepType],
    sure("All the screens that the call has been on, in order: whom it came from."),
  )
  history(@Root() { callId }: PopRow, @Ctx() request: RequestContext): Promise<PopRow[]> {
    return request.once(stepsLoader).load(callId);
  }
}
