import { Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { countDueNow, readRetention } from "../ingest/forgetting/retain.ts";
import { AppError } from "../kit/errors.ts";
import { sure } from "../kit/field.ts";
import type { RequestContext } from "../request.ts";
import { MOST_RUNS, RetentionArgs, RetentionRuleType, RetentionType } from "./retention.type.ts";

@Resolver()
export class RetentionResolver {
  @Query(() => RetentionType, {
    description:
      "How long things are kept, whose records a legal hold keeps, what the last runs let go of, and which months are in the archive.",
  })
  async retention(
    @Args(() => RetentionArgs) { runs }: RetentionArgs,
    @Ctx() { db }: RequestContext,
  ): Promise<RetentionType> {
    if (runs < 1 || runs > MOST_RUNS) throw new AppError("BAD_INPUT", `Ask for 1 to ${MOST_RUNS} runs.`, ["runs"]);
    return readRetention(db, runs);
  }
}

@Resolver(() => RetentionRuleType)
export class RetentionRuleResolver {
  @FieldResolver(
    () => Int,
    sure("How much of it a run would let go of now, as `c360 retain --dry-run` says; counted when it is asked for."),
  )
  due(@Root() rule: RetentionRuleType, @Ctx() { db }: RequestContext): Promise<number> {
    return countDueNow(db, rule);
  }
}
