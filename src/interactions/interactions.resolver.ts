import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import type { Connection } from "../kit/page.ts";
import { PageArgs } from "../kit/page.type.ts";
import type { RequestContext } from "../request.ts";
import {
  InteractionConnectionType,
  type InteractionFilter,
  InteractionFilterInput,
  type InteractionRow,
  InteractionType,
} from "./interaction.type.ts";
import { findInteraction, listInteractions, listRejections } from "./list.ts";
import { RejectionConnectionType, type RejectionRow } from "./rejection.type.ts";

@Resolver()
export class InteractionsResolver {
  @Query(() => InteractionType, {
    nullable: true,
    description: "One interaction under its sender's key; null when none was sent under it.",
  })
  interaction(
    @Arg("source", () => String, { description: "System that sent it." }) source: string,
    @Arg("sourceId", () => String, { description: "The sender's own id; of a visit, its session id." })
    sourceId: string,
    @Ctx() request: RequestContext,
  ): Promise<InteractionRow | null> {
    return findInteraction(request, source, sourceId);
  }

  @Query(() => InteractionConnectionType, {
    description: "Everybody's interactions, newest first by start, each once.",
  })
  interactions(
    @Arg("filter", () => InteractionFilterInput, { nullable: true, description: "Which ones; all when left out." })
    filter: InteractionFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() request: RequestContext,
  ): Promise<Connection<InteractionRow>> {
    return listInteractions(request, filter ?? {}, page);
  }

  @Query(() => RejectionConnectionType, {
    description: "Records that could not be taken in and have not been since, newest first.",
  })
  rejections(
    @Arg("source", () => String, { nullable: true, description: "Of one sending system only." }) source: string | null,
    @Arg("reason", () => String, { nullable: true, description: "For one reason only." }) reason: string | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() request: RequestContext,
  ): Promise<Connection<RejectionRow>> {
    return listRejections(request, { source, reason }, page);
  }
}
