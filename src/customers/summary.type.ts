import { Field, Float, Int, ObjectType } from "type-graphql";
import { RECENT_DAYS } from "../facts/repeat-callers.ts";
import type { Channel } from "../fields/choices.ts";
import { ChannelEnum } from "../fields/choices.type.ts";
import { MoneyType } from "../fields/money.type.ts";
import { maybe, sure } from "../kit/field.ts";
import { DateTime } from "../kit/scalars.ts";

@ObjectType("ChannelCount", { simpleResolvers: true, description: "How often a channel was used." })
export class ChannelCountType {
  @Field(() => ChannelEnum, sure("The channel."))
  channel!: Channel;

  @Field(() => Int, sure("Interactions on it, each counted once."))
  interactions!: number;
}

@ObjectType("CustomerSummary", {
  simpleResolvers: true,
  description:
    "A customer in numbers, over all time. Interactions are counted once per (source, sourceId); those of other teams and call centres are none for a key that is bound to some.",
})
export class CustomerSummaryType {
  @Field(() => DateTime, maybe("First time the customer was seen in an interaction."))
  firstSeenAt!: Date | null;

  @Field(
    () => DateTime,
    maybe(
      "Last time, that is, the end of what ended last. What has not come yet by our clock does not count, nor does a time after now.",
    ),
  )
  lastSeenAt!: Date | null;

  @Field(() => Int, sure("Interactions on all channels, visits included."))
  interactionCount!: number;

  @Field(() => Int, sure("Touchpoints on all channels; a leg that was reported is one, unless it is WEB or APP."))
  touchpointCount!: number;

  @Field(() => [ChannelCountType], sure("Interactions by channel, the most used first."))
  byChannel!: ChannelCountType[];

  @Field(() => Int, sure(`Calls, that is, interactions of channel VOICE, begun in the last ${RECENT_DAYS} days.`))
  callsLast30Days!: number;

  @Field(() => String, maybe("Reason of the newest call that has one."))
  lastCallReason!: string | null;

  @Field(() => Boolean, sure(`At least two calls within the last ${RECENT_DAYS} days.`))
  isRepeatCaller!: boolean;

  @Field(() => Int, sure("Interactions that say that they are not resolved; those that do not say are not counted."))
  unresolvedCount!: number;

  @Field(
    () => Float,
    maybe(
      "Mean satisfaction as a share of the scale, 0 to 1: csatScore / csatScaleMax. A score whose scale is not stated is left out, and so is one above it.",
    ),
  )
  averageCsat!: number | null;

  @Field(() => [MoneyType], sure("What the interactions cost, a sum for each currency."))
  costToServe!: MoneyType[];
}
