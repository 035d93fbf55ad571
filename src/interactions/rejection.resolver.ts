import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { REJECTION_DAYS } from "../facts/rejection.ts";
import { JSONObject } from "../kit/scalars.ts";
import { open } from "../kit/seal.ts";
import type { RequestContext } from "../request.ts";
import { redact } from "./redact.ts";
import { type RejectionRow, RejectionType } from "./rejection.type.ts";

@Resolver(() => RejectionType)
export class RejectionResolver {
  @FieldResolver(() => JSONObject, {
    nullable: true,
    description: `The record's fields, each value redacted; null where it was no object, or its ${REJECTION_DAYS} days are over. A replay reads the original.`,
  })
  body(
    @Root() { body: sealed }: RejectionRow,
    @Ctx() { rejectionKey }: RequestContext,
  ): Record<string, unknown> | null {
    if (!sealed || !rejectionKey) return null;
    const { body } = open(rejectionKey, sealed) as { body?: unknown };
    return typeof body === "object" && body !== null && !Array.isArray(body)
      ? (redact(body) as Record<string, unknown>)
      : null;
  }
}
