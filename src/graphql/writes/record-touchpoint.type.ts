import { Field, InputType, Int } from "type-graphql";
import { IdentityInput } from "../../facts/values.type.ts";
import type { Channel, TouchpointKind } from "../../fields/choices.ts";
import { ChannelEnum, TouchpointKindEnum } from "../../fields/choices.type.ts";
import { MoneyInput } from "../../fields/money.type.ts";
import { maybe, sure } from "../../kit/field.ts";
import { DateTime } from "../../kit/scalars.ts";

@InputType({ description: "One moment on any channel." })
export class TouchpointInput {
  @Field(() => String, sure("The system that sends the record, such as web or amazon-connect."))
  source!: string;

  @Field(() => String, sure("The sender's own id of the record: sending it again changes nothing."))
  sourceId!: string;

  @Field(() => DateTime, maybe("The sender's update time: a newer one replaces what was sent before."))
  revision?: Date | null;

  @Field(() => [IdentityInput], sure("Who it was, by every identity that is known; at most 10."))
  identities!: IdentityInput[];

  @Field(() => DateTime, sure("When it began."))
  occurredAt!: Date;

  @Field(() => DateTime, maybe("When it ended, where it lasted."))
  endedAt?: Date | null;

  @Field(() => Int, maybe("Order within the session, where times are equal."))
  sequence?: number | null;

  @Field(() => TouchpointKindEnum, sure("What it was."))
  kind!: TouchpointKind;

  @Field(() => ChannelEnum, sure("Where it was."))
  channel!: Channel;

  @Field(() => String, maybe("The page, search term, prompt or intent; the path of the url when left out."))
  name?: string | null;

  @Field(() => String, maybe("The part of the site; the first segment of the path when left out."))
  section?: string | null;

  @Field(() => String, maybe("The page; its query string is not kept."))
  url?: string | null;

  @Field(() => String, maybe("The channel's id of the visit."))
  sessionId?: string | null;

  @Field(() => String, maybe("One id over all channels of a contact."))
  universalSessionId?: string | null;

  @Field(() => MoneyInput, maybe("What it was worth."))
  value?: MoneyInput | null;

  @Field(() => String, maybe("The campaign that brought it."))
  campaign?: string | null;

  @Field(() => String, maybe("The medium of that campaign."))
  medium?: string | null;

  @Field(() => String, maybe("The kind of device."))
  device?: string | null;
}
