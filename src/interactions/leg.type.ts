import { Field, Float, Int, ObjectType } from "type-graphql";
import type { Channel } from "../fields/choices.ts";
import { ChannelEnum } from "../fields/choices.type.ts";
import { maybe, sure } from "../kit/field.ts";
import { DateTime, JSONObject } from "../kit/scalars.ts";

/** The variables of the journey analytics record (JAR), one leg a row, as columns bring them. */
@ObjectType({ simpleResolvers: true })
export abstract class LegType {
  @Field(() => ChannelEnum, sure("Channel of the leg. JAR: ChannelType."))
  channelType!: Channel;

  @Field(() => String, maybe("Id of the whole journey, the same on every channel. JAR: UniversalSessionId."))
  universalSessionId!: string | null;

  @Field(() => String, maybe("Id that the channel gave the session. JAR: SessionId."))
  sessionId!: string | null;

  @Field(() => String, maybe("Customer number that the leg itself carried. JAR: CUST_ID."))
  custId!: string | null;

  @Field(
    () => DateTime,
    sure("When the customer began the leg; of a visit, its first touchpoint. JAR: SessionStartTime."),
  )
  sessionStartTime!: Date;

  @Field(() => DateTime, maybe("When the agent or bot took it up. JAR: InteractionStartTime."))
  interactionStartTime!: Date | null;

  @Field(() => DateTime, maybe("When the conversation ended. JAR: InteractionEndTime."))
  interactionEndTime!: Date | null;

  @Field(
    () => DateTime,
    maybe(
      "When the agent was done, wrap-up included; of a visit, the end of its last touchpoint. JAR: SessionEndTime.",
    ),
  )
  sessionEndTime!: Date | null;

  @Field(() => Int, maybe("Seconds that the customer was on hold. JAR: HoldTime."))
  holdSeconds!: number | null;

  @Field(() => Int, maybe("Seconds that the customer waited in a queue. JAR: QueueTime."))
  queueSeconds!: number | null;

  @Field(() => String, maybe("Agent or bot who handled it. JAR: AgentId."))
  agentId!: string | null;

  @Field(() => String, maybe("Skill for which it was routed to the agent. JAR: AgentSkillId."))
  agentSkillId!: string | null;

  @Field(() => String, maybe("Department of the agent. JAR: Department."))
  department!: string | null;

  @Field(() => String, maybe("Team of the agent. JAR: Team."))
  team!: string | null;

  @Field(() => String, maybe("Group of intents that the intent belongs to. JAR: IntentCategory."))
  intentCategory!: string | null;

  @Field(() => String, maybe("What the customer wanted. JAR: Intent."))
  intent!: string | null;

  @Field(() => String, maybe("Step of the customer journey that the leg was part of. JAR: JourneyStep."))
  journeyStep!: string | null;

  @Field(() => Boolean, maybe("What the customer wanted was settled. JAR: IsResolved."))
  isResolved!: boolean | null;

  @Field(() => Boolean, maybe("The leg was handed on to another agent, skill or channel. JAR: IsTransferred."))
  isTransferred!: boolean | null;

  @Field(() => ChannelEnum, maybe("Channel that it was handed on to. JAR: ChannelTypeTransferred."))
  channelTypeTransferred!: Channel | null;

  @Field(() => String, maybe("Agent to whom it was handed on. JAR: AgentIdTransferred."))
  agentIdTransferred!: string | null;

  @Field(() => String, maybe("Skill to which it was handed on. JAR: AgentSkillIdTransferred."))
  agentSkillIdTransferred!: string | null;

  @Field(() => Boolean, maybe("The IVR offered to go on digitally. JAR: IsDigitalOffered."))
  isDigitalOffered!: boolean | null;

  @Field(() => Boolean, maybe("The customer took the digital offer of the IVR. JAR: IsDigitalAccepted."))
  isDigitalAccepted!: boolean | null;

  @Field(() => String, maybe("Why the leg ended, in the channel's code. JAR: ExitReasonCode."))
  exitReasonCode!: string | null;

  @Field(() => String, maybe("What the agent wrote down. JAR: InteractionNotes."))
  interactionNotes!: string | null;

  @Field(() => Boolean, maybe("The customer was sent on to a survey. JAR: IsTransferredToSurvey."))
  isTransferredToSurvey!: boolean | null;

  @Field(() => Float, maybe("Satisfaction that the customer stated, on the scale of csatScaleMax. JAR: CSATScore."))
  csatScore!: number | null;

  @Field(() => Float, maybe("Best score of the survey's scale."))
  csatScaleMax!: number | null;

  @Field(() => Boolean, maybe("The leg is a call back that the customer had asked for. JAR: IsCallBack."))
  isCallBack!: boolean | null;

  @Field(() => String, maybe("Session in which the call back was asked for. JAR: CallBackSessionId."))
  callBackSessionId!: string | null;

  @Field(() => JSONObject, maybe("Whatever else the sender said of the leg."))
  metadata!: Record<string, unknown> | null;
}
