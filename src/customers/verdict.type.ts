import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { enumOf } from "../kit/enum.ts";
import { maybe, sure } from "../kit/field.ts";
import { DateTime } from "../kit/scalars.ts";

export const VERDICT_KINDS = ["MUST", "NEVER"] as const;
const VerdictKindEnum = enumOf(VERDICT_KINDS);
registerEnumType(VerdictKindEnum, {
  name: "VerdictKind",
  description: "What was decided about identities.",
  valuesConfig: {
    MUST: { description: "All of them are one customer." },
    NEVER: { description: "None of the left is ever one with any of the right." },
  },
});

@ObjectType("IdentityVerdict", {
  simpleResolvers: true,
  description: "What a person, or a system with authority, decided about identities. Undoing one withdraws it.",
})
export class IdentityVerdictType {
  @Field(() => ID, sure("Identifies the verdict, for `withdrawVerdict`."))
  id!: string;

  @Field(() => VerdictKindEnum, sure("What was decided."))
  kind!: (typeof VERDICT_KINDS)[number];

  @Field(() => String, sure("Who decided."))
  by!: string;

  @Field(() => DateTime, sure("When it was decided."))
  at!: Date;

  @Field(() => String, sure("Why, in the words of whoever decided."))
  reason!: string;

  @Field(() => DateTime, maybe("When it was withdrawn; null while it is in force."))
  withdrawnAt!: Date | null;

  // Not part of the API: the ids of the identities on either side.
  leftIds!: string[];
  rightIds!: string[];
}
