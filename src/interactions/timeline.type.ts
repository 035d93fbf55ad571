import { ArgsType, Field, Int } from "type-graphql";
import { PeriodInput } from "../facts/values.type.ts";
import type { Channel } from "../fields/choices.ts";
import { ChannelEnum } from "../fields/choices.type.ts";
import { maybe } from "../kit/field.ts";
import { PageArgs } from "../kit/page.type.ts";

@ArgsType()
export class TimelineArgs extends PageArgs {
  @Field(() => [ChannelEnum], maybe("Only these channels."))
  channels?: Channel[] | null;

  @Field(() => PeriodInput, maybe("Only what began in this period."))
  period?: PeriodInput | null;
}

@ArgsType()
export class RecentArgs {
  @Field(() => Int, { defaultValue: 20, description: "How many at most, 1 to 100." })
  first: number = 20;

  @Field(() => Int, maybe("Only what happened in the last so many seconds."))
  withinSeconds?: number | null;
}
