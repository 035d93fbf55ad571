import type { Replayed, ReplayFilter } from "../ingest/correcting/replay.ts";
import type { Ingest } from "../ingest/ingest.ts";
import type { Tracking } from "../ingest/matching/tracking.ts";
import type { Announcer } from "../ingest/ringing/announce.ts";
import type { Lookout } from "../live/activity.ts";
import type { Hub } from "../live/hub.ts";
import type { RequestContext } from "../request.ts";

/** The write wing's verbs, as `app.ts` hands them to the resolvers that write. */
export interface Writes {
  ingest: Pick<Ingest, "accept" | "acceptOne">;
  /** Sends kept rejections through the front door again. */
  replay(filter: ReplayFilter): Promise<Replayed>;
  announcer: Announcer;
  tracking: Tracking;
  /** The same database for decisions about customers: what they move is matched to the web in their transaction. */
  deciding: RequestContext["db"];
}

/** What the resolvers that write get: a reader's context and the verbs. */
export interface GraphqlContext extends RequestContext, Writes {
  /** Wakes subscriptions up. */
  hub: Hub;
  /** Watches what customers do. */
  lookout: Lookout;
}
