import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { durationOf } from "../facts/durations.ts";
import type { Connection } from "../kit/page.ts";
import { PageArgs } from "../kit/page.type.ts";
import type { RequestContext } from "../request.ts";
import { contactLoader } from "./contact.loader.ts";
import { ContactType } from "./contact.type.ts";
import { DataQualityNoteType, type InteractionRow, InteractionType } from "./interaction.type.ts";
import { readTouchpoints } from "./list.ts";
import { TouchpointConnectionType, type TouchpointRow } from "./touchpoint.type.ts";

@Resolver(() => InteractionType)
export class InteractionResolver {
  @FieldResolver()
  sessionSeconds(@Root() row: InteractionRow): number | null {
    return durationOf("sessionSeconds", row);
  }

  @FieldResolver()
  customerSeconds(@Root() row: InteractionRow): number | null {
    return durationOf("customerSeconds", row);
  }

  @FieldResolver()
  agentSeconds(@Root() row: InteractionRow): number | null {
    return durationOf("agentSeconds", row);
  }

  @FieldResolver()
  interactionSeconds(@Root() row: InteractionRow): number | null {
    return durationOf("interactionSeconds", row);
  }

  @FieldResolver(() => TouchpointConnectionType, {
    description: "What happened in it, in order; a reported leg on a channel other than WEB and APP is one itself.",
  })
  touchpoints(
    @Root() row: InteractionRow,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() request: RequestContext,
  ): Promise<Connection<TouchpointRow>> {
    return readTouchpoints(request, row, page);
  }

  @FieldResolver(() => ContactType, { description: "The contact that it is part of, with all that is known of it." })
  contact(@Root() { contactId }: InteractionRow, @Ctx() request: RequestContext): Promise<ContactType> {
    return request.once(contactLoader).load(contactId);
  }

  @FieldResolver(() => [DataQualityNoteType], {
    description:
      "What is odd about it: supplied and recomputed lengths that differ, impossible times, numbers that are possible but not valid.",
  })
  dataQuality(@Root() row: InteractionRow): DataQualityNoteType[] {
    return row.notes ?? [];
  }
}
