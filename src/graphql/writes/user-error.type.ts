import { Field, ObjectType } from "type-graphql";
import { ErrorCodeEnum } from "../../facts/vocabulary.type.ts";
import type { ErrorCode, UserError } from "../../kit/errors.ts";
import { sure } from "../../kit/field.ts";

@ObjectType("UserError", { simpleResolvers: true, description: "A fault in the input that the caller can mend." })
export class UserErrorType implements UserError {
  @Field(() => [String], sure("Where in the arguments; positions in a list are decimal strings."))
  path!: string[];

  @Field(() => ErrorCodeEnum, sure("What kind of fault."))
  code!: ErrorCode;

  @Field(() => String, sure("A sentence that names the remedy."))
  message!: string;
}
