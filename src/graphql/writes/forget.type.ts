import { Field, ID, Int, ObjectType } from "type-graphql";
import { maybe, sure } from "../../kit/field.ts";
import { DateTime } from "../../kit/scalars.ts";
import { UserErrorType } from "./user-error.type.ts";

const SIMPLE = { simpleResolvers: true };

@ObjectType("ForgetCounts", { ...SIMPLE, description: "How much of each a forgetting takes away." })
export class ForgetCountsType {
  @Field(() => Int, sure("Records in which a source said who the customer is."))
  customerRecords!: number;

  @Field(() => Int, sure("Legs that a sender reported, with notes and metadata."))
  interactions!: number;

  @Field(() => Int, sure("Touchpoints, with pages, searches and values."))
  touchpoints!: number;

  @Field(() => Int, sure("Identities: those that nobody else has or had, and those that nothing else shows."))
  identities!: number;

  @Field(() => Int, sure("Merges, splits and links that name one of these identities."))
  verdicts!: number;

  @Field(() => Int, sure("Earlier versions of records and rows, which answered what was known before."))
  earlierVersions!: number;

  @Field(() => Int, sure("Refused records that are theirs or name them, with their sealed bodies."))
  rejections!: number;

  @Field(() => Int, sure("Messages kept as they were sent that name them, whole."))
  originals!: number;

  @Field(() => Int, sure("Announced calls, with their pops and what screens were told."))
  calls!: number;

  @Field(() => Int, sure("Answers kept under an Idempotency-Key that name them."))
  answers!: number;

  @Field(() => Int, sure("Pages, searches and other names of the dictionary that nobody else used."))
  texts!: number;
}

@ObjectType("ForgetPreview", { ...SIMPLE, description: "What forgetting a customer would do. Nothing is stored." })
export class ForgetPreviewType {
  @Field(() => ID, sure("The customer, under the id that they have now."))
  customerId!: string;

  @Field(() => ForgetCountsType, sure("What would go: exactly what `forgetCustomer` would take, asked now."))
  goes!: ForgetCountsType;

  @Field(() => Int, sure("Rows of the audit that would stay: who looked at them, and when; they hold no values."))
  auditRowsStay!: number;

  // Not part of the API: the resolver of the shared identities uses it.
  sharedIds!: readonly string[];
}

@ObjectType("ForgetPayload", { ...SIMPLE, description: "What was forgotten. It cannot be taken back." })
export class ForgetPayloadType {
  @Field(() => ID, maybe("The receipt's id; null where nothing was forgotten."))
  receiptId!: string | null;

  @Field(() => DateTime, maybe("When; records of the same identities that happened before are refused from now on."))
  forgottenAt!: Date | null;

  @Field(() => ForgetCountsType, maybe("What went."))
  gone!: ForgetCountsType | null;

  @Field(
    () => String,
    maybe(
      "The receipt as JSON, signed with Ed25519 by a key that is not in the database: what, when, by whom, why, and keyed hashes that name nobody. `npm run c360 -- verify-receipt` checks it offline.",
    ),
  )
  receipt!: string | null;

  @Field(() => [UserErrorType], sure("What to change, where nothing was forgotten."))
  userErrors!: UserErrorType[];
}
