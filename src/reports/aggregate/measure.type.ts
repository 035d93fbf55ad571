import { Field, Float, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { enumOf } from "../../kit/enum.ts";
import { type Dimension, DimensionEnum } from "../filter.type.ts";

const AGGREGATE_MEASURES = [
  "COUNT",
  "CUSTOMERS",
  "DISTINCT",
  "SUM",
  "AVERAGE",
  "MIN",
  "MAX",
  "MEDIAN",
  "PERCENTILE",
  "SHARE",
] as const;
export type AggregateMeasure = (typeof AGGREGATE_MEASURES)[number];
const AggregateMeasureEnum = enumOf(AGGREGATE_MEASURES);
registerEnumType(AggregateMeasureEnum, {
  name: "AggregateMeasure",
  description: "What is told of the units of a row.",
  valuesConfig: {
    COUNT: { description: "How many units; with a number, how many state it." },
    CUSTOMERS: { description: "How many customers they are of; what nothing identifies is of none." },
    DISTINCT: { description: "How many different values they have along `dimension` or `attribute`." },
    SUM: { description: "The sum of their numbers; null where none is stated." },
    AVERAGE: { description: "The mean of the numbers that are stated; of `true` and `false`, the share of `true`." },
    MIN: { description: "The least number." },
    MAX: { description: "The greatest number." },
    MEDIAN: { description: "The number in the middle; of an even count, halfway between the two." },
    PERCENTILE: { description: "The number below which the share `percentile` of them lies, between two if need be." },
    SHARE: { description: "The row's part of all units, from 0 to 1; with a number, its part of the sum of all." },
  },
});

const UNIT_NUMBERS = ["TOUCHPOINTS", "SECONDS"] as const;
export type UnitNumber = (typeof UNIT_NUMBERS)[number];
const UnitNumberEnum = enumOf(UNIT_NUMBERS);
registerEnumType(UnitNumberEnum, {
  name: "UnitNumber",
  description: "A number that every unit has of its own.",
  valuesConfig: {
    TOUCHPOINTS: {
      description: "How many of its events are in the period and meant; of no contact, which is its first leg.",
    },
    SECONDS: { description: "How long the event that it has its values of lasts; 0 where that has no end." },
  },
});

@InputType({
  description:
    "One thing to tell of each row. The number of a unit is that of its event, or of its customer. A number comes from `number` or `attribute`.",
})
export class AggregateMeasureInput {
  @Field(() => AggregateMeasureEnum, { description: "What to tell." })
  measure!: AggregateMeasure;

  @Field(() => UnitNumberEnum, { nullable: true, description: "Of this number." })
  number?: UnitNumber | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Of this attribute, named as those that filter: `agentSeconds`, `csatScore`, `cost.EUR`, `age`, `isResolved`. `revenue.EUR` is what legs and touchpoints earned, each transaction once.",
  })
  attribute?: string | null;

  @Field(() => DimensionEnum, { nullable: true, description: "Of DISTINCT: the values along this." })
  dimension?: Dimension | null;

  @Field(() => Float, { nullable: true, description: "Of PERCENTILE: the share, from 0 to 1, such as 0.9." })
  percentile?: number | null;
}

@ObjectType("AggregateFigure", { simpleResolvers: true, description: "One thing told of a row." })
export class AggregateFigureType {
  @Field(() => AggregateMeasureEnum, { description: "What is told." })
  measure!: AggregateMeasure;

  @Field(() => String, { nullable: true, description: "Of what: a number, an attribute or a dimension." })
  of!: string | null;

  @Field(() => Float, { nullable: true, description: "The figure; null where no unit of the row states its number." })
  value!: number | null;

  @Field(() => Int, { description: "How many units of the row the figure is of: those that state its number." })
  known!: number;
}
