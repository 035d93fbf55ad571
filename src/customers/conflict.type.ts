import { Field, ObjectType, registerEnumType } from "type-graphql";
import { CONFLICT_KINDS, type ConflictKind } from "../facts/vocabulary.ts";
import { enumOf } from "../kit/enum.ts";
import { sure } from "../kit/field.ts";
import { connectionTypeOf } from "../kit/page.type.ts";
import { DateTime } from "../kit/scalars.ts";

export const ConflictKindEnum = enumOf(CONFLICT_KINDS);
registerEnumType(ConflictKindEnum, {
  name: "ConflictKind",
  description: "Why evidence, or a verdict, was not followed.",
  valuesConfig: {
    LIMIT: { description: "One customer would hold more values of a namespace than it allows." },
    NEVER: { description: "A verdict keeps them apart." },
    SIZE: { description: "The customer would have more identities than one person has." },
    CONTESTED: {
      description:
        "It was seen with several anchors of one kind, or with more values of one kind than a person has, so it joins nobody.",
    },
    OVERRULED: { description: "A newer verdict says the opposite." },
    SOURCE: { description: "Only sources that may not join customers tie them together, and others know both." },
  },
});

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

  // Not part of the API: the ids of the two identities.
  aId!: string;
  bId!: string;
}

/** A conflict, as the statements of this folder answer it. */
export type IdentityConflictRow = IdentityConflictType;

export const IdentityConflictConnectionType = connectionTypeOf("IdentityConflict", IdentityConflictType);
