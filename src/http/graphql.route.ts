import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Rules } from "../facts/rules.ts";
import type { GraphqlContext, Writes } from "../graphql/context.ts";
import type { Graphql } from "../graphql/server.ts";
import { AppError } from "../kit/errors.ts";
import type { Log } from "../kit/log.ts";
import { openRequest, type RequestContext, type Viewer } from "../request.ts";

export interface GraphqlRouteDeps {
  graphql: Graphql;
  db: RequestContext["db"];
  rules(): Rules;
  writes: Writes;
  identityKey: Uint8Array;
  rejectionKey: Uint8Array;
  log: Log;
}

/** GraphQL over HTTP at /graphql. */
export function graphqlRoute(server: FastifyInstance, deps: GraphqlRouteDeps): void {
  const { graphql } = deps;
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
function contextOf({ rules, writes, graphql: _, ...base }: GraphqlRouteDeps, viewer: Viewer): GraphqlContext {
  return Object.assign(openRequest({ ...base, viewer, rules: rules() }), writes);
}

function viewerOf({ credential }: FastifyRequest): Viewer {
  if (!credential) throw new AppError("UNAUTHENTICATED", "Send an API key: `Authorization: Bearer c360_…`.");
  return credential.viewer;
}

function searchOf(url: string): string {
  const at = url.indexOf("?");
  return at === -1 ? "" : url.slice(at);
}
