import { Field, InputType, Int } from "type-graphql";
import { DateTime } from "../facts/scalars.ts";
import { IdentityInput, MoneyInput } from "../facts/values.type.ts";
import type { Channel, TouchpointKind } from "../facts/vocabulary.ts";
import { ChannelEnum, TouchpointKindEnum } from "../facts/vocabulary.type.ts";

@InputType({ description: "One moment on any channel." })
export class TouchpointInput {
  @Field(() => String, { description: "The system that sends the record, such as web or amazon-connect." })
  source!: string;

  @Field(() => String, { description: "The sender's own id of the record: sending it again changes nothing." })
  sourceId!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: "The sender's update time: a newer one replaces what was sent before.",
  })
  revision?: Date | null;

  @Field(() => [IdentityInput], { description: "Who it was, by every identity that is known; at most 10." })
  identities!: IdentityInput[];

  @Field(() => DateTime, { description: "When it began." })
  occurredAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When it ended, where it lasted." })
  endedAt?: Date | null;

  @Field(() => Int, { nullable: true, description: "Order within the session, where times are equal." })
  sequence?: number | null;

  @Field(() => TouchpointKindEnum, { description: "What it was." })
  kind!: TouchpointKind;

  @Field(() => ChannelEnum, { description: "Where it was." })
  channel!: Channel;

  @Field(() => String, {
    nullable: true,
    description: "The page, search term, prompt or intent; the path of the url when left out.",
  })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The part of the site; the first segment of the path when left out.",
  })
  section?: string | null;

  @Field(() => String, { nullable: true, description: "The page; its query string is not kept." })
  url?: string | null;

  @Field(() => String, { nullable: true, description: "The channel's id of the visit." })
  sessionId?: string | null;

  @Field(() => String, { nullable: true, description: "One id over all channels of a contact." })
  universalSessionId?: string | null;

  @Field(() => MoneyInput, { nullable: true, description: "What it was worth." })
  value?: MoneyInput | null;

  @Field(() => String, { nullable: true, description: "The campaign that brought it." })
  campaign?: string | null;

  @Field(() => String, { nullable: true, description: "The medium of that campaign." })
  medium?: string | null;

  @Field(() => String, { nullable: true, description: "The kind of device." })
  device?: string | null;
}
