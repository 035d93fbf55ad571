import { Field, ID, Int, ObjectType } from "type-graphql";
import { maybe, sure } from "../../kit/field.ts";
import { UserErrorType } from "./user-error.type.ts";

@ObjectType("VerdictPayload", { simpleResolvers: true, description: "What was decided, and whom it concerns now." })
export class VerdictPayloadType {
  @Field(() => [UserErrorType], sure("What to change, where nothing was decided."))
  userErrors!: UserErrorType[];

  // Not part of the API: the resolvers of the verdict and the customers use it.
  verdictId!: string | null;
  customerIds!: string[];
}

@ObjectType("MergePreview", {
  simpleResolvers: true,
  description: "What a merge or a split would do. Nothing is stored.",
})
export class MergePreviewType {
  @Field(() => Int, sure("Customers that the identities named would belong to."))
  customersAfter!: number;

  @Field(() => ID, maybe("The id of the one customer afterwards; null where there would be several."))
  idAfter!: string | null;

  @Field(() => Int, sure("Interactions that would change hands."))
  interactionsMoved!: number;

  @Field(() => Int, sure("Touchpoints that would change hands."))
  touchpointsMoved!: number;

  @Field(() => [String], sure("Why some of it would not be followed, a sentence each."))
  conflicts!: string[];

  // Not part of the API: the resolvers of the identities and the record use it.
  identityIds!: string[];
  /** The customers whose records would become one; empty where they would not. */
  recordsOf!: string[];
}
