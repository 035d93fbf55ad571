import { Field, Float, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { AttributeGroupInput } from "../../facts/attribute.type.ts";
import { SESSION_TIMEOUT_MINUTES } from "../../facts/sessions.ts";
import { PeriodInput } from "../../facts/values.type.ts";
import type { Container } from "../../journeys/container.ts";
import { enumOf } from "../../kit/enum.ts";
import { CarriedInput, FacetInput } from "../along.type.ts";
import { ContainerEnum } from "../container.type.ts";
import {
  AudienceInput,
  DedupInput,
  type Dimension,
  DimensionEnum,
  MatcherInput,
  type Measure,
  MeasureEnum,
} from "../filter.type.ts";
import { KnownInput, KnownReport } from "../known.type.ts";
import {
  type AttributionKind,
  AttributionKindEnum,
  AttributionModelInput,
  type TouchDedup,
  TouchDedupEnum,
} from "../model.type.ts";

export const NO_TOUCH_REASONS = ["NO_IDENTITY", "NO_TOUCH_IN_WINDOW", "OUT_OF_SESSION", "EXCLUDED_BY_FILTER"] as const;
export type NoTouchReason = (typeof NO_TOUCH_REASONS)[number];
export const NoTouchReasonEnum = enumOf(NO_TOUCH_REASONS);
registerEnumType(NoTouchReasonEnum, {
  name: "NoTouchReason",
  description: "Why a conversion could not be attributed.",
  valuesConfig: {
    NO_IDENTITY: { description: "Nothing identifies who it was." },
    NO_TOUCH_IN_WINDOW: { description: "No touch of theirs in the lookback." },
    OUT_OF_SESSION: { description: "Touches in the lookback, but none in the session." },
    EXCLUDED_BY_FILTER: { description: "Touches in reach, all left out by `touches` or `exclude`." },
  },
});

@InputType({ description: "Which touches led to which conversions, by several models side by side." })
export class AttributionInput extends KnownInput {
  @Field(() => PeriodInput, { description: "When the conversions happened; their touches may lie before it." })
  period!: PeriodInput;

  @Field(() => MatcherInput, { nullable: true, description: "What is to be explained: calls when left out." })
  conversions?: MatcherInput | null;

  @Field(() => DedupInput, {
    nullable: true,
    description:
      "Counts several conversions of the period as one. When left out, each record once, and the calls of one contact once.",
  })
  dedup?: DedupInput | null;

  @Field(() => MatcherInput, {
    nullable: true,
    description:
      "What may get credit: page views when left out, and of CAMPAIGN, MEDIUM, REFERRER and LANDING_PAGE also calls that name their own.",
  })
  touches?: MatcherInput | null;

  @Field(() => MatcherInput, { nullable: true, description: "Touches that get no credit." })
  exclude?: MatcherInput | null;

  @Field(() => MatcherInput, {
    nullable: true,
    description:
      "Touches that get credit only where a conversion has no others in reach, before `touchDedup`: with direct visits here, LAST_TOUCH is the last non-direct one.",
  })
  fallback?: MatcherInput | null;

  @Field(() => DimensionEnum, { defaultValue: "PAGE", description: "What the credit is added up by." })
  dimension: Dimension = "PAGE";

  @Field(() => CarriedInput, { nullable: true, description: "A value that touches carry, in place of `dimension`." })
  carried?: CarriedInput | null;

  @Field(() => [FacetInput], { nullable: true, description: "Named filters in place of `dimension`, 1 to 10." })
  facets?: FacetInput[] | null;

  @Field(() => AttributeGroupInput, {
    nullable: true,
    description: "What is said of legs or their customers, in place of `dimension`. Numbers need `bounds`.",
  })
  attribute?: AttributeGroupInput | null;

  @Field(() => [AttributionModelInput], { description: "The models to compare, 1 to 12." })
  models!: AttributionModelInput[];

  @Field(() => ContainerEnum, {
    defaultValue: "SESSION",
    description: "Whether touches must lie in the conversion's session, or are any of the customer's.",
  })
  container: Container = "SESSION";

  @Field(() => Int, {
    nullable: true,
    description:
      "How long before the conversion a touch may lie, unlimited when left out. In the containers SESSION and SENDER_SESSION it only tells OUT_OF_SESSION from NO_TOUCH_IN_WINDOW.",
  })
  lookbackMinutes?: number | null;

  @Field(() => Int, { defaultValue: SESSION_TIMEOUT_MINUTES, description: "The longest pause within a session." })
  sessionTimeoutMinutes: number = SESSION_TIMEOUT_MINUTES;

  @Field(() => TouchDedupEnum, { defaultValue: "NONE", description: "Which touches of the same item count." })
  touchDedup: TouchDedup = "NONE";

  @Field(() => DimensionEnum, {
    nullable: true,
    description: "Splits each row's credit by a property of the conversion, such as CALL_REASON.",
  })
  splitBy?: Dimension | null;

  @Field(() => CarriedInput, {
    nullable: true,
    description: "The same by a value that the conversion carries; not ALL.",
  })
  splitByCarried?: CarriedInput | null;

  @Field(() => MeasureEnum, { defaultValue: "COUNT", description: "What a conversion is worth." })
  measure: Measure = "COUNT";

  @Field(() => String, {
    nullable: true,
    description: "ISO 4217 code; required when the measure is money. Other currencies are worth nothing, and counted.",
  })
  currency?: string | null;

  @Field(() => AudienceInput, { nullable: true, description: "Whose conversions count." })
  audience?: AudienceInput | null;

  @Field(() => Int, { defaultValue: 50, description: "Rows of each model, 1 to 1000; the rest is added up." })
  first: number = 50;
}

@ObjectType("AttributionSplit", {
  simpleResolvers: true,
  description: "The part of a row's credit with one value of `splitBy`.",
})
export class AttributionSplitType {
  @Field(() => String, { nullable: true, description: "The value; null for conversions without one." })
  value!: string | null;

  @Field(() => Float, { description: "Its credit." })
  credit!: number;
}

@ObjectType("AttributionRow", { simpleResolvers: true, description: "What one item is credited with." })
export class AttributionRowType {
  @Field(() => String, { description: "The item: a value of the dimension, or a facet's name." })
  item!: string;

  @Field(() => String, {
    nullable: true,
    description: "Section of a page; null when it was seen in several, or in none.",
  })
  section!: string | null;

  @Field(() => Float, { description: "Conversions, or money, that the model credits to it." })
  credit!: number;

  @Field(() => Float, { nullable: true, description: "Credit as a share of the report's total; null when that is 0." })
  share!: number | null;

  @Field(() => Int, { description: "Distinct conversions with any touch of it." })
  conversions!: number;

  @Field(() => [AttributionSplitType], { description: "The credit by `splitBy`, most first; empty without one." })
  split!: AttributionSplitType[];
}

@ObjectType("UnattributedReason", {
  simpleResolvers: true,
  description: "What could not be attributed for one reason.",
})
export class UnattributedReasonType {
  @Field(() => NoTouchReasonEnum, { description: "The reason." })
  reason!: NoTouchReason;

  @Field(() => Float, { description: "What those conversions are worth." })
  value!: number;
}

@ObjectType("Unattributed", { simpleResolvers: true, description: "What no touch led to." })
export class UnattributedType {
  @Field(() => Float, { description: "What those conversions are worth." })
  total!: number;

  @Field(() => [UnattributedReasonType], { description: "All four reasons, zeros included." })
  byReason!: UnattributedReasonType[];
}

@ObjectType("AttributionModelResult", {
  simpleResolvers: true,
  description:
    "One model's answer. The credit of all rows, `otherRows` and `unattributed` add up to the total, but for PARTICIPATION and where a touch has several items.",
})
export class AttributionModelResultType {
  @Field(() => AttributionKindEnum, { description: "The model." })
  kind!: AttributionKind;

  @Field(() => [AttributionRowType], { description: "The items with the most credit, most first." })
  rows!: AttributionRowType[];

  @Field(() => Float, {
    description:
      "What was attributed, once where a touch has several items. PARTICIPATION's is what the conversions with a touch are worth.",
  })
  attributed!: number;

  @Field(() => Float, { description: "Credit of the items beyond `first`." })
  otherRows!: number;

  @Field(() => UnattributedType, { description: "What was not, and why." })
  unattributed!: UnattributedType;
}

@ObjectType("AttributionReport", { simpleResolvers: true, description: "Which touches led to which conversions." })
export class AttributionReportType extends KnownReport {
  @Field(() => [AttributionModelResultType], { description: "The models, in the order asked for." })
  models!: AttributionModelResultType[];

  @Field(() => Int, { description: "Conversions of the period." })
  conversions!: number;

  @Field(() => Float, { description: "What they are worth: their number, or money in `currency`." })
  total!: number;

  @Field(() => Int, { description: "Conversions with money in another currency, worth nothing here." })
  otherCurrencies!: number;
}
