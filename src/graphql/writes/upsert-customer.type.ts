import { Field, InputType } from "type-graphql";
import { IdentityInput } from "../../facts/values.type.ts";
import { STATED } from "../../fields/car.ts";
import { Takes } from "../../fields/derive/graphql.type.ts";
import { KEY, OBSERVED } from "../../fields/record.ts";
import { sure } from "../../kit/field.ts";

@Takes(KEY, OBSERVED, STATED)
@InputType({
  description:
    "What one source states about a customer: every CAR variable under the name it has on CustomerRecord. A field left out says nothing; null clears what this source said.",
})
export class UpsertCustomerInput {
  @Field(() => [IdentityInput], sure("Which customer, by every identity that is known; at least one, at most 10."))
  identities!: IdentityInput[];
}
