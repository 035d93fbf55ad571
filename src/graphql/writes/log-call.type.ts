import { Field, InputType } from "type-graphql";
import { IdentityInput } from "../../facts/values.type.ts";
import { CALL } from "../../fields/call.ts";
import { Takes } from "../../fields/derive/graphql.type.ts";
import { KEY, REVISION } from "../../fields/record.ts";

@Takes(KEY, REVISION, CALL)
@InputType({ description: "A call as a telephone system logs it; it becomes an interaction of channel VOICE." })
export class LogCallInput {
  @Field(() => [IdentityInput], {
    defaultValue: [],
    description: "Who it was, by every identity that is known; at most 10.",
  })
  identities!: IdentityInput[];
}
