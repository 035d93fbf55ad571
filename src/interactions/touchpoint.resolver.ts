import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { DataQualityNote } from "../facts/fact.ts";
import { type Stage, StageEnum } from "../facts/vocabulary.type.ts";
import type { RequestContext } from "../request.ts";
import { ownInteractionLoader } from "./interaction.loader.ts";
import { DataQualityNoteType, type InteractionRow, InteractionType } from "./interaction.type.ts";
import { notesLoader } from "./notes.loader.ts";
import { stageOf } from "./stage.ts";
import { leadLoader } from "./touchpoint.loader.ts";
import { type TouchpointRow, TouchpointType } from "./touchpoint.type.ts";

@Resolver(() => TouchpointType)
export class TouchpointResolver {
  @FieldResolver(() => StageEnum, {
    description: "Whether it lies before, is, or lies after the customer's first form or call over all time.",
  })
  async stage(@Root() touchpoint: TouchpointRow, @Ctx() request: RequestContext): Promise<Stage> {
    return stageOf(touchpoint, await request.once(leadLoader).load(touchpoint.customerId));
  }

  @FieldResolver(() => [DataQualityNoteType], {
    description:
      "What is odd about it, and what was taken out of it before it was stored: numbers that are possible but not valid, card numbers in a search.",
  })
  dataQuality(@Root() { recordId }: TouchpointRow, @Ctx() request: RequestContext): Promise<DataQualityNote[]> {
    return request.once(notesLoader).load(recordId);
  }

  @FieldResolver(() => InteractionType, { description: "The leg or visit that it was part of." })
  interaction(
    @Root() { interactionId, customerId }: TouchpointRow,
    @Ctx() request: RequestContext,
  ): Promise<InteractionRow | null> {
    return request.once(ownInteractionLoader).load({ interactionId, customerId });
  }
}
