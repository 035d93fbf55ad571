import { Field, Float, Int, ObjectType } from "type-graphql";
import { maybe, sure } from "../../kit/field.ts";

// What is not known is not zero: a contact that does not say what a figure needs is in neither part of its fraction, and
// counted here.

@ObjectType("Coverage", {
  simpleResolvers: true,
  description:
    "How many legs or contacts, by the figure's unit, say what it needs, of all that it is about. The others are left out of it.",
})
export class CoverageType {
  @Field(() => Int, sure("Those that say what the figure needs."))
  known!: number;

  @Field(() => Int, sure("Those that the figure is about, and those that do not say whether it is about them."))
  eligible!: number;

  @Field(() => Float, maybe("The one by the other, 0 to 1; null where the figure is about none."))
  share!: number | null;
}

/** The figures of a row that something may be missing for, and what each needs. */
export const NEEDS = {
  averageHandleSeconds:
    "AgentDuration; else the answer and the end of wrap-up. Where agents have none, send the end of the call as the end of wrap-up.",
  averageTalkSeconds: "The conversation (InteractionDuration, or the answer and its end) and HoldTime.",
  averageHoldSeconds: "HoldTime.",
  averageHoldSecondsAllContacts: "HoldTime.",
  averageWrapUpSeconds: "InteractionEndTime and SessionEndTime.",
  averageSpeedOfAnswerSeconds: "QueueTime; else the start and the answer.",
  averageAbandonSeconds: "QueueTime; else the start and the end.",
  maxQueueSeconds: "QueueTime, or the times that tell it.",
  abandonmentRate: "How the contact ended: its outcome, an answer or an agent.",
  transferRate: "IsTransferred, or the outcome HANDLED or TRANSFERRED_OUT.",
  callbackRate: "How the contact ended.",
  callbackCompletionRate: "How the contact ended.",
  escalationRate: "IsTransferred, or the outcome TRANSFERRED_OUT, CONTAINED or ABANDONED.",
  containmentRate: "The same as `escalationRate`.",
  functionalContainmentRate: "Besides, IsResolved, and the intents of the customer's later contacts.",
  repeatCallerRate: "Who called.",
  digitalOfferedRate: "IsDigitalOffered.",
  digitalAcceptedRate: "IsDigitalOffered and IsDigitalAccepted.",
  netDeflectionRate: "Besides, how the customer's later contacts ended.",
  averageCsat: "CSATScore and its scale.",
  csatTopTwoBox: "CSATScore and its scale.",
  surveyResponseRate: "CSATScore, or IsTransferredToSurvey.",
  costPerContact: "The cost of each leg.",
  contactRate: "Whose contact it was.",
  channelSwitchRate: "UniversalSessionId, a contact key or a session.",
} as const;
type CoveredFigure = keyof typeof NEEDS;

@ObjectType("KpiCoverage", { simpleResolvers: true, description: "For each figure of the row, how much is known." })
export class KpiCoverageType {}
for (const [figure, needs] of Object.entries(NEEDS)) {
  Field(() => CoverageType, sure(`Needed: ${needs}`))(KpiCoverageType.prototype, figure);
}

/** The coverage of every figure by its name. */
export type KpiCoverage = Readonly<Record<CoveredFigure, CoverageType>>;
