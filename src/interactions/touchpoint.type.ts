import { Field, ID, ObjectType } from "type-graphql";
import type { Channel, TouchpointKind } from "../fields/choices.ts";
import { ChannelEnum, TouchpointKindEnum } from "../fields/choices.type.ts";
import { maybe, sure } from "../kit/field.ts";
import { connectionTypeOf, NodeType } from "../kit/page.type.ts";
import { DateTime } from "../kit/scalars.ts";

@ObjectType("Touchpoint", {
  implements: NodeType,
  simpleResolvers: true,
  description:
    "One moment of an interaction: a page view, a search, a prompt, a call. A leg that a sender reported on a channel other than WEB and APP is itself one touchpoint.",
})
export class TouchpointType implements NodeType {
  @Field(() => ID, sure("Made from source and sourceId; of a leg, its interaction's id and `:leg`."))
  id!: string;

  @Field(() => DateTime, sure("When it happened, or began."))
  occurredAt!: Date;

  @Field(() => DateTime, maybe("When it ended, where that is known."))
  endedAt!: Date | null;

  @Field(() => TouchpointKindEnum, sure("What it is."))
  kind!: TouchpointKind;

  @Field(() => ChannelEnum, sure("Channel it happened on."))
  channel!: Channel;

  @Field(() => String, sure("System that sent it."))
  source!: string;

  @Field(() => String, maybe("Page, search term, prompt, intent or call reason; of a page without a name, its path."))
  name!: string | null;

  @Field(() => String, maybe("Part of the site: what was sent, else the first segment of the path."))
  section!: string | null;

  @Field(() => String, maybe("Address, without query string and fragment."))
  url!: string | null;

  @Field(() => String, maybe("Campaign that brought it."))
  campaign!: string | null;

  // Not shown: what the resolvers of the other fields go by.
  customerId!: string;
  interactionId!: string;
  recordId!: string;
  sequence!: number | null;
  amount!: string | null;
  currency!: string | null;
}

/** A touchpoint as the statements of this room bring it. */
export type TouchpointRow = TouchpointType;

export const TouchpointConnectionType = connectionTypeOf("Touchpoint", TouchpointType);
