import compress from "@fastify/compress";
import cors from "@fastify/cors";
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Scope } from "../graphql/engine/policy.ts";
import { AppError } from "../kit/errors.ts";
import { withLongNumbers } from "../kit/json.ts";
import type { Log } from "../kit/log.ts";
import type { Authenticate, Credential } from "./auth.ts";
import { corsFor } from "./cors.ts";
import { errorHandler, HttpError, refuseOtherThanUtf8, refuseUnknown } from "./errors.ts";
import type { Metrics } from "./metrics.ts";
import { refuseParameters } from "./parameters.ts";
import { REQUEST_ID, requestIdOf } from "./request-id.ts";
import { unpackBodies } from "./unpacking.ts";

/** What a route requires: a scope, any valid key, or nothing. */
type Access = Scope | "key" | "open";

declare module "fastify" {
  interface FastifyContextConfig {
    access?: Access;
    /** The parameters of the query string, where others are refused. */
    parameters?: readonly string[];
  }
  interface FastifyRequest {
    credential: Credential | null;
  }
  interface FastifyInstance {
    /** Answers that are not finished yet. */
    answering: Set<object>;
    /** The routes, such as `POST /v1/calls`. */
    routes: string[];
  }
}

export interface HttpOptions {
  bodyBytes: number;
  /** What a compressed body of lines may unpack to. */
  unpackedBytes: number;
  requestsPerSecond: number;
  corsOrigins: readonly string[];
  authenticate: Authenticate;
  metrics: Metrics;
  log: Log;
}

/**
 * Of answers; `unpacking` has the bodies. Below the threshold an answer fits into one packet either way. Server-sent events
 * bypass Fastify and are never delayed.
 */
const COMPRESSION = { encodings: ["br", "gzip"] as ("br" | "gzip")[], threshold: 1_400, globalDecompression: false };

/** The HTTP server without its routes: authentication, rate limits, errors, metrics. */
export async function openServer(options: HttpOptions): Promise<FastifyInstance> {
  const { log, metrics, bodyBytes } = options;
  const server = fastify({
    bodyLimit: bodyBytes,
    genReqId: requestIdOf,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 500 },
  });
  server.decorateRequest("credential", null);
  server.decorate("answering", new Set<object>());
  server.decorate("routes", []);
  server.setErrorHandler(errorHandler(log));
  server.setNotFoundHandler(refuseUnknown);
  await server.register(cors, corsFor(options.corsOrigins));
  await server.register(compress, COMPRESSION);
  server.addHook("onRoute", ({ config, url, method }) => {
    if (!config?.access && method !== "OPTIONS")
      throw new Error(`The route ${String(method)} ${url} states no access.`);
    server.routes.push(...[method].flat().map((verb) => `${verb} ${url}`));
  });
  server.addHook("onRequest", async ({ id }, { raw }) => {
    // Set on the raw answer, since streams bypass Fastify.
    raw.setHeader(REQUEST_ID, id);
    server.answering.add(raw);
    raw.once("close", () => server.answering.delete(raw));
  });
  server.addHook("onRequest", identify(options.authenticate));
  await limitRate(server, options.requestsPerSecond);
  server.addHook("preParsing", requireScope);
  server.addHook("preParsing", refuseParameters);
  server.addHook("preParsing", unpackBodies(options.unpackedBytes));
  readJson(server);
  server.addHook("onResponse", async (request, reply) => note(request, reply, { log, metrics }));
  return server;
}

function readJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser("error", "error");
  server.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body: Buffer, done) => {
    try {
      refuseOtherThanUtf8(body);
      done(
        null,
        withLongNumbers(body.toString(), (text) => parsed(request, text)),
      );
    } catch (error) {
      done(error as Error);
    }
  });
  // Fastify's parser calls back before it returns.
  const parsed = (request: FastifyRequest, text: string): unknown => {
    let answer: unknown;
    parse(request, text, (error, value) => {
      if (error) throw error;
      answer = value;
    });
    return answer;
  };
}

/** How often a closing server looks for idle connections. */
const CLOSE_EVERY_MS = 25;

/**
 * Closes the server once its requests are answered. Idle connections, and connections without a request, are not waited
 * for.
 */
export async function closeServer(server: FastifyInstance): Promise<void> {
  const timer = setInterval(() => {
    if (server.answering.size === 0) server.server.closeAllConnections();
    else server.server.closeIdleConnections();
  }, CLOSE_EVERY_MS);
  try {
    await server.close();
  } finally {
    clearInterval(timer);
  }
}

/** Authenticates before any body is read. */
function identify(authenticate: Authenticate) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.header("x-content-type-options", "nosniff");
    const { access } = request.routeOptions.config;
    if (!access || access === "open") return;
    reply.header("cache-control", "no-store");
    request.credential = await authenticate(request.headers, request.raw);
  };
}

/** The window of counting requests: a burst is fine, a flood is not. */
const RATE_WINDOW_MS = 10_000;
/** The most keys counted: more than any centre has. */
const KEYS_COUNTED = 10_000;
/** A sender below its limit needs no figures. */
const UNSAID = { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false };

/** Limits the requests of a key; routes without a key are not counted. */
async function limitRate(server: FastifyInstance, requestsPerSecond: number): Promise<void> {
  await server.register(rateLimit, {
    max: (requestsPerSecond * RATE_WINDOW_MS) / 1_000,
    timeWindow: RATE_WINDOW_MS,
    cache: KEYS_COUNTED,
    allowList: ({ credential }) => credential === null,
    keyGenerator: ({ credential }) => credential?.viewer.id ?? "open",
    addHeadersOnExceeding: UNSAID,
    addHeaders: { ...UNSAID, "retry-after": true },
    errorResponseBuilder(_request, { ttl }) {
      const seconds = Math.ceil(ttl / 1_000);
      const message = `This key has made too many requests: try again in ${seconds} seconds.`;
      return new HttpError(429, { code: "LIMIT_EXCEEDED", message });
    },
  });
}

/** After the rate limit, since refused requests count too. */
async function requireScope({ credential, routeOptions }: FastifyRequest): Promise<void> {
  const { access } = routeOptions.config;
  if (!access || access === "open" || access === "key" || credential?.viewer.scopes.has(access)) return;
  throw new AppError("FORBIDDEN", `This needs the scope ${access}: ask for a key whose role has it.`);
}

/** Records the route's pattern, never the address: query strings hold telephone numbers. */
function note(
  request: FastifyRequest,
  reply: FastifyReply,
  { log, metrics }: Pick<HttpOptions, "log" | "metrics">,
): void {
  const route = request.routeOptions.url ?? "unknown";
  const { method } = request;
  const status = reply.statusCode;
  const seconds = reply.elapsedTime / 1_000;
  metrics.observe({ method, route, status, seconds });
  const facts = { requestId: request.id, method, route, status, ms: Math.round(reply.elapsedTime) };
  if (status < 400) log.debug("http.answered", facts);
  else log.info("http.refused", facts);
}
