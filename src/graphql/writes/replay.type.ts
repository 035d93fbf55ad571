import { Field, Int, ObjectType } from "type-graphql";
import { sure } from "../../kit/field.ts";
import { UserErrorType } from "./user-error.type.ts";

@ObjectType("ReplayPayload", { simpleResolvers: true, description: "What became of rejected records sent again." })
export class ReplayPayloadType {
  @Field(() => Int, sure("Rejections that were sent again."))
  replayed!: number;

  @Field(() => Int, sure("Those that were taken in this time."))
  accepted!: number;

  @Field(() => Int, sure("Those that were not."))
  stillRejected!: number;

  @Field(() => [UserErrorType], sure("What to change, where something was not sent."))
  userErrors!: UserErrorType[];
}
