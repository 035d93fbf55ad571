import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { SESSION_TIMEOUT_MINUTES } from "../../facts/sessions.ts";
import { PeriodInput } from "../../facts/values.type.ts";
import { enumOf } from "../../kit/enum.ts";
import { AudienceInput, MatcherInput } from "../filter.type.ts";
import { KnownInput, KnownReport } from "../known.type.ts";
import { AggregateGroupInput, type AggregateGroupType, AggregateGroupValueType } from "./group.type.ts";
import { AggregateFigureType, AggregateMeasureInput } from "./measure.type.ts";

const UNITS = ["CUSTOMERS", "CONTACTS", "INTERACTIONS", "TOUCHPOINTS", "JOURNEYS"] as const;
export type AggregateUnit = (typeof UNITS)[number];
const AggregateUnitEnum = enumOf(UNITS);
registerEnumType(AggregateUnitEnum, {
  name: "AggregateUnit",
  description:
    "What is counted. A unit of several events counts if any of them is in the period and meant by the matcher; it has the values of the first of those.",
  valuesConfig: {
    CUSTOMERS: { description: "Each customer once; records that nothing identifies are none." },
    CONTACTS: {
      description:
        "Each contact once: the legs that a session over all channels or another key ties together. A leg without a key counts by itself.",
    },
    INTERACTIONS: {
      description:
        "Each leg of contact but consults, and each visit. A visit whose cookie came to another customer half-way is one of each.",
    },
    TOUCHPOINTS: { description: "Each touchpoint, and each leg as the touchpoint that it is." },
    JOURNEYS: {
      description: "Each stretch of what a customer did without a pause longer than `sessionTimeoutMinutes`.",
    },
  },
});

@InputType({ description: "How rows are ordered, and so which of them are shown." })
export class AggregateOrderInput {
  @Field(() => Int, {
    nullable: true,
    description: "By this one of the `measures`, the first being 0; by the values of `groupBy` when left out.",
  })
  measure?: number | null;

  @Field(() => Boolean, { defaultValue: false, description: "Least first; texts from A to Z, times earliest first." })
  isRising: boolean = false;
}

/** One and the same, as TypeGraphQL compares the two places that state a default. */
const NO_GROUPS: AggregateGroupInput[] = [];

@InputType({ description: "Any question that counts or adds up, by anything." })
export class AggregateInput extends KnownInput {
  @Field(() => AggregateUnitEnum, { description: "What is counted." })
  of!: AggregateUnit;

  @Field(() => PeriodInput, { description: "When it happened, or began." })
  period!: PeriodInput;

  @Field(() => MatcherInput, { nullable: true, description: "Which events are meant; all when left out." })
  matcher?: MatcherInput | null;

  @Field(() => AudienceInput, { nullable: true, description: "Whose events count at all." })
  audience?: AudienceInput | null;

  @Field(() => [AggregateGroupInput], {
    defaultValue: NO_GROUPS,
    description: "One row for each combination of these that occurs, 5 at most; a single row without any.",
  })
  groupBy: AggregateGroupInput[] = NO_GROUPS;

  @Field(() => [AggregateMeasureInput], {
    nullable: true,
    description: "What is told of each row, 1 to 10; how many units when left out.",
  })
  measures?: AggregateMeasureInput[] | null;

  @Field(() => AggregateOrderInput, {
    nullable: true,
    description:
      "How rows are ordered. When left out: by the first measure, greatest first; by time and range where `groupBy` begins with one.",
  })
  orderBy?: AggregateOrderInput | null;

  @Field(() => Int, { defaultValue: 100, description: "Rows at most, 1 to 1,000; the rest is `other`." })
  first: number = 100;

  @Field(() => String, { defaultValue: "UTC", description: "Whose calendar: an IANA name such as Europe/Stockholm." })
  timeZone: string = "UTC";

  @Field(() => Int, {
    defaultValue: SESSION_TIMEOUT_MINUTES,
    description: "The longest pause within a journey in minutes.",
  })
  sessionTimeoutMinutes: number = SESSION_TIMEOUT_MINUTES;
}

@ObjectType("AggregateRow", { simpleResolvers: true, description: "The units with the same values." })
export class AggregateRowType {
  @Field(() => [AggregateGroupValueType], {
    description: "The value along each of `groupBy`, in that order; empty for all units together, and for the rest.",
  })
  group!: AggregateGroupType[];

  @Field(() => Int, { description: "How many units." })
  units!: number;

  @Field(() => [AggregateFigureType], { description: "What was asked in `measures`, in that order." })
  figures!: AggregateFigureType[];
}

@ObjectType("AggregateReport", { simpleResolvers: true, description: "Units counted, and their numbers added up." })
export class AggregateReportType extends KnownReport {
  @Field(() => [AggregateRowType], {
    description: "A row for each combination of values. What is not known is a row of its own.",
  })
  rows!: AggregateRowType[];

  @Field(() => AggregateRowType, {
    nullable: true,
    description:
      "All units that are in none of the rows shown, so that rows and this add up to the total; null where all are shown.",
  })
  other!: AggregateRowType | null;

  @Field(() => AggregateRowType, {
    description: "All units, each counted once, though carried values and named filters may put it in several rows.",
  })
  total!: AggregateRowType;

  @Field(() => Int, { description: "How many combinations there are, shown or not." })
  combinations!: number;
}
