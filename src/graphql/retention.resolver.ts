import { Args, Ctx, Query, Resolver } from "type-graphql";
import { readRetention } from "../ingest/forgetting/retain.ts";
import { AppError } from "../kit/errors.ts";
import type { RequestContext } from "../request.ts";
import { MOST_RUNS, RetentionArgs, RetentionType } from "./retention.type.ts";

@Resolver()
export class RetentionResolver {
  @Query(() => RetentionType, {
    description: "How long things are kept, whose records a legal hold keeps, and what the last runs let go of.",
  })
  async retention(
    @Args(() => RetentionArgs) { runs }: RetentionArgs,
    @Ctx() { db }: RequestContext,
  ): Promise<RetentionType> {
    if (runs < 1 || runs > MOST_RUNS) throw new AppError("BAD_INPUT", `Ask for 1 to ${MOST_RUNS} runs.`, ["runs"]);
    return readRetention(db, runs);
  }
}
