import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { AttributeGroupInput } from "../../facts/attribute.type.ts";
import { SESSION_TIMEOUT_MINUTES } from "../../facts/sessions.ts";
import { PeriodInput } from "../../facts/values.type.ts";
import { MoneyType } from "../../fields/money.type.ts";
import { CarriedInput, FacetInput } from "../along.type.ts";
import { AttributionSplitType } from "../attribution/attribution.type.ts";
import { AudienceInput, type Dimension, DimensionEnum, MatcherInput } from "../filter.type.ts";
import { KnownInput, KnownReport } from "../known.type.ts";
import { AttributionModelInput } from "../model.type.ts";

@InputType({ description: "Which sections make people call: by percentage of those who were there, not by volume." })
export class CallPropensityInput extends KnownInput {
  @Field(() => PeriodInput, {
    description: "When customers were there. A call may still follow within `withinMinutes` after it.",
  })
  period!: PeriodInput;

  @Field(() => DimensionEnum, { defaultValue: "SECTION", description: "What is compared." })
  dimension: Dimension = "SECTION";

  @Field(() => CarriedInput, { nullable: true, description: "A value that touches carry, in place of `dimension`." })
  carried?: CarriedInput | null;

  @Field(() => [FacetInput], { nullable: true, description: "Named filters in place of `dimension`, 1 to 10." })
  facets?: FacetInput[] | null;

  @Field(() => AttributeGroupInput, {
    nullable: true,
    description: "What is said of legs or their customers, in place of `dimension`. Numbers need `bounds`.",
  })
  attribute?: AttributeGroupInput | null;

  @Field(() => MatcherInput, {
    nullable: true,
    description: "What counts as having been there: page views when left out.",
  })
  exposures?: MatcherInput | null;

  @Field(() => MatcherInput, { nullable: true, description: "What counts as calling: calls when left out." })
  conversions?: MatcherInput | null;

  @Field(() => Int, {
    defaultValue: 30,
    description: "How long after a touch of the item a call still counts, inclusive.",
  })
  withinMinutes: number = 30;

  @Field(() => Int, { defaultValue: SESSION_TIMEOUT_MINUTES, description: "The longest pause within a session." })
  sessionTimeoutMinutes: number = SESSION_TIMEOUT_MINUTES;

  @Field(() => Int, { defaultValue: 30, description: "Items with fewer exposures are not shown." })
  minimumExposures: number = 30;

  @Field(() => AttributionModelInput, { nullable: true, description: "Adds what this model credits to each item." })
  model?: AttributionModelInput | null;

  @Field(() => DimensionEnum, { nullable: true, description: "Splits that credit by a property of the call." })
  splitBy?: Dimension | null;

  @Field(() => CarriedInput, { nullable: true, description: "The same by a value that the call carries; not ALL." })
  splitByCarried?: CarriedInput | null;

  @Field(() => AudienceInput, { nullable: true, description: "Who counts at all." })
  audience?: AudienceInput | null;

  @Field(() => Int, { defaultValue: 50, description: "Rows, 1 to 1000." })
  first: number = 50;
}

@ObjectType("CallPropensityRow", { simpleResolvers: true, description: "How likely a call is after one item." })
export class CallPropensityRowType {
  @Field(() => String, { description: "The item: a value of the dimension, or a facet's name." })
  item!: string;

  @Field(() => Int, { description: "Sessions with the item, of identified customers." })
  exposures!: number;

  @Field(() => Int, {
    description: "Those with a call by the same customer within `withinMinutes` after a touch of it.",
  })
  conversions!: number;

  @Field(() => Float, { description: "Conversions as a share of exposures." })
  rate!: number;

  @Field(() => Float, { description: "Lower end of the rate's Wilson interval, 95 %." })
  rateLow!: number;

  @Field(() => Float, { description: "Upper end of the rate's Wilson interval, 95 %." })
  rateHigh!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "What `model` credits to the item of all calls of the period, in the sessions of the calls; null without a model.",
  })
  credit!: number | null;

  @Field(() => [MoneyType], { description: "Cost of the calls that followed, each once, by currency." })
  cost!: MoneyType[];

  @Field(() => [AttributionSplitType], { description: "The credit by `splitBy`, most first; empty without one." })
  split!: AttributionSplitType[];
}

@ObjectType("CallPropensityReport", { simpleResolvers: true, description: "Which items are followed by calls." })
export class CallPropensityReportType extends KnownReport {
  @Field(() => [CallPropensityRowType], { description: "The items with the highest rates, highest first." })
  rows!: CallPropensityRowType[];

  @Field(() => Float, {
    nullable: true,
    description: "Of the sessions with any item, the share with such a call; null when there is no session.",
  })
  overallRate!: number | null;
}
