import type { Ingest } from "../ingest/accept.ts";
import type { RequestContext } from "../request.ts";

/** What the resolvers that write get on top of a reader's context: the write wing's verbs. */
export interface GraphqlContext extends RequestContext {
  ingest: Pick<Ingest, "accept" | "acceptOne">;
}
