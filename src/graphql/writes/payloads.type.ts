import { Field, ObjectType } from "type-graphql";
import type { ReceiptStatus } from "../../facts/vocabulary.ts";
import { ReceiptStatusEnum } from "../../facts/vocabulary.type.ts";
import { sure } from "../../kit/field.ts";
import { UserErrorType } from "./user-error.type.ts";

// The payloads of mutations: expected errors are data, beside the result.

const PAYLOAD = { simpleResolvers: true };

@ObjectType("LogInteractionPayload", { ...PAYLOAD, description: "What became of one logged leg." })
export class LogInteractionPayloadType {
  @Field(() => ReceiptStatusEnum, sure("What happened to the record."))
  status!: ReceiptStatus;

  @Field(() => [UserErrorType], sure("What to change, where it was refused."))
  userErrors!: UserErrorType[];
}

@ObjectType("LogInteractionsPayload", { ...PAYLOAD, description: "What became of a list of logged legs." })
export class LogInteractionsPayloadType {
  @Field(() => [LogInteractionPayloadType], sure("One for each input, in order."))
  receipts!: LogInteractionPayloadType[];

  @Field(() => [UserErrorType], sure("The errors of all inputs together."))
  userErrors!: UserErrorType[];
}

@ObjectType("TouchpointReceipt", { ...PAYLOAD, description: "What became of one recorded moment." })
export class TouchpointReceiptType {
  @Field(() => ReceiptStatusEnum, sure("What happened to the record."))
  status!: ReceiptStatus;
}

@ObjectType("RecordTouchpointsPayload", { ...PAYLOAD, description: "What became of a list of recorded moments." })
export class RecordTouchpointsPayloadType {
  @Field(() => [TouchpointReceiptType], sure("One for each input, in order."))
  receipts!: TouchpointReceiptType[];

  @Field(() => [UserErrorType], sure("The errors of all inputs together."))
  userErrors!: UserErrorType[];
}

@ObjectType("CustomerPayload", { ...PAYLOAD, description: "What became of a statement about a customer." })
export class CustomerPayloadType {
  @Field(() => ReceiptStatusEnum, sure("What happened to the record."))
  status!: ReceiptStatus;

  @Field(() => [UserErrorType], sure("What to change, where it was refused."))
  userErrors!: UserErrorType[];
}
