import { Field, InputType, registerEnumType } from "type-graphql";
import { enumOf } from "../../kit/enum.ts";
import { maybe, sure } from "../../kit/field.ts";
import { ChannelPerformanceInput } from "./channel-performance.type.ts";

const CHANNEL_FIGURES = ["INTERACTIONS", "CALLS", "MATCHED_CALLS", "TRANSACTIONS", "REVENUE", "COST"] as const;
export type ChannelFigure = (typeof CHANNEL_FIGURES)[number];
const ChannelFigureEnum = enumOf(CHANNEL_FIGURES);
registerEnumType(ChannelFigureEnum, {
  name: "ChannelFigure",
  description: "A figure of channel performance.",
  valuesConfig: {
    INTERACTIONS: { description: "Visits and legs." },
    CALLS: { description: "Calls." },
    MATCHED_CALLS: { description: "Calls tied to a visit." },
    TRANSACTIONS: {
      description:
        "Transactions. One whose id several customers' records name is behind each of them, and counted once.",
    },
    REVENUE: { description: "Money earned, in `currency`." },
    COST: { description: "Money spent, in `currency`." },
  },
});

@InputType({ description: "A cell of channel performance." })
export class ChannelCellInput {
  @Field(() => String, maybe("The row's value, or its facet's name; null for the row of all that has none."))
  value?: string | null;

  @Field(() => ChannelFigureEnum, sure("Which of its figures."))
  figure!: ChannelFigure;

  @Field(() => String, maybe("ISO 4217 code; of REVENUE and COST only."))
  currency?: string | null;
}

@InputType({ description: "Channel performance, and one of its cells." })
export class ChannelPeopleInput {
  @Field(() => ChannelPerformanceInput, sure("The report as it was asked for."))
  report!: ChannelPerformanceInput;

  @Field(() => ChannelCellInput, sure("The cell."))
  cell!: ChannelCellInput;
}
