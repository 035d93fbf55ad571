import type { FastifyInstance, FastifyRequest } from "fastify";
import { type AuditLog, auditLogOfRequest } from "../../audit/audit-log.ts";
import type { Rules } from "../../facts/rules.ts";
import type { GraphqlContext, Writes } from "../../graphql/context.ts";
import type { Graphql } from "../../graphql/engine/server.ts";
import { AppError } from "../../kit/errors.ts";
import { type Log, logWith } from "../../kit/log.ts";
import { type Asker, openRequest, type RequestContext, type Viewer } from "../../request.ts";
import { leaving } from "../leaving.ts";

/** What contexts are made from. */
export interface ContextDeps {
  db: RequestContext["db"];
  journeys: RequestContext["journeys"];
  rules(): Rules;
  writes: Writes;
  notifier: GraphqlContext["notifier"];
  activityPoller: GraphqlContext["activityPoller"];
  identityKey: Uint8Array;
  rejectionKey: Uint8Array;
  auditLog: AuditLog;
  lookupDeadlineMs: number;
  log: Log;
}

export interface GraphqlRouteDeps extends ContextDeps {
  graphql: Graphql;
}

/** GraphQL over HTTP at /graphql. */
export function graphqlRoute(server: FastifyInstance, { graphql, ...deps }: GraphqlRouteDeps): void {
  server.route({
    method: ["GET", "POST"],
    url: "/graphql",
    config: { access: "key" },
    async handler(request, reply) {
      const context = contextOf(deps, askerOf(request), leaving(reply));
      const { method, headers, body } = request;
      try {
        const answer = await graphql.execute({ method, headers, body, search: searchOf(request.url) }, context);
        await context.auditLog.settle();
        return reply.code(answer.status).headers(answer.headers).send(answer.body);
      } finally {
        graphql.finish(context);
      }
    },
  });
}

/** The context of every resolver: new loaders over the shared pool. Reports end when `gone` aborts. */
export function contextOf(deps: ContextDeps, asker: Asker, gone?: () => AbortSignal): GraphqlContext {
  const { rules, writes, notifier, activityPoller, ...base } = deps;
  const log = logWith(base.log, { requestId: asker.requestId });
  const seen = journeysOf(base, asker.viewer);
  const journeys = gone ? seen.until(gone) : seen;
  const auditLog = auditLogOfRequest(base.auditLog);
  const request = openRequest({ ...base, ...asker, auditLog, journeys, log, rules: rules() });
  return Object.assign(request, writes, { notifier, activityPoller });
}

type Readable = RequestContext["journeys"];

/** What of it is a viewer's stays as long as the viewer is known. */
const OF_VIEWERS = new WeakMap<Viewer, { all: Readable; own: Readable }>();

function journeysOf({ journeys: all }: Pick<ContextDeps, "journeys">, viewer: Viewer): Readable {
  const known = OF_VIEWERS.get(viewer);
  if (known?.all === all) return known.own;
  const own = all.seenBy(viewer.scopes).askedBy(viewer.name);
  OF_VIEWERS.set(viewer, { all, own });
  return own;
}

/** The viewer of a route that needs a key. */
export function askerOf({ credential, id }: FastifyRequest): Asker {
  if (!credential) throw new AppError("UNAUTHENTICATED", "Send an API key: `Authorization: Bearer c360_…`.");
  return { viewer: credential.viewer, requestId: id };
}

function searchOf(url: string): string {
  const at = url.indexOf("?");
  return at === -1 ? "" : url.slice(at);
}
