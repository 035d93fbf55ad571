import { Arg, Ctx, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import { isRowBound } from "../facts/visible.sql.ts";
import { findTouchpoint } from "../interactions/list.ts";
import { type TouchpointRow, TouchpointType } from "../interactions/touchpoint.type.ts";
import { AppError } from "../kit/errors.ts";
import { endingWith } from "../kit/iterate.ts";
import type { Activity } from "../live/activity.repository.ts";
import { type PopRow, ScreenPopType } from "../live/pop.type.ts";
import { checkAgent } from "../live/pop-access.ts";
import { popsOf } from "../live/pop-feed.ts";
import { everySeconds } from "../live/tick.ts";
import { readContactCentreKpis } from "../reports/contact-centre-kpis/contact-centre-kpis.report.ts";
import { KpiInput, KpiReportType } from "../reports/contact-centre-kpis/contact-centre-kpis.type.ts";
import { keptToOwnRows } from "../reports/contact-centre-kpis/own-rows.ts";
import { type RequestContext } from "../request.ts";
import type { GraphqlContext } from "./context.ts";

/** Subscriptions to an agent's screen, to a customer, and to the figures of the centre. */
@Resolver()
export class WatchResolver {
  @Subscription(() => ScreenPopType, {
    description:
      "What an agent's screen is to show: calls that ring, and that they are gone. After a cursor everything since, each message once; without one what rings now, then whatever comes.",
    subscribe: ({ args, context }) => {
      const { agentId, after } = args as { agentId: string; after?: string | null };
      const { viewer, db, notifier } = context as GraphqlContext;
      checkAgent(viewer, agentId);
      return popsOf({ db, notifier }, agentId, after ?? null);
    },
  })
  screenPop(
    @Root() pop: PopRow,
    @Arg("agentId", () => String, { description: "Whose screen." }) _agentId: string,
    @Arg("after", () => String, { nullable: true, description: "The cursor of the last message received." })
    _after?: string | null,
  ): PopRow {
    return pop;
  }

  @Subscription(() => TouchpointType, {
    description: "What a customer does, on any channel, within a second or two of its being stored.",
    subscribe: ({ args, context }) => {
      const { customerId, after } = args as { customerId: string; after?: string | null };
      const request = context as GraphqlContext;
      return visibleOf(request, request.activityPoller.watch(customerId, after ?? null));
    },
  })
  async customerActivity(
    @Root() { recordId, isLeg }: Activity,
    @Arg("customerId", () => ID, { description: "Whom to watch; followed to whom they are merged into." }) _id: string,
    @Arg("after", () => String, {
      nullable: true,
      description: "The id of the last touchpoint that is known: what was stored since comes first.",
    })
    _after: string | null | undefined,
    @Ctx() request: RequestContext,
  ): Promise<TouchpointRow> {
    const touchpoint = await findTouchpoint(request, { recordId, isLeg });
    if (touchpoint) return touchpoint;
    throw new AppError("NOT_FOUND", "The touchpoint was withdrawn at this moment.");
  }

  @Subscription(() => KpiReportType, {
    description: "The key figures again and again, for a wallboard; at once, then as often as asked for.",
    subscribe: ({ args }) => everySeconds((args as { everySeconds: number }).everySeconds),
  })
  kpiTick(
    @Arg("input", () => KpiInput, { description: "What to count, as for contactCentreKpis." }) input: KpiInput,
    @Arg("everySeconds", () => Int, { defaultValue: 5, description: "Seconds between two answers, 1 to 3600." })
    _everySeconds: number,
    @Ctx() { journeys, viewer }: RequestContext,
  ): Promise<KpiReportType> {
    return readContactCentreKpis(journeys, keptToOwnRows(input, viewer));
  }
}

/** What of a customer's activity the viewer may read. */
function visibleOf(
  request: RequestContext,
  activity: AsyncIterableIterator<Activity>,
): AsyncIterableIterator<Activity> {
  if (!isRowBound(request.viewer)) return activity;
  return endingWith(visibleAmong(request, activity), () => void activity.return?.());
}

async function* visibleAmong(
  request: RequestContext,
  activity: AsyncIterable<Activity>,
): AsyncGenerator<Activity, void> {
  for await (const one of activity) if (await findTouchpoint(request, one)) yield one;
}
