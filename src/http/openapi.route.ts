import type { FastifyInstance } from "fastify";
import { openapi } from "./openapi.ts";

/** GET /openapi.json: what /v1 takes and answers. */
export function openapiRoute(server: FastifyInstance, publicUrl: string | null): void {
  const document = openapi(publicUrl);
  server.get("/openapi.json", { config: { access: "open" } }, async () => document);
}
