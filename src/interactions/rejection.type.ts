import { Field, ID, Int, ObjectType } from "type-graphql";
import { maybe, sure } from "../kit/field.ts";
import { connectionTypeOf, NodeType } from "../kit/page.type.ts";
import { DateTime } from "../kit/scalars.ts";

@ObjectType("Rejection", {
  implements: NodeType,
  simpleResolvers: true,
  description: "A record that could not be taken in, kept so that it can be sent again.",
})
export class RejectionType implements NodeType {
  @Field(() => ID, sure("Identifies the rejection, not the record."))
  id!: string;

  @Field(() => String, sure("System that sent it; `unknown` where the record does not say."))
  source!: string;

  @Field(() => String, maybe("The sender's own id, where the record has one."))
  sourceId!: string | null;

  @Field(() => String, sure("Why, as a constant to branch on, such as BAD_TIME."))
  reason!: string;

  @Field(() => String, sure("How far it came: decode, adapt, validate."))
  stage!: string;

  @Field(() => String, sure("Why, as a sentence that names the remedy."))
  message!: string;

  @Field(() => DateTime, sure("When it came in."))
  receivedAt!: Date;

  @Field(() => Int, maybe("Its line in the file that it came in."))
  line!: number | null;

  // Encrypted; the API shows it redacted.
  body!: Uint8Array | null;
}

/** A rejection, as the statements of this folder answer it. */
export type RejectionRow = RejectionType;

export const RejectionConnectionType = connectionTypeOf("Rejection", RejectionType);
