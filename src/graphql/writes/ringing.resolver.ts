import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import { maybe } from "../../kit/field.ts";
import { popLoader } from "../../live/pop.loader.ts";
import { type PopRow, ScreenPopType } from "../../live/pop.type.ts";
import { checkAgent, maySeePopsOf } from "../../live/pop-access.ts";
import type { RequestContext } from "../../request.ts";
import type { GraphqlContext } from "../context.ts";
import { orFaults } from "./faults.ts";
import { AnnounceCallInput, AnnounceCallPayloadType } from "./ringing.type.ts";

const CALL_ID = { description: "The call's id, as announceCall gave it." };

/** Calls on agents' screens: announced, moved, taken up and ended. */
@Resolver(() => AnnounceCallPayloadType)
export class RingingResolver {
  @Mutation(() => AnnounceCallPayloadType, {
    description: "Lets a call ring on an agent's screen. Announcing the same call again pops nothing new.",
  })
  announceCall(
    @Arg("input", () => AnnounceCallInput, { description: "The call." }) input: AnnounceCallInput,
    @Ctx() { announcer, viewer }: GraphqlContext,
  ): Promise<AnnounceCallPayloadType> {
    return orFaults(() => announcer.announce(input, viewer), NOTHING);
  }

  @Mutation(() => AnnounceCallPayloadType, {
    description: "Takes a call off the screen that it is on and lets it ring on another's.",
  })
  transferCall(
    @Arg("callId", () => ID, CALL_ID) callId: string,
    @Arg("agentId", () => String, { description: "Who gets it." }) agentId: string,
    @Ctx() { announcer, viewer }: GraphqlContext,
  ): Promise<AnnounceCallPayloadType> {
    return orFaults(() => announcer.transfer(callId, agentId, viewer), NOTHING);
  }

  @Mutation(() => AnnounceCallPayloadType, {
    description: "Takes a call off the screen that it is on: it is over. Logging it under the same key does that too.",
  })
  endCall(
    @Arg("callId", () => ID, CALL_ID) callId: string,
    @Ctx() { announcer, viewer }: GraphqlContext,
  ): Promise<AnnounceCallPayloadType> {
    return orFaults(() => announcer.end(callId, viewer), NOTHING);
  }

  @Mutation(() => AnnounceCallPayloadType, {
    description: "Says that the agent has taken the call up: the pop then stays until the call ends.",
  })
  acknowledgePop(
    @Arg("popId", () => ID, { description: "The pop's id." }) popId: string,
    @Ctx() { announcer, viewer }: GraphqlContext,
  ): Promise<AnnounceCallPayloadType> {
    checkAgent(viewer, viewer.agentId ?? "");
    return orFaults(() => announcer.acknowledge(popId, (agentId) => maySeePopsOf(viewer, agentId)), NOTHING);
  }

  @FieldResolver(() => ScreenPopType, maybe("The pop as it stands; null when the call is on no screen."))
  async pop(@Root() { popId }: AnnounceCallPayloadType, @Ctx() request: RequestContext): Promise<PopRow | null> {
    return popId ? request.once(popLoader).load(popId) : null;
  }
}

const NOTHING = { callId: null, popId: null };
