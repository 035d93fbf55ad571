import { Field, Float, Int, ObjectType } from "type-graphql";
import { MoneyType } from "../../fields/money.type.ts";
import { maybe, sure } from "../../kit/field.ts";
import { DateTime } from "../../kit/scalars.ts";
import { type Allocation, AllocationEnum } from "../along.type.ts";
import { type Dimension, DimensionEnum } from "../filter.type.ts";
import { type KpiCoverage, KpiCoverageType } from "./coverage.type.ts";
import { FirstContactResolutionType, ServiceLevelType } from "./method.type.ts";

@ObjectType("KpiGroupValue", { simpleResolvers: true, description: "What the contacts of a row have in common." })
export class KpiGroupValueType {
  @Field(() => DimensionEnum, sure("The dimension."))
  dimension!: Dimension;

  @Field(() => AllocationEnum, maybe("Which of its values, where legs carry it; null where it is their own."))
  allocation!: Allocation | null;

  @Field(() => String, maybe("Its value; null for contacts without one."))
  value!: string | null;
}

@ObjectType("KpiAttribute", { simpleResolvers: true, description: "What is said of the contacts of a row." })
export class KpiAttributeType {
  @Field(() => String, sure("The attribute."))
  attribute!: string;

  @Field(() => String, maybe("Its value, or the range of its values; null where it is not known."))
  value!: string | null;
}

@ObjectType("CsatFigure", { simpleResolvers: true, description: "Scores of one source on one scale." })
export class CsatFigureType {
  @Field(() => String, sure("Who asked."))
  source!: string;

  @Field(() => Float, maybe("Best score of the scale; null where the source does not say."))
  scaleMax!: number | null;

  @Field(() => Float, sure("Mean of the scores as they were given."))
  average!: number;

  @Field(() => Int, sure("How many."))
  scores!: number;
}

@ObjectType("KpiRow", {
  simpleResolvers: true,
  description:
    "Key figures of some contacts. What is handled, held, handed on, queued and scored is counted by legs; who comes again, calls, what is settled, costs and changes of channel by contacts: docs/kpis.md has the unit of each. Agents answer on every channel but WEB, APP, IVR, BOT and SURVEY. What is not known is not 0: what does not say what a figure needs is left out of it, and `coverage` says how many are. Rates and averages are null where nothing is left to divide by.",
})
export class KpiRowType {
  @Field(() => [KpiGroupValueType], sure("What the contacts have in common, in the order asked for."))
  group!: KpiGroupValueType[];

  @Field(() => [KpiAttributeType], sure("The same of `groupByAttributes`."))
  attributes!: KpiAttributeType[];

  @Field(() => String, maybe("Name of the facet; null for legs in none, and where no facets were asked for."))
  facet!: string | null;

  @Field(() => DateTime, maybe("First instant of the interval; null when none was asked for."))
  bucketStart!: Date | null;

  @Field(
    () => Int,
    sure(
      "What a person would count once, however many legs it has; in each row that has a leg of it. Visits made of touchpoints alone are none.",
    ),
  )
  contacts!: number;

  @Field(
    () => Int,
    sure(
      "Legs of these contacts that senders reported, on any channel. A desk that rang in vain beside another, a consult, and another system's account of a leg are none.",
    ),
  )
  legs!: number;

  @Field(() => Int, sure("Contacts in which the customer called: VOICE, neither OUTBOUND nor a call back."))
  calls!: number;

  @Field(
    () => Int,
    sure(
      "Legs that joined a queue or were put through at once: those with a queue time, and on agents' channels all that were handled, abandoned, sent to voicemail, flowed out or asked to be called back. Outbound ones only with a queue time.",
    ),
  )
  queued!: number;

  @Field(
    () => Int,
    sure("Legs that an agent took: HANDLED or TRANSFERRED_OUT; without an outcome, those with an agent or an answer."),
  )
  handled!: number;

  @Field(
    () => Int,
    sure(
      "Legs ABANDONED in the queue. One that took no time and states no queue time hung up before it; one whose contactKey came to another number or skill within ten seconds was passed on.",
    ),
  )
  abandoned!: number;

  @Field(() => Int, sure("Those abandoned within `shortAbandonSeconds`."))
  shortAbandoned!: number;

  @Field(
    () => Float,
    maybe("Talk, hold and wrap-up: AgentDuration, else from the answer to the end of wrap-up, per handled leg."),
  )
  averageHandleSeconds!: number | null;

  @Field(() => Float, maybe("Conversation without hold, per handled leg."))
  averageTalkSeconds!: number | null;

  @Field(() => Float, maybe("Hold, per handled leg that was held."))
  averageHoldSeconds!: number | null;

  @Field(() => Float, maybe("Hold, per handled leg."))
  averageHoldSecondsAllContacts!: number | null;

  @Field(() => Float, maybe("From InteractionEndTime to SessionEndTime, per handled leg."))
  averageWrapUpSeconds!: number | null;

  @Field(
    () => Float,
    maybe(
      "Wait per leg answered out of the queue: QueueTime, else from the start, or the first ring of a search, to the answer.",
    ),
  )
  averageSpeedOfAnswerSeconds!: number | null;

  @Field(() => Float, maybe("Wait per abandoned leg: QueueTime, else from the start to the end."))
  averageAbandonSeconds!: number | null;

  @Field(() => Int, maybe("The longest wait, of abandoned legs too."))
  maxQueueSeconds!: number | null;

  @Field(
    () => Float,
    maybe("Abandoned, of queued legs that say how they ended. Filter the outcomes to leave flow-outs out."),
  )
  abandonmentRate!: number | null;

  @Field(
    () => Float,
    maybe("Handled legs with IsTransferred or TRANSFERRED_OUT, of handled. HANDLED without IsTransferred is none."),
  )
  transferRate!: number | null;

  @Field(() => Float, maybe("Legs that ended with CALLBACK_REQUESTED, of queued legs that say how they ended."))
  callbackRate!: number | null;

  @Field(
    () => Float,
    maybe(
      "Of the calls back that were asked for, the share with a handled IsCallBack leg that names their session, or a later one of the same contact.",
    ),
  )
  callbackCompletionRate!: number | null;

  @Field(() => Float, maybe("IVR and BOT legs transferred to an agent, of those that say whether they were."))
  escalationRate!: number | null;

  @Field(() => [ServiceLevelType], sure("All six methods, side by side."))
  serviceLevels!: ServiceLevelType[];

  @Field(() => [FirstContactResolutionType], sure("All four methods, side by side."))
  firstContactResolution!: FirstContactResolutionType[];

  @Field(
    () => Float,
    maybe(
      "Of identified customers who called (VOICE, neither OUTBOUND nor a call back), those who called again within the repeat window, in another contact.",
    ),
  )
  repeatCallerRate!: number | null;

  @Field(() => Float, maybe("IVR and BOT legs that ended without a transfer to an agent, of those that say so."))
  containmentRate!: number | null;

  @Field(
    () => Float,
    maybe(
      "IVR and BOT legs that were contained, resolved, and followed by no further contact of the customer for the same intent in the repeat window, of those of which all three are known. ABANDONED and FAILED are not resolved unless they say so.",
    ),
  )
  functionalContainmentRate!: number | null;

  @Field(() => Float, maybe("IsDigitalOffered, of the legs that state it."))
  digitalOfferedRate!: number | null;

  @Field(() => Float, maybe("IsDigitalAccepted, of those offered that state it."))
  digitalAcceptedRate!: number | null;

  @Field(
    () => Float,
    maybe(
      "Accepted with no contact of the customer that an agent handled in the repeat window after it, of those offered.",
    ),
  )
  netDeflectionRate!: number | null;

  @Field(() => [CsatFigureType], sure("Scores as they were given. Those of different sources or scales do not mix."))
  csat!: CsatFigureType[];

  @Field(
    () => Float,
    maybe(
      "Mean CSATScore as a share of its scale, 0 to 1, of the scores whose scale is stated. `csat` has all of them.",
    ),
  )
  averageCsat!: number | null;

  @Field(() => Float, maybe("Scores in the two best values of their scale, of the scores whose scale is stated."))
  csatTopTwoBox!: number | null;

  @Field(() => Float, maybe("Scores, of legs with IsTransferredToSurvey or a score."))
  surveyResponseRate!: number | null;

  @Field(() => [MoneyType], sure("Cost by currency, per contact whose legs all state theirs."))
  costPerContact!: MoneyType[];

  @Field(
    () => Float,
    maybe("Contacts per identified customer with any interaction, visits included, begun in the period and interval."),
  )
  contactRate!: number | null;

  @Field(
    () => Float,
    maybe(
      "Of the contacts whose legs state a key (universalSessionId, contactKey, a session), those with interactions on two channels or more, visits included.",
    ),
  )
  channelSwitchRate!: number | null;

  @Field(() => KpiCoverageType, sure("For each figure, how many legs or contacts say what it needs."))
  coverage!: KpiCoverage;
}
