import { Field, ID, Int, ObjectType } from "type-graphql";
import { maybe, sure } from "../kit/field.ts";
import { DateTime } from "../kit/scalars.ts";
import { IDENTITY_KINDS, IdentityKindEnum } from "./identity.type.ts";

// What ties an identity to its customer. Both types are flat: of the other identity, or of a decision, they have only
// the name, since an identity that contains identities could be queried without end.

@ObjectType("IdentitySighting", {
  simpleResolvers: true,
  description: "Records of the customer that carried an identity together with another of theirs.",
})
export class IdentitySightingType {
  @Field(() => String, sure("Namespace of the other identity."))
  namespace!: string;

  @Field(() => String, sure("Value of the other identity."))
  value!: string;

  @Field(() => IdentityKindEnum, sure("What the other identity proves."))
  kind!: (typeof IDENTITY_KINDS)[number];

  @Field(() => Int, maybe("On how many records they were together; null when on more than 1,000."))
  records!: number | null;

  @Field(
    () => [String],
    sure("Systems that sent the records, by name; where they are too many to count, the newest of them."),
  )
  sources!: string[];

  @Field(() => DateTime, sure("When they were first seen together."))
  firstAt!: Date;

  @Field(() => DateTime, sure("When they were last seen together."))
  lastAt!: Date;

  @Field(() => ID, sure("The last of the records: `node` shows it where it is an interaction or a touchpoint."))
  lastRecordId!: string;

  @Field(() => String, sure("System that sent the last of the records."))
  lastSource!: string;

  // Not part of the API: their customer.
  customerId!: string;
}

@ObjectType("IdentityDecision", {
  simpleResolvers: true,
  description: "A decision that an identity and others are one customer, in force; `Customer.verdicts` has all of it.",
})
export class IdentityDecisionType {
  @Field(() => ID, sure("Identifies the verdict, for `withdrawVerdict`."))
  id!: string;

  @Field(() => String, sure("Who decided."))
  by!: string;

  @Field(() => DateTime, sure("When it was decided."))
  at!: Date;

  @Field(() => String, sure("Why, in the words of whoever decided."))
  reason!: string;
}
