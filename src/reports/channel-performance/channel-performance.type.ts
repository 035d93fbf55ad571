import { Field, InputType, Int, ObjectType } from "type-graphql";
import { AttributeGroupInput } from "../../facts/attribute.type.ts";
import { PeriodInput } from "../../facts/values.type.ts";
import { MoneyType } from "../../fields/money.type.ts";
import { maybe, sure } from "../../kit/field.ts";
import { CarriedInput, FacetInput } from "../along.type.ts";
import { AudienceInput, type Dimension, DimensionEnum } from "../filter.type.ts";
import { KnownInput, KnownReport } from "../known.type.ts";

@InputType({ description: "Which channels, campaigns or anything else bring calls, and what they are worth." })
export class ChannelPerformanceInput extends KnownInput {
  @Field(() => PeriodInput, sure("When it happened."))
  period!: PeriodInput;

  @Field(() => DimensionEnum, { defaultValue: "CAMPAIGN", description: "What to compare." })
  by: Dimension = "CAMPAIGN";

  @Field(() => CarriedInput, maybe("A value that events carry, in place of `by`."))
  carried?: CarriedInput | null;

  @Field(() => [FacetInput], maybe("Named filters in place of `by`, 1 to 10."))
  facets?: FacetInput[] | null;

  @Field(() => AttributeGroupInput, {
    nullable: true,
    description: "What is said of legs or their customers, in place of `by`. Numbers need `bounds`.",
  })
  attribute?: AttributeGroupInput | null;

  @Field(() => AudienceInput, maybe("Who counts at all."))
  audience?: AudienceInput | null;
}

@ObjectType("ChannelPerformanceRow", {
  simpleResolvers: true,
  description: "What happened with one value of the dimension. An event counts where it carries the value itself.",
})
export class ChannelPerformanceRowType {
  @Field(() => String, maybe("The value, or a facet's name; null for all that has none."))
  value!: string | null;

  @Field(() => Int, sure("Visits and legs with such an event, each once."))
  interactions!: number;

  @Field(() => Int, sure("Calls, each record once, whether or not anything identifies the caller."))
  calls!: number;

  @Field(() => Int, sure("Those that were tied to a web visit."))
  matchedCalls!: number;

  @Field(
    () => Int,
    sure("Transactions: touchpoints of that kind, and transaction ids that are named, each once per source."),
  )
  transactions!: number;

  @Field(
    () => [MoneyType],
    sure(
      "Revenue of legs and value of transactions, by currency. Of one transaction id it counts once, as stated last.",
    ),
  )
  revenue!: MoneyType[];

  @Field(() => [MoneyType], sure("Cost of legs, by currency."))
  cost!: MoneyType[];
}

@ObjectType("ChannelPerformanceReport", { simpleResolvers: true, description: "Values by the calls they bring." })
export class ChannelPerformanceReportType extends KnownReport {
  @Field(() => [ChannelPerformanceRowType], sure("Most calls first, then most interactions; 1000 rows at most."))
  rows!: ChannelPerformanceRowType[];
}
