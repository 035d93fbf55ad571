import type { Replayed, ReplayFilter } from "../ingest/correcting/replay.ts";
import type { Forgetter } from "../ingest/forgetting/forget.ts";
import type { Ingest } from "../ingest/ingest.ts";
import type { Tracking } from "../ingest/matching/tracking.ts";
import type { Announcer } from "../ingest/ringing/announce.ts";
import type { ActivityPoller } from "../live/activity.ts";
import type { Notifier } from "../live/notifier.ts";
import type { Exporter } from "../privacy/exporter.ts";
import type { RequestContext } from "../request.ts";

/** The functions that mutations call; `app.ts` provides them. */
export interface Writes {
  ingest: Pick<Ingest, "accept" | "acceptOne">;
  /** Sends stored rejections to ingest again. */
  replay(filter: ReplayFilter): Promise<Replayed>;
  announcer: Announcer;
  tracking: Tracking;
  /**
   * The same database for decisions about customers: calls that a decision moves are matched again in its transaction.
   */
  deciding: RequestContext["db"];
  forgetter: Forgetter;
  exporter: Exporter;
}

/** The context of resolvers that write: a reader's context and these functions. */
export interface GraphqlContext extends RequestContext, Writes {
  /** Wakes subscriptions. */
  notifier: Notifier;
  /** Watches customers. */
  activityPoller: ActivityPoller;
}
