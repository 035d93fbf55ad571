import { Field, InputType, ObjectType } from "type-graphql";
import { AttributeGroupInput } from "../../facts/attribute.type.ts";
import { CarriedInput, FacetInput } from "../along.type.ts";
import { type Dimension, DimensionEnum } from "../filter.type.ts";
import { type Interval, IntervalEnum } from "../interval.type.ts";

@InputType({ description: "Along what units are put into rows: exactly one of these." })
export class AggregateGroupInput {
  @Field(() => DimensionEnum, { nullable: true, description: "A property of events." })
  dimension?: Dimension | null;

  @Field(() => CarriedInput, { nullable: true, description: "A value that events carry." })
  carried?: CarriedInput | null;

  @Field(() => [FacetInput], {
    nullable: true,
    description: "Named filters of events, 1 to 10. A unit may be in several rows.",
  })
  facets?: FacetInput[] | null;

  @Field(() => AttributeGroupInput, {
    nullable: true,
    description: "What is said of the customer, or of the leg. Without bounds each number is a row.",
  })
  attribute?: AttributeGroupInput | null;

  @Field(() => IntervalEnum, {
    nullable: true,
    description: "The stretch of the calendar of `timeZone` in which a unit began; of its first event that is meant.",
  })
  interval?: Interval | null;
}

/** The value of a row along one of its groups. */
export interface AggregateGroupType {
  by: string;
  value: string | null;
}

@ObjectType("AggregateGroup", { simpleResolvers: true, description: "The value of a row along one of `groupBy`." })
export class AggregateGroupValueType implements AggregateGroupType {
  @Field(() => String, { description: "Along what: a dimension, an attribute, an interval, or `FACET`." })
  by!: string;

  @Field(() => String, {
    nullable: true,
    description: "The value; of an interval when it began, in UTC. Null where it is not known.",
  })
  value!: string | null;
}
