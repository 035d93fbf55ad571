import { Field, Float, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { enumOf } from "../../kit/enum.ts";

const AGGREGATE_MEASURES = ["COUNT"] as const;
export type AggregateMeasure = (typeof AGGREGATE_MEASURES)[number];
const AggregateMeasureEnum = enumOf(AGGREGATE_MEASURES);
registerEnumType(AggregateMeasureEnum, {
  name: "AggregateMeasure",
  description: "What is told of the units of a row.",
  valuesConfig: { COUNT: { description: "How many there are." } },
});

@InputType({ description: "One thing to tell of each row." })
export class AggregateMeasureInput {
  @Field(() => AggregateMeasureEnum, { defaultValue: "COUNT", description: "What to tell." })
  measure: AggregateMeasure = "COUNT";
}

@ObjectType("AggregateFigure", { simpleResolvers: true, description: "One thing told of a row." })
export class AggregateFigureType {
  @Field(() => AggregateMeasureEnum, { description: "What is told." })
  measure!: AggregateMeasure;

  @Field(() => Float, { nullable: true, description: "The figure; null where no unit of the row states its number." })
  value!: number | null;

  @Field(() => Int, { description: "How many units of the row the figure is of: those that state its number." })
  known!: number;
}
