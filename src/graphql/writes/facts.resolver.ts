import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { GraphqlContext } from "../context.ts";
import { leaveUnread } from "../unread.ts";
import { LogCallInput } from "./log-call.type.ts";
import { LogInteractionInput } from "./log-interaction.type.ts";
import {
  CustomerPayloadType,
  LogInteractionPayloadType,
  LogInteractionsPayloadType,
  RecordTouchpointsPayloadType,
} from "./payloads.type.ts";
import { recordOf, refusalOf, type Written, type WrittenList, writtenListOf, writtenOf } from "./receipts.ts";
import { TouchpointInput } from "./record-touchpoint.type.ts";
import { UpsertCustomerInput } from "./upsert-customer.type.ts";

/** An argument that is a record, or records. */
const record = (description: string) => ({ description, validateFn: leaveUnread });

const ENTRY_POINT = { entryPoint: "graphql" };

/** The mutations that take records: each hands them to ingest. */
@Resolver()
export class FactsResolver {
  @Mutation(() => LogInteractionPayloadType, {
    description:
      "Logs a call. Sending it again with the same key is safe; with a newer revision it replaces the earlier one.",
  })
  async logCall(
    @Arg("input", () => LogCallInput, record("The call.")) input: LogCallInput,
    @Ctx() { ingest, viewer }: GraphqlContext,
  ): Promise<Written> {
    return writtenOf(await ingest.acceptOne(recordOf("call", input, viewer), ENTRY_POINT), ["input"]);
  }

  @Mutation(() => LogInteractionPayloadType, {
    description: "Logs one leg of contact on any channel. Sending it again with the same key is safe.",
  })
  async logInteraction(
    @Arg("input", () => LogInteractionInput, record("The leg.")) input: LogInteractionInput,
    @Ctx() { ingest, viewer }: GraphqlContext,
  ): Promise<Written> {
    return writtenOf(await ingest.acceptOne(recordOf("interaction", input, viewer), ENTRY_POINT), ["input"]);
  }

  @Mutation(() => LogInteractionsPayloadType, {
    description: "Logs up to 500 legs of contact in one transaction. One that is rejected spoils no other.",
  })
  async logInteractions(
    @Arg("inputs", () => [LogInteractionInput], record("The legs, 500 at most."))
    inputs: LogInteractionInput[],
    @Ctx() { ingest, viewer }: GraphqlContext,
  ): Promise<WrittenList> {
    const records = inputs.map((input) => recordOf("interaction", input, viewer));
    return refusalOf(inputs) ?? writtenListOf(await ingest.accept(records, ENTRY_POINT));
  }

  @Mutation(() => RecordTouchpointsPayloadType, {
    description: "Records up to 500 moments in one transaction; more goes through POST /v1/touchpoints.",
  })
  async recordTouchpoints(
    @Arg("inputs", () => [TouchpointInput], record("The moments, 500 at most.")) inputs: TouchpointInput[],
    @Ctx() { ingest, viewer }: GraphqlContext,
  ): Promise<WrittenList> {
    const records = inputs.map((input) => recordOf("touchpoint", input, viewer));
    return refusalOf(inputs) ?? writtenListOf(await ingest.accept(records, ENTRY_POINT));
  }

  @Mutation(() => CustomerPayloadType, {
    description:
      "States what one source knows about a customer. A field left out says nothing; null clears what this source said.",
  })
  async upsertCustomer(
    @Arg("input", () => UpsertCustomerInput, record("The statement.")) input: UpsertCustomerInput,
    @Ctx() { ingest, viewer }: GraphqlContext,
  ): Promise<Written> {
    return writtenOf(await ingest.acceptOne(recordOf("customer", input, viewer), ENTRY_POINT), ["input"]);
  }
}
