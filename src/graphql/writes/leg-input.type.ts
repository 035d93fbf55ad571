import { Field, Float, InputType, Int } from "type-graphql";
import { IdentityInput } from "../../facts/values.type.ts";
import type { Direction, Outcome } from "../../fields/choices.ts";
import { DirectionEnum, OutcomeEnum } from "../../fields/choices.type.ts";
import { MoneyInput } from "../../fields/money.type.ts";
import { maybe, sure } from "../../kit/field.ts";
import { DateTime, JSONObject } from "../../kit/scalars.ts";

/** What a logged call and any other logged leg have in common. */
@InputType()
export class LegInput {
  @Field(() => String, sure("The system that sends the record, such as web or amazon-connect."))
  source!: string;

  @Field(() => String, sure("The sender's own id of the record: sending it again changes nothing."))
  sourceId!: string;

  @Field(() => DateTime, maybe("The sender's update time: a newer one replaces what was sent before."))
  revision?: Date | null;

  @Field(() => [IdentityInput], {
    defaultValue: [],
    description: "Who it was, by every identity that is known; at most 10.",
  })
  identities!: IdentityInput[];

  @Field(() => String, maybe("JAR UniversalSessionId: one id over all channels of a contact."))
  universalSessionId?: string | null;

  @Field(() => String, maybe("JAR SessionId: the id that one channel gave the session."))
  sessionId?: string | null;

  @Field(() => Int, maybe("JAR HoldTime: whole seconds on hold."))
  holdSeconds?: number | null;

  @Field(() => Int, maybe("JAR QueueTime: whole seconds in the queue."))
  queueSeconds?: number | null;

  @Field(() => String, maybe("JAR AgentId: who, or which bot, answered."))
  agentId?: string | null;

  @Field(() => String, maybe("JAR AgentSkillId."))
  agentSkillId?: string | null;

  @Field(() => String, maybe("JAR Department."))
  department?: string | null;

  @Field(() => String, maybe("JAR Team."))
  team?: string | null;

  @Field(() => Boolean, maybe("JAR IsResolved: what the customer wanted was settled."))
  isResolved?: boolean | null;

  @Field(() => Boolean, maybe("JAR IsTransferred."))
  isTransferred?: boolean | null;

  @Field(() => String, maybe("JAR AgentIdTransferred: whom it was handed to."))
  agentIdTransferred?: string | null;

  @Field(() => Float, maybe("JAR CSATScore: what the survey answered."))
  csatScore?: number | null;

  @Field(() => Float, maybe("The best score that the survey allowed, such as 5 or 10."))
  csatScaleMax?: number | null;

  @Field(() => Boolean, maybe("JAR IsCallBack: the company called back."))
  isCallBack?: boolean | null;

  @Field(() => String, maybe("JAR CallBackSessionId: the session in which the call back was asked for."))
  callBackSessionId?: string | null;

  @Field(() => DirectionEnum, maybe("Who called whom."))
  direction?: Direction | null;

  @Field(() => String, maybe("Why the customer called."))
  callReason?: string | null;

  @Field(() => String, maybe("Which call centre took it."))
  callCentreId?: string | null;

  @Field(() => OutcomeEnum, maybe("How it ended."))
  outcome?: Outcome | null;

  @Field(() => MoneyInput, maybe("What the contact cost."))
  cost?: MoneyInput | null;

  @Field(() => MoneyInput, maybe("What it earned."))
  revenue?: MoneyInput | null;

  @Field(() => String, maybe("The order or other transaction that it led to."))
  transactionId?: string | null;

  @Field(() => String, maybe("The campaign that brought it."))
  campaign?: string | null;

  @Field(() => String, maybe("The medium of that campaign."))
  medium?: string | null;

  @Field(() => JSONObject, maybe("Anything else that the sender knows."))
  metadata?: Record<string, unknown> | null;
}
