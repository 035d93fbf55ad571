import { Field, ID, InputType, ObjectType } from "type-graphql";
import { PeriodInput } from "../facts/values.type.ts";
import type { Channel, Direction, Outcome } from "../fields/choices.ts";
import { ChannelEnum, DirectionEnum, OutcomeEnum } from "../fields/choices.type.ts";
import { maybe, sure } from "../kit/field.ts";
import { connectionTypeOf, NodeType } from "../kit/page.type.ts";
import { DateTime } from "../kit/scalars.ts";
import { LegType } from "./leg.type.ts";

@ObjectType("Interaction", {
  implements: NodeType,
  simpleResolvers: true,
  description:
    "One leg of contact on one channel: a row of the journey analytics record (JAR) with the call columns, or a visit, made of the touchpoints that share a session.",
})
export class InteractionType extends LegType implements NodeType {
  @Field(() => ID, sure("Made from source and sourceId: the same on every replay."))
  id!: string;

  @Field(() => String, sure("System that sent it."))
  source!: string;

  @Field(() => String, sure("The sender's own id; of a visit, the sender's session id, else subject and day."))
  sourceId!: string;

  @Field(() => DateTime, maybe("The sender's time of the version that is shown."))
  revision!: Date | null;

  @Field(() => DateTime, sure("When it was stored here."))
  ingestedAt!: Date;

  @Field(() => DirectionEnum, maybe("Who called whom."))
  direction!: Direction | null;

  @Field(() => String, maybe("What the call was about, in the centre's words."))
  callReason!: string | null;

  @Field(() => String, maybe("Contact centre that took it."))
  callCentreId!: string | null;

  @Field(() => OutcomeEnum, maybe("How it ended."))
  outcome!: Outcome | null;

  @Field(() => String, maybe("Order or transaction that it led to."))
  transactionId!: string | null;

  @Field(() => String, maybe("Number that the customer dialled, in E.164 where it could be read."))
  trackingNumber!: string | null;

  @Field(() => String, maybe("Campaign that brought it."))
  campaign!: string | null;

  @Field(() => String, maybe("Medium of the campaign."))
  medium!: string | null;

  // Not shown: what the resolvers of the other fields go by.
  customerId!: string;
  subjectId!: string;
  isVisit!: boolean;
  suppliedSessionSeconds!: number | null;
  suppliedCustomerSeconds!: number | null;
  suppliedAgentSeconds!: number | null;
  suppliedInteractionSeconds!: number | null;
  costAmount!: string | null;
  costCurrency!: string | null;
  revenueAmount!: string | null;
  revenueCurrency!: string | null;
  notes!: DataQualityNoteType[] | null;
  matchStatus!: string | null;
  matchMethod!: string | null;
  matchConfidence!: number | null;
  matchPage!: string | null;
  matchUrl!: string | null;
  matchSeconds!: number | null;
}

/** An interaction as the statements of this room bring it. */
export type InteractionRow = InteractionType;

@ObjectType("DataQualityNote", {
  simpleResolvers: true,
  description: "Something about a record that is odd, but was no reason to refuse it.",
})
export class DataQualityNoteType {
  @Field(() => String, sure("The field that it is about."))
  field!: string;

  @Field(() => String, sure("What is odd."))
  message!: string;
}

export const InteractionConnectionType = connectionTypeOf("Interaction", InteractionType);

@InputType({ description: "Which interactions. Fields are ANDed, the values of a list are ORed." })
export class InteractionFilterInput {
  @Field(() => PeriodInput, maybe("Begun in this period."))
  period?: PeriodInput | null;

  @Field(() => [ChannelEnum], maybe("On one of these channels."))
  channels?: Channel[] | null;

  @Field(() => [String], maybe("Sent by one of these systems."))
  sources?: string[] | null;

  @Field(() => [String], maybe("Calls with one of these reasons."))
  callReasons?: string[] | null;

  @Field(() => [String], maybe("Handled by one of these agents."))
  agentIds?: string[] | null;

  @Field(() => [String], maybe("Handled by one of these teams."))
  teams?: string[] | null;

  @Field(() => [String], maybe("Handled by one of these departments."))
  departments?: string[] | null;

  @Field(() => [String], maybe("Taken by one of these contact centres."))
  callCentreIds?: string[] | null;

  @Field(() => [OutcomeEnum], maybe("Ended in one of these ways."))
  outcomes?: Outcome[] | null;

  @Field(() => Boolean, maybe("Settled, or explicitly not; interactions that do not say are neither."))
  isResolved?: boolean | null;
}
