import { Args, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { MoneyType } from "../fields/money.type.ts";
import { moneyOf } from "../kit/money.ts";
import type { Connection } from "../kit/page.ts";
import { PageArgs } from "../kit/page.type.ts";
import type { RequestContext } from "../request.ts";
import { dataQualityOf, durationOf } from "./durations.ts";
import { DataQualityNoteType, type InteractionRow, InteractionType } from "./interaction.type.ts";
import { readTouchpoints } from "./list.ts";
import { type MatchMethod, type MatchStatus, WebMatchType } from "./match.type.ts";
import { TouchpointConnectionType, type TouchpointRow } from "./touchpoint.type.ts";

@Resolver(() => InteractionType)
export class InteractionResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: "Seconds of the whole leg; derived: sessionEndTime - sessionStartTime. JAR: SessionDuration.",
  })
  sessionSeconds(@Root() row: InteractionRow): number | null {
    return durationOf("sessionSeconds", row);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: "Seconds from the customer's start to the end of the conversation; derived. JAR: CustomerDuration.",
  })
  customerSeconds(@Root() row: InteractionRow): number | null {
    return durationOf("customerSeconds", row);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: "Seconds that it kept the agent, hold and wrap-up included; derived. JAR: AgentDuration.",
  })
  agentSeconds(@Root() row: InteractionRow): number | null {
    return durationOf("agentSeconds", row);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: "Seconds of the conversation, hold included; derived. JAR: InteractionDuration.",
  })
  interactionSeconds(@Root() row: InteractionRow): number | null {
    return durationOf("interactionSeconds", row);
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: "What it cost the company." })
  cost(@Root() { costAmount, costCurrency }: InteractionRow): MoneyType | null {
    return moneyOf(costAmount, costCurrency);
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: "What it brought in." })
  revenue(@Root() { revenueAmount, revenueCurrency }: InteractionRow): MoneyType | null {
    return moneyOf(revenueAmount, revenueCurrency);
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

  @FieldResolver(() => WebMatchType, {
    nullable: true,
    description: "How a call was tied to a web visit; null on other channels, and until it was looked for.",
  })
  match(@Root() row: InteractionRow): WebMatchType | null {
    if (row.matchStatus === null) return null;
    return {
      status: row.matchStatus as MatchStatus,
      method: row.matchMethod as MatchMethod | null,
      confidence: row.matchConfidence,
      page: row.matchPage,
      url: row.matchUrl,
      secondsBeforeCall: row.matchSeconds,
    };
  }

  @FieldResolver(() => [DataQualityNoteType], {
    description:
      "What is odd about it: supplied and recomputed lengths that differ, impossible times, numbers that are possible but not valid.",
  })
  dataQuality(@Root() row: InteractionRow): DataQualityNoteType[] {
    return dataQualityOf(row);
  }
}
