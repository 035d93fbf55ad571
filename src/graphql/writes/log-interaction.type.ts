import { Field, InputType } from "type-graphql";
import { IdentityInput } from "../../facts/values.type.ts";
import { LEG } from "../../fields/call.ts";
import { Takes } from "../../fields/derive/graphql.type.ts";
import { KEY, REVISION } from "../../fields/record.ts";

@Takes(KEY, REVISION, LEG)
@InputType({
  description: "One leg of contact on any channel: every JAR variable under the name it has on Interaction.",
})
export class LogInteractionInput {
  @Field(() => [IdentityInput], {
    defaultValue: [],
    description: "Who it was, by every identity that is known; at most 10.",
  })
  identities!: IdentityInput[];
}
