import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { PeriodInput } from "../../facts/values.type.ts";
import { maybe, sure } from "../../kit/field.ts";
import { DateTime } from "../../kit/scalars.ts";
import { AudienceInput, type Dimension, DimensionEnum, MatcherInput } from "../filter.type.ts";
import { type Interval, IntervalEnum } from "../interval.type.ts";
import { KnownInput, KnownReport } from "../known.type.ts";

@InputType({ description: "Something that a customer does often enough within one interval." })
export class CohortCriterionInput {
  @Field(() => [MatcherInput], sure("Events that any of these means, 1 to 10, count."))
  anyOf!: MatcherInput[];

  @Field(() => Int, { defaultValue: 1, description: "How many of them it takes within one interval." })
  atLeast: number = 1;
}

@InputType({ description: "Who comes back: customers by when they began, and how many of them return how much later." })
export class CohortsInput extends KnownInput {
  @Field(() => PeriodInput, sure("When customers are included, and when they return."))
  period!: PeriodInput;

  @Field(() => [CohortCriterionInput], sure("What includes a customer, 1 to 3 criteria that all hold in one interval."))
  inclusion!: CohortCriterionInput[];

  @Field(() => [CohortCriterionInput], sure("What is a return, 1 to 3 criteria that all hold in one interval."))
  returns!: CohortCriterionInput[];

  @Field(() => IntervalEnum, { defaultValue: "WEEK", description: "What a cohort, and a step of time, is long." })
  interval: Interval = "WEEK";

  @Field(() => String, { defaultValue: "UTC", description: "Whose calendar: an IANA name such as Europe/Stockholm." })
  timeZone: string = "UTC";

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Counts a return only of whoever returned in every interval before it as well.",
  })
  rolling: boolean = false;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Shows the intervals before the inclusion too: who met the criteria of a return in them.",
  })
  latency: boolean = false;

  @Field(
    () => DimensionEnum,
    maybe(
      "A row for each value of this that the event has which includes a customer, in place of one for each interval.",
    ),
  )
  dimension?: Dimension | null;

  @Field(() => AudienceInput, maybe("Who counts at all."))
  audience?: AudienceInput | null;
}

@ObjectType("CohortCell", { simpleResolvers: true, description: "The customers of a cohort, some intervals on." })
export class CohortCellType {
  @Field(() => Int, sure("How many intervals after that of the inclusion; less than 0 before it."))
  offset!: number;

  @Field(() => Int, sure("The customers of the cohort for whom that interval lies in the period."))
  eligible!: number;

  @Field(() => Int, sure("Those of them who returned in it."))
  returned!: number;

  @Field(() => Float, sure("Returned, of eligible: 0 to 1."))
  retention!: number;

  @Field(() => Float, sure("The others, of eligible: 1 less retention."))
  churn!: number;
}

@ObjectType("CohortRow", { simpleResolvers: true, description: "The customers who began together." })
export class CohortRowType {
  @Field(() => DateTime, maybe("First instant of the interval in which they were included; null with a `dimension`."))
  start!: Date | null;

  @Field(() => String, maybe("What they were included by; null for none, and without a `dimension`."))
  value!: string | null;

  @Field(() => Int, sure("How many they are. A customer is in one cohort: of the first interval that includes them."))
  customers!: number;

  @Field(() => [CohortCellType], sure("By offset; none of an empty cohort."))
  cells!: CohortCellType[];
}

@ObjectType("CohortInterval", { simpleResolvers: true, description: "A stretch of the calendar in the period." })
export class CohortIntervalType {
  @Field(() => DateTime, sure("Its first instant."))
  start!: Date;

  @Field(
    () => Boolean,
    sure("The period has all of it, and it is over. Where it is not, customers may be missing among its returns."),
  )
  isComplete!: boolean;
}

@ObjectType("CohortsReport", { simpleResolvers: true, description: "Cohorts, and who of them came back." })
export class CohortsReportType extends KnownReport {
  @Field(
    () => [CohortRowType],
    sure("By interval, empty ones too; with a `dimension` the largest first, 1000 at most."),
  )
  rows!: CohortRowType[];

  @Field(() => [CohortIntervalType], sure("All intervals, in order."))
  intervals!: CohortIntervalType[];
}
