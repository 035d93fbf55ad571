import type { FastifyInstance } from "fastify";
import type { ReportField } from "../../graphql/engine/reports.ts";
import { openapi } from "../openapi/openapi.ts";

export interface OpenapiRouteDeps {
  publicUrl: string | null;
  /** Whether strangers may read it. */
  isOpen: boolean;
  reports: readonly ReportField[];
}

/** GET /openapi.json: the inputs and answers of /v1. It is made when it is first asked for, since few servers are asked. */
export function openapiRoute(server: FastifyInstance, { publicUrl, isOpen, reports }: OpenapiRouteDeps): void {
  let document: object | undefined;
  server.get("/openapi.json", { config: { access: isOpen ? "open" : "viewer:read" } }, async () => {
    document ??= openapi(publicUrl, reports);
    return document;
  });
}
