import { Field, InputType } from "type-graphql";
import { IdentityInput } from "../../facts/values.type.ts";
import { Takes } from "../../fields/derive/graphql.type.ts";
import { KEY, REVISION } from "../../fields/record.ts";
import { TOUCHPOINT } from "../../fields/touchpoint.ts";
import { sure } from "../../kit/field.ts";

@Takes(KEY, REVISION, TOUCHPOINT)
@InputType({ description: "One moment on any channel." })
export class TouchpointInput {
  @Field(() => [IdentityInput], sure("Who it was, by every identity that is known; at most 10."))
  identities!: IdentityInput[];
}
