import { Field, ID, InputType, ObjectType } from "type-graphql";
import type { RowOf } from "../db/row.ts";
import { AttributeFilterInput } from "../facts/attribute.type.ts";
import { PeriodInput } from "../facts/values.type.ts";
import { FiltersBy, Shows } from "../fields/derive/graphql.type.ts";
import { INTERACTION } from "../fields/interaction.ts";
import type { FilterOf } from "../fields/value.ts";
import { maybe, sure } from "../kit/field.ts";
import { connectionTypeOf, NodeType } from "../kit/page.type.ts";
import { DateTime } from "../kit/scalars.ts";
import type { Interaction } from "./interaction.sql.ts";
import { WebMatchType } from "./match.type.ts";

@Shows(INTERACTION)
@ObjectType("Interaction", {
  implements: NodeType,
  simpleResolvers: true,
  description:
    "One leg of contact on one channel: a row of the journey analytics record (JAR) with the call columns, or a visit, made of the touchpoints that share a session.",
})
export class InteractionType implements NodeType {
  @Field(() => ID, sure("Made from source and sourceId: the same on every replay."))
  id!: string;

  @Field(() => DateTime, sure("When it was stored here."))
  ingestedAt!: Date;

  @Field(() => WebMatchType, {
    nullable: true,
    description: "How a call was tied to a web visit; null on other channels, and until it was looked for.",
  })
  match!: WebMatchType | null;
}

/** An interaction, as the statements of this folder answer it. */
export type InteractionRow = RowOf<typeof Interaction>;

@ObjectType("DataQualityNote", {
  simpleResolvers: true,
  description: "Something about a record that is odd, but was no reason to refuse it.",
})
export class DataQualityNoteType {
  @Field(() => String, sure("The field that it is about."))
  field!: string;

  @Field(() => String, sure("What is odd."))
  message!: string;
}

export const InteractionConnectionType = connectionTypeOf("Interaction", InteractionType);

@FiltersBy(INTERACTION)
@InputType({ description: "Which interactions. Fields are ANDed, the values of a list are ORed." })
export class InteractionFilterInput {
  @Field(() => PeriodInput, maybe("Begun in this period."))
  period?: PeriodInput | null;

  @Field(() => Boolean, maybe("Settled, or explicitly not; interactions that do not say are neither."))
  isResolved?: boolean | null;

  @Field(() => [AttributeFilterInput], maybe("Of which, or of whose customer, this is said."))
  attributes?: AttributeFilterInput[] | null;
}

export type InteractionFilter = InteractionFilterInput & FilterOf<typeof INTERACTION>;
