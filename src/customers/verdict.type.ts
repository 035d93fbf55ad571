import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { CONFLICT_KINDS, type ConflictKind } from "../facts/vocabulary.ts";
import { enumOf } from "../kit/enum.ts";
import { maybe, sure } from "../kit/field.ts";
import { connectionTypeOf } from "../kit/page.type.ts";
import { DateTime } from "../kit/scalars.ts";

export const VERDICT_KINDS = ["MUST", "NEVER"] as const;
export const VerdictKindEnum = enumOf(VERDICT_KINDS);
registerEnumType(VerdictKindEnum, {
  name: "VerdictKind",
  description: "What was decided about identities.",
  valuesConfig: {
    MUST: { description: "All of them are one customer." },
    NEVER: { description: "None of the left is ever one with any of the right." },
  },
});

export const ConflictKindEnum = enumOf(CONFLICT_KINDS);
registerEnumType(ConflictKindEnum, {
  name: "ConflictKind",
  description: "Why evidence, or a verdict, was not followed.",
  valuesConfig: {
    LIMIT: { description: "One customer would hold more values of a namespace than it allows." },
    NEVER: { description: "A verdict keeps them apart." },
    SIZE: { description: "The customer would have more identities than one person has." },
    CONTESTED: { description: "It was seen with several anchors of one kind, so it joins nobody." },
    OVERRULED: { description: "A newer verdict says the opposite." },
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

  // Not shown: ids of the identities on either side.
  leftIds!: string[];
  rightIds!: string[];
}

@ObjectType("IdentityConflict", {
  simpleResolvers: true,
  description: "Two identities that evidence or a verdict ties together, and the rules keep apart.",
})
export class IdentityConflictType {
  @Field(() => ConflictKindEnum, sure("Why they are not joined."))
  kind!: ConflictKind;

  @Field(() => DateTime, sure("When the evidence was last seen."))
  observedAt!: Date;

  @Field(() => String, sure("System that sent the evidence."))
  source!: string;

  // Not shown: ids of the two.
  aId!: string;
  bId!: string;
}

/** A conflict as the statements of this room bring it. */
export type IdentityConflictRow = IdentityConflictType;

export const IdentityConflictConnectionType = connectionTypeOf("IdentityConflict", IdentityConflictType);
