import { Field, InputType, Int } from "type-graphql";
import { DateTime } from "../facts/scalars.ts";
import type { Channel } from "../facts/vocabulary.ts";
import { ChannelEnum } from "../facts/vocabulary.type.ts";
import { LegInput } from "./leg-input.type.ts";

@InputType({
  description: "One leg of contact on any channel: every JAR variable under the name it has on Interaction.",
})
export class LogInteractionInput extends LegInput {
  @Field(() => ChannelEnum, { description: "JAR ChannelType." })
  channelType!: Channel;

  @Field(() => DateTime, { description: "JAR SessionStartTime: when the customer began this leg." })
  sessionStartTime!: Date;

  @Field(() => DateTime, { nullable: true, description: "JAR InteractionStartTime: when the agent or bot joined." })
  interactionStartTime?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "JAR InteractionEndTime: when the conversation ended." })
  interactionEndTime?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "JAR SessionEndTime: when the agent had finished, wrap-up included.",
  })
  sessionEndTime?: Date | null;

  @Field(() => Int, { nullable: true, description: "JAR SessionDuration; derived when left out." })
  sessionSeconds?: number | null;

  @Field(() => Int, { nullable: true, description: "JAR CustomerDuration; derived when left out." })
  customerSeconds?: number | null;

  @Field(() => Int, { nullable: true, description: "JAR AgentDuration; derived when left out." })
  agentSeconds?: number | null;

  @Field(() => Int, { nullable: true, description: "JAR InteractionDuration; derived when left out." })
  interactionSeconds?: number | null;

  @Field(() => String, { nullable: true, description: "JAR IntentCategory." })
  intentCategory?: string | null;

  @Field(() => String, { nullable: true, description: "JAR Intent: what the customer wanted." })
  intent?: string | null;

  @Field(() => String, { nullable: true, description: "JAR JourneyStep." })
  journeyStep?: string | null;

  @Field(() => ChannelEnum, {
    nullable: true,
    description: "JAR ChannelTypeTransferred: the channel it was handed to.",
  })
  channelTypeTransferred?: Channel | null;

  @Field(() => String, { nullable: true, description: "JAR AgentSkillIdTransferred." })
  agentSkillIdTransferred?: string | null;

  @Field(() => Boolean, { nullable: true, description: "JAR IsDigitalOffered: the IVR offered a digital channel." })
  isDigitalOffered?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "JAR IsDigitalAccepted: the customer took it." })
  isDigitalAccepted?: boolean | null;

  @Field(() => String, { nullable: true, description: "JAR ExitReasonCode." })
  exitReasonCode?: string | null;

  @Field(() => String, { nullable: true, description: "JAR InteractionNotes." })
  interactionNotes?: string | null;

  @Field(() => Boolean, { nullable: true, description: "JAR IsTransferredToSurvey." })
  isTransferredToSurvey?: boolean | null;

  @Field(() => String, { nullable: true, description: "The tracking number that was dialled." })
  trackingNumber?: string | null;
}
