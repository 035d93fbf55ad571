import { Arg, Ctx, Int, Mutation, Resolver } from "type-graphql";
import { REJECTION_DAYS } from "../../facts/rejection.ts";
import type { UserError } from "../../kit/errors.ts";
import type { GraphqlContext } from "../context.ts";
import { ReplayPayloadType } from "./replay.type.ts";

/** The most rejections of one replay: a transaction that ends while somebody waits. */
const MAX_REPLAY = 5_000;

@Resolver()
export class ReplayResolver {
  @Mutation(() => ReplayPayloadType, {
    description: "Sends rejected records to ingest again, oldest first, as after a rule was mended.",
  })
  async replayRejections(
    @Arg("source", () => String, { nullable: true, description: "Of this source only." }) source: string | null,
    @Arg("reason", () => String, { nullable: true, description: "Rejected for this reason only." }) reason:
      | string
      | null,
    @Arg("limit", () => Int, { defaultValue: 500, description: `How many at most: 1 to ${MAX_REPLAY}.` }) limit: number,
    @Ctx() { replay }: GraphqlContext,
  ): Promise<ReplayPayloadType> {
    if (limit < 1 || limit > MAX_REPLAY) return refused();
    const { expired, ...counts } = await replay({ source: source ?? null, reason: reason ?? null, limit });
    return { ...counts, userErrors: expired > 0 ? [tooOld(expired)] : [] };
  }
}

function refused(): ReplayPayloadType {
  const message = `Send a limit from 1 to ${MAX_REPLAY}.`;
  return { replayed: 0, accepted: 0, stillRejected: 0, userErrors: [{ path: ["limit"], code: "BAD_INPUT", message }] };
}

function tooOld(count: number): UserError {
  const message = `What was sent is kept for ${REJECTION_DAYS} days, and is gone of ${count}: send those again from their system.`;
  return { path: [], code: "NOT_FOUND", message };
}
