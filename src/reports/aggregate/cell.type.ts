import { Field, InputType, registerEnumType } from "type-graphql";
import { enumOf } from "../../kit/enum.ts";
import { sure } from "../../kit/field.ts";
import { AggregateInput } from "./aggregate.type.ts";

const AGGREGATE_PARTS = ["ROW", "OTHER", "TOTAL"] as const;
export type AggregatePart = (typeof AGGREGATE_PARTS)[number];
const AggregatePartEnum = enumOf(AGGREGATE_PARTS);
registerEnumType(AggregatePartEnum, {
  name: "AggregatePart",
  description: "Which units of an aggregate.",
  valuesConfig: {
    ROW: { description: "Those of a row, shown or not, by its `group`." },
    OTHER: { description: "Those of the rows that are not shown." },
    TOTAL: { description: "All of them." },
  },
});

/** One and the same, as TypeGraphQL compares the two places that state a default. */
const NO_VALUES: (string | null)[] = [];

@InputType({ description: "A cell of an aggregate: the units of a row." })
export class AggregateCellInput {
  @Field(() => AggregatePartEnum, { defaultValue: "ROW", description: "Which units." })
  part: AggregatePart = "ROW";

  @Field(() => [String], {
    nullable: "items",
    defaultValue: NO_VALUES,
    description:
      "Of ROW: its values along each of `groupBy`, as the answer has them; null where it is not known. Without `groupBy` none.",
  })
  group: (string | null)[] = NO_VALUES;
}

@InputType({ description: "An aggregate, and one of its cells." })
export class AggregatePeopleInput {
  @Field(() => AggregateInput, sure("The report as it was asked for."))
  report!: AggregateInput;

  @Field(() => AggregateCellInput, sure("The cell."))
  cell!: AggregateCellInput;
}
