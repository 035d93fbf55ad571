import { Arg, Ctx, Int, Mutation, Resolver } from "type-graphql";
import type { GraphqlContext } from "../engine/context.ts";
import { ReplayPayloadType } from "./verdict-payloads.type.ts";

/** Rejections sent again at once: a transaction that ends while somebody waits for it. */
const MAX_REPLAY = 5_000;

@Resolver()
export class ReplayResolver {
  @Mutation(() => ReplayPayloadType, {
    description: "Sends rejected records through the front door again, oldest first, as after a rule was mended.",
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
    return { ...(await replay({ source: source ?? null, reason: reason ?? null, limit })), userErrors: [] };
  }
}

function refused(): ReplayPayloadType {
  const message = `Send a limit from 1 to ${MAX_REPLAY}.`;
  return { replayed: 0, accepted: 0, stillRejected: 0, userErrors: [{ path: ["limit"], code: "BAD_INPUT", message }] };
}
