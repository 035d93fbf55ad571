import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ROOT_SCOPES } from "../../graphql/engine/policy.ts";
import type { ReportField } from "../../graphql/engine/reports.ts";
import type { Graphql } from "../../graphql/engine/server.ts";
import { AppError, type ErrorCode } from "../../kit/errors.ts";
import { holdsLongList, jsonInParts } from "../../kit/paced.ts";
import { csvOf } from "../csv.ts";
import { leaving } from "../leaving.ts";
import { askerOf, type ContextDeps, contextOf } from "./graphql.route.ts";

export interface ReportsRouteDeps extends ContextDeps {
  graphql: Graphql;
  reports: readonly ReportField[];
}

/** GET and POST /v1/reports/<name>: every report, and who is behind its figures, for tools that speak no GraphQL, as JSON or as CSV. */
export function reportsRoute(server: FastifyInstance, { graphql, reports, ...deps }: ReportsRouteDeps): void {
  for (const { name, field, query, table, most } of reports) {
    server.route({
      method: ["GET", "POST"],
      url: `/v1/reports/${name}`,
      config: { access: ROOT_SCOPES[`Query.${field}`]!, parameters: most ? ["input", "first", "after"] : ["input"] },
      async handler(request, reply) {
        const input = inputOf(request);
        const context = contextOf(deps, askerOf(request), leaving(reply));
        // Through GraphQL, so that both ask, check and answer the same.
        const variables = most ? { input, ...pageIn(request, most) } : { input };
        const report = reportIn(await graphql.ask({ query, variables }, context), field);
        reply.header("vary", "accept");
        if (most) reply.headers(linkTo(request, report));
        const isCsv = prefersCsv(request.headers.accept);
        if (isCsv)
          context.auditLog.note({ by: context.viewer, action: EXPORTED, customerId: null, detail: { report: name } });
        await context.auditLog.settle();
        if (!isCsv) return holdsLongList(report) ? sendInParts(reply, report) : report;
        reply.header("content-disposition", `attachment; filename="${name}.csv"`);
        return reply.type("text/csv; charset=utf-8; header=present").send(csvOf(table.of(report, input)));
      },
    });
  }
}

/** Sends it while it is written: a year of key figures is megabytes of JSON. */
function sendInParts(reply: FastifyReply, report: object): FastifyReply {
  return reply.type("application/json; charset=utf-8").send(Readable.from(jsonInParts(report)));
}

const EXPORTED = "report.exported";

/** The body of a POST, else the parameter `input`. */
function inputOf({ method, body, query }: FastifyRequest): object {
  const input = method === "POST" ? body : parsed((query as Record<string, unknown>).input);
  if (typeof input === "object" && input !== null && !Array.isArray(input)) return input;
  throw new AppError(
    "BAD_INPUT",
    "Send the report's input as one JSON object: in the parameter `input`, or as the body of a POST.",
  );
}

/** Which part of a list: as much as a page may have, where nobody says. */
function pageIn({ query }: FastifyRequest, most: number): { first: number; after: string | null } {
  const { first = most, after = null } = query as { first?: string; after?: string };
  return { first: Number(first), after };
}

/** Where the list goes on, as RFC 8288 says it. */
function linkTo({ url }: FastifyRequest, report: object): Record<string, string> {
  const { hasNextPage, endCursor } = (report as { pageInfo: { hasNextPage: boolean; endCursor: string } }).pageInfo;
  if (!hasNextPage) return {};
  const next = new URL(url, "http://localhost");
  next.searchParams.set("after", endCursor);
  return { link: `<${next.pathname}${next.search}>; rel="next"` };
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** What GraphQL answered; its error, where there is one, becomes the answer of this entry point. */
function reportIn({ data, errors }: Awaited<ReturnType<Graphql["ask"]>>, field: string): object {
  const [error] = errors ?? [];
  if (error) throw new AppError(error.extensions!.code as ErrorCode, error.message);
  return data![field] as object;
}

/** Whether CSV is accepted and not less preferred than JSON. */
function prefersCsv(accept = ""): boolean {
  const weightOf = (type: string) => {
    const range = accept.split(",").find((part) => part.trim().toLowerCase().startsWith(type));
    return range ? Number(/;\s*q=([\d.]+)/i.exec(range)?.[1] ?? 1) : 0;
  };
  return weightOf("text/csv") > 0 && weightOf("text/csv") >= weightOf("application/json");
}
