import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Rules } from "../facts/rules.ts";
import type { GraphqlContext, Writes } from "../graphql/context.ts";
import type { Graphql } from "../graphql/server.ts";
import { AppError } from "../kit/errors.ts";
import type { Log } from "../kit/log.ts";
import { openRequest, type RequestContext, type Viewer } from "../request.ts";

/** What contexts are made of. */
export interface ContextDeps {
  db: RequestContext["db"];
  rules(): Rules;
  writes: Writes;
  hub: GraphqlContext["hub"];
  identityKey: Uint8Array;
  rejectionKey: Uint8Array;
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
      const context = contextOf(deps, viewerOf(request));
      const { method, headers, body } = request;
      const answer = await graphql.execute({ method, headers, body, search: searchOf(request.url) }, context);
      return reply.code(answer.status).headers(answer.headers).send(answer.body);
    },
  });
}

/** What every resolver gets: a fresh set of loaders over the shared pool. */
export function contextOf({ rules, writes, hub, ...base }: ContextDeps, viewer: Viewer): GraphqlContext {
  return Object.assign(openRequest({ ...base, viewer, rules: rules() }), writes, { hub });
}

function viewerOf({ credential }: FastifyRequest): Viewer {
  if (!credential) throw new AppError("UNAUTHENTICATED", "Send an API key: `Authorization: Bearer c360_…`.");
  return credential.viewer;
}

function searchOf(url: string): string {
  const at = url.indexOf("?");
  return at === -1 ? "" : url.slice(at);
}
