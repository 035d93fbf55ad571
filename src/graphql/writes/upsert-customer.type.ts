import { Field, InputType } from "type-graphql";
import { STATES_IDENTITIES, WITHDRAWS_IDENTITIES } from "../../facts/record.ts";
import { IdentityInput } from "../../facts/values.type.ts";
import { STATED } from "../../fields/car.ts";
import { Takes } from "../../fields/derive/graphql.type.ts";
import { KEY, OBSERVED } from "../../fields/record.ts";
import { maybe, sure } from "../../kit/field.ts";

@Takes(KEY, OBSERVED, STATED)
@InputType({
  description:
    "What one source states about a customer: every CAR variable under the name it has on CustomerRecord. What is left out says nothing; null, or an empty list, clears what this source said.",
})
export class UpsertCustomerInput {
  @Field(() => [IdentityInput], sure(STATES_IDENTITIES))
  identities!: IdentityInput[];

  @Field(() => [IdentityInput], maybe(WITHDRAWS_IDENTITIES))
  withdrawIdentities?: IdentityInput[] | null;
}
