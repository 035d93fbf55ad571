import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { CustomerType } from "../customers/customer.type.ts";
import type { Connection } from "../kit/page.ts";
import type { RequestContext } from "../request.ts";
import { InteractionConnectionType, type InteractionRow } from "./interaction.type.ts";
import { readRecent, readTimeline } from "./list.ts";
import { RecentArgs, TimelineArgs } from "./timeline.type.ts";
import { type TouchpointRow, TouchpointType } from "./touchpoint.type.ts";

/** What a customer did: fields of Customer. */
@Resolver(() => CustomerType)
export class TimelineResolver {
  @FieldResolver(() => InteractionConnectionType, {
    description:
      "All the customer's interactions, newest first by start; a visit that several of their identities made is listed once, from its least start to its greatest end.",
  })
  timeline(
    @Root() { id }: CustomerType,
    @Args(() => TimelineArgs) args: TimelineArgs,
    @Ctx() request: RequestContext,
  ): Promise<Connection<InteractionRow>> {
    return readTimeline(request, id, args);
  }

  @FieldResolver(() => [TouchpointType], {
    description: "What the customer did last, on any channel, newest first; what was stored a moment ago is there.",
  })
  recentTouchpoints(
    @Root() { id }: CustomerType,
    @Args(() => RecentArgs) { first, withinSeconds }: RecentArgs,
    @Ctx() request: RequestContext,
  ): Promise<TouchpointRow[]> {
    return readRecent(request, id, { first, withinSeconds: withinSeconds ?? null });
  }
}
