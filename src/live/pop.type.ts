import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { POP_STATES, type PopState } from "../facts/live.ts";
import { enumOf } from "../kit/enum.ts";
import { maybe, sure } from "../kit/field.ts";
import { NodeType } from "../kit/page.type.ts";
import { DateTime, PhoneNumber } from "../kit/scalars.ts";

const PopStateEnum = enumOf(POP_STATES);
registerEnumType(PopStateEnum, {
  name: "PopState",
  description: "What a screen is told about a call.",
  valuesConfig: {
    RINGING: { description: "Show it." },
    TRANSFERRED_AWAY: { description: "Take it down: somebody else has the call." },
    ENDED: { description: "Take it down: the call is over, or was logged." },
    EXPIRED: { description: "Take it down: nobody took it up in time." },
  },
});

@ObjectType("ScreenPop", {
  implements: NodeType,
  simpleResolvers: true,
  description: "A call on an agent's screen. What was announced, withdrawn or ended comes as one message each.",
})
export class ScreenPopType implements NodeType {
  @Field(() => ID, sure("Identifies the pop: one call on one screen."))
  id!: string;

  @Field(
    () => ID,
    sure("The call's id; the interaction's, once the call is logged under the same source and sourceId."),
  )
  callId!: string;

  @Field(() => String, sure("Whose screen it is on."))
  agentId!: string;

  @Field(() => PopStateEnum, sure("What to do with it."))
  state!: PopState;

  @Field(() => DateTime, sure("When it was announced to this agent."))
  announcedAt!: Date;

  @Field(
    () => DateTime,
    sure("When it was sent, by announcedAt's clock: for a pop that begins to ring, the difference is what it took."),
  )
  sentAt!: Date;

  @Field(() => DateTime, maybe("When the agent took it up."))
  acknowledgedAt!: Date | null;

  @Field(() => DateTime, sure("When the telephone began to ring, as the sender says."))
  ringingAt!: Date;

  @Field(() => String, maybe("What the call is about, as far as the sender knows."))
  callReason!: string | null;

  @Field(() => PhoneNumber, maybe("The number that was dialled."))
  dialledNumber!: string | null;

  @Field(() => String, sure("System that announced the call: log it under the same source …"))
  source!: string;

  @Field(() => String, sure("… and the same id, and the pop is closed."))
  sourceId!: string;

  // Not part of the API: the resolvers of other fields use it.
  seq!: number;
  identityIds!: string[];
  isWithheld!: boolean;
  closedAt?: Date | null;
}

/** A pop as the statements of this folder answer it. */
export type PopRow = ScreenPopType;

@ObjectType("ScreenPopStep", { simpleResolvers: true, description: "One screen that a call has been on." })
export class ScreenPopStepType {
  @Field(() => String, sure("Whose screen."))
  agentId!: string;

  @Field(() => PopStateEnum, sure("What became of it there."))
  state!: PopState;

  @Field(() => DateTime, sure("From when."))
  announcedAt!: Date;

  @Field(() => DateTime, maybe("When that agent took it up."))
  acknowledgedAt!: Date | null;

  @Field(() => DateTime, maybe("Until when; null while it is there."))
  closedAt?: Date | null;
}
