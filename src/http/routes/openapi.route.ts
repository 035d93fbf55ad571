import type { FastifyInstance } from "fastify";
import type { ReportField } from "../../graphql/engine/reports.ts";
import { openapi } from "../openapi/openapi.ts";

export interface OpenapiRouteDeps {
  publicUrl: string | null;
  reports: readonly ReportField[];
}

/** GET /openapi.json: the inputs and answers of /v1. It is made when it is first asked for, since few servers are asked. */
export function openapiRoute(server: FastifyInstance, { publicUrl, reports }: OpenapiRouteDeps): void {
  let document: object | undefined;
  server.get("/openapi.json", { config: { access: "open" } }, async () => {
    document ??= openapi(publicUrl, reports);
    return document;
  });
}
