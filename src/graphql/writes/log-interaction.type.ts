import { Field, InputType, Int } from "type-graphql";
import type { Channel } from "../../fields/choices.ts";
import { ChannelEnum } from "../../fields/choices.type.ts";
import { maybe, sure } from "../../kit/field.ts";
import { DateTime } from "../../kit/scalars.ts";
import { LegInput } from "./leg-input.type.ts";

@InputType({
  description: "One leg of contact on any channel: every JAR variable under the name it has on Interaction.",
})
export class LogInteractionInput extends LegInput {
  @Field(() => ChannelEnum, sure("JAR ChannelType."))
  channelType!: Channel;

  @Field(() => DateTime, sure("JAR SessionStartTime: when the customer began this leg."))
  sessionStartTime!: Date;

  @Field(() => DateTime, maybe("JAR InteractionStartTime: when the agent or bot joined."))
  interactionStartTime?: Date | null;

  @Field(() => DateTime, maybe("JAR InteractionEndTime: when the conversation ended."))
  interactionEndTime?: Date | null;

  @Field(() => DateTime, maybe("JAR SessionEndTime: when the agent had finished, wrap-up included."))
  sessionEndTime?: Date | null;

  @Field(() => Int, maybe("JAR SessionDuration; derived when left out."))
  sessionSeconds?: number | null;

  @Field(() => Int, maybe("JAR CustomerDuration; derived when left out."))
  customerSeconds?: number | null;

  @Field(() => Int, maybe("JAR AgentDuration; derived when left out."))
  agentSeconds?: number | null;

  @Field(() => Int, maybe("JAR InteractionDuration; derived when left out."))
  interactionSeconds?: number | null;

  @Field(() => String, maybe("JAR IntentCategory."))
  intentCategory?: string | null;

  @Field(() => String, maybe("JAR Intent: what the customer wanted."))
  intent?: string | null;

  @Field(() => String, maybe("JAR JourneyStep."))
  journeyStep?: string | null;

  @Field(() => ChannelEnum, maybe("JAR ChannelTypeTransferred: the channel it was handed to."))
  channelTypeTransferred?: Channel | null;

  @Field(() => String, maybe("JAR AgentSkillIdTransferred."))
  agentSkillIdTransferred?: string | null;

  @Field(() => Boolean, maybe("JAR IsDigitalOffered: the IVR offered a digital channel."))
  isDigitalOffered?: boolean | null;

  @Field(() => Boolean, maybe("JAR IsDigitalAccepted: the customer took it."))
  isDigitalAccepted?: boolean | null;

  @Field(() => String, maybe("JAR ExitReasonCode."))
  exitReasonCode?: string | null;

  @Field(() => String, maybe("JAR InteractionNotes."))
  interactionNotes?: string | null;

  @Field(() => Boolean, maybe("JAR IsTransferredToSurvey."))
  isTransferredToSurvey?: boolean | null;

  @Field(() => String, maybe("The tracking number that was dialled."))
  trackingNumber?: string | null;
}
