import { Field, ObjectType, registerEnumType } from "type-graphql";
import { enumOf } from "../kit/enum.ts";
import { sure } from "../kit/field.ts";

export const IDENTITY_KINDS = ["ANCHOR", "PERSONAL", "CARRIER"] as const;
export const IdentityKindEnum = enumOf(IDENTITY_KINDS);
registerEnumType(IdentityKindEnum, {
  name: "IdentityKind",
  description: "What an identity proves.",
  valuesConfig: {
    ANCHOR: {
      description: "Names one customer: a customer number. Two of one namespace are never joined by evidence.",
    },
    PERSONAL: { description: "Belongs to one person, who may have several: an e-mail, a log-in." },
    CARRIER: { description: "Used by whoever holds it: a phone, a cookie, a device. Never joins anybody." },
  },
});

@ObjectType("Identity", { simpleResolvers: true, description: "A value that stands for a customer, normalised." })
export class IdentityType {
  @Field(
    () => String,
    sure("What kind of value it is: phone, email, custid, ecid …, with its issuer where it has one."),
  )
  namespace!: string;

  @Field(
    () => String,
    sure("The value: a phone in E.164, an e-mail as an address where one was sent, else its digest."),
  )
  value!: string;

  @Field(() => IdentityKindEnum, sure("What it proves."))
  kind!: (typeof IDENTITY_KINDS)[number];

  // Not part of the API: the resolvers of other fields use it.
  id!: string;
  bornAt!: Date;
  /** The customer whose list holds it; missing where it was asked for by itself. */
  customerId?: string;
}

/** An identity, as the statements of this folder answer it. */
export type IdentityRow = IdentityType;
