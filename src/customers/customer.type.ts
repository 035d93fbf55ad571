import { Field, ID, InputType, ObjectType } from "type-graphql";
import { AttributeFilterInput } from "../facts/attribute.type.ts";
import { PeriodInput } from "../facts/values.type.ts";
import { maybe, sure } from "../kit/field.ts";
import { connectionTypeOf, NodeType } from "../kit/page.type.ts";
import { DateTime } from "../kit/scalars.ts";

@ObjectType("Customer", {
  implements: NodeType,
  simpleResolvers: true,
  description: "Whom a set of identities means, derived from the evidence that ties them together.",
})
export class CustomerType implements NodeType {
  @Field(() => ID, sure("The id that the customer's senior identity was born with."))
  id!: string;

  @Field(() => Boolean, sure("Nothing names them: all their identities are carriers, such as a cookie or a phone."))
  isAnonymous!: boolean;

  @Field(() => DateTime, sure("When the customer's senior identity was first stored."))
  createdAt!: Date;

  // Not part of the API: the name, where it was read already.
  knownName?: string | null;
}

@ObjectType("MergedCustomer", {
  implements: NodeType,
  simpleResolvers: true,
  description: "An id that was a customer's once, and whose identity is somebody else's now.",
})
export class MergedCustomerType implements NodeType {
  @Field(() => ID, sure("The former id."))
  id!: string;

  @Field(() => CustomerType, sure("Whose it is now."))
  survivor!: CustomerType;
}

/** Connections of customers. */
export const CustomerConnectionType = connectionTypeOf("Customer", CustomerType);

@InputType({ description: "Which customers. Fields are ANDed, the values of a list are ORed." })
export class CustomerFilterInput {
  @Field(() => [String], maybe("Whose customerSegmentId is one of these."))
  segments?: string[] | null;

  @Field(() => [String], maybe("Whose region is one of these."))
  regions?: string[] | null;

  @Field(() => Boolean, maybe("Only those whom nothing names, or only the others."))
  isAnonymous?: boolean | null;

  @Field(() => Boolean, maybe("Only those who are VVIP, or only those of whom nobody says so."))
  vvip?: boolean | null;

  @Field(() => Boolean, maybe("Only those of high risk, or only those of whom nobody says so."))
  highRisk?: boolean | null;

  @Field(
    () => String,
    maybe(
      "Words of a name that a source states, or their beginnings, in any order, capitals aside; or a whole identity: a phone number, an e-mail, an id. At most 200 characters.",
    ),
  )
  search?: string | null;

  @Field(() => [AttributeFilterInput], maybe("Of whom this is said; what is said of legs is for `interactions`."))
  attributes?: AttributeFilterInput[] | null;

  @Field(() => PeriodInput, maybe("Who did something in this period, on any channel."))
  seenIn?: PeriodInput | null;
}
