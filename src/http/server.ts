import compress from "@fastify/compress";
import cors from "@fastify/cors";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Scope } from "../graphql/engine/policy.ts";
import { AppError } from "../kit/errors.ts";
import { withLongNumbers } from "../kit/json.ts";
import type { Credential } from "./auth.ts";
import { type ConnectionLimits, type Connections, limitConnections } from "./connections.ts";
import { corsFor } from "./cors.ts";
import { errorHandler, refuseOtherThanUtf8, refuseUnknown } from "./errors.ts";
import type { Gate } from "./gate.ts";
import type { Metrics } from "./metrics.ts";
import { refuseParameters } from "./parameters.ts";
import { REQUEST_ID, requestIdOf } from "./request-id.ts";
import { unpackBodies } from "./unpacking.ts";

/** What a route requires: a scope, any valid key, or nothing; uncounted, of balancers that look often, and of a route that counts. */
type Access = Scope | "key" | "open" | "uncounted";

declare module "fastify" {
  interface FastifyContextConfig {
    access?: Access;
    /** The parameters of the query string, where others are refused. */
    parameters?: readonly string[];
  }
  interface FastifyRequest {
    credential: Credential | null;
    /** Whether it has a valid key or signature. */
    isProven: boolean;
  }
  interface FastifyInstance {
    /** Answers that are not finished yet. */
    answering: Set<object>;
    /** The routes, such as `POST /v1/calls`. */
    routes: string[];
  }
}

export interface HttpOptions extends ConnectionLimits {
  bodyBytes: number;
  /** What a compressed body of lines may unpack to. */
  unpackedBytes: number;
  corsOrigins: readonly string[];
  /** Certificate and key as PEM; null for plain HTTP. */
  tls: { cert: string; key: string } | null;
  /** Where clients come over TLS, to us or to a proxy at this address, browsers are told to come no other way. */
  publicUrl: string | null;
  gate: Gate;
  metrics: Metrics;
  patience?: Patience;
}

/**
 * Of answers; `unpacking` has the bodies. Below the threshold an answer fits into one packet either way. Server-sent events
 * bypass Fastify and are never delayed.
 */
const COMPRESSION = { encodings: ["br", "gzip"] as ("br" | "gzip")[], threshold: 1_400, globalDecompression: false };

/** For a year; what stands beside this host is not ours to decide about. */
const STRICT = "max-age=31536000";

/** How long a client may take, in milliseconds, before its socket is closed. */
interface Patience {
  /** For its headers, which take a packet; for its first byte, too. */
  headersMs: number;
  /** For a whole request: less than this at any speed that a call can wait for. */
  requestMs: number;
  /** For the next part of a body; a database that restarts is back by then. */
  partMs: number;
  /** For its next request. */
  idleMs: number;
  checkMs: number;
}

const PATIENCE: Patience = {
  headersMs: 10_000,
  requestMs: 300_000,
  partMs: 60_000,
  idleMs: 72_000,
  checkMs: 2_000,
};

/** The HTTP server without its routes: authentication, rate limits, errors, metrics. */
export async function openServer(options: HttpOptions): Promise<FastifyInstance> {
  const { log, metrics, bodyBytes, patience = PATIENCE } = options;
  const isSecure = options.tls !== null || (options.publicUrl?.startsWith("https:") ?? false);
  const timeouts = { headersTimeout: patience.headersMs, connectionsCheckingInterval: patience.checkMs };
  const server = fastify({
    bodyLimit: bodyBytes,
    genReqId: requestIdOf,
    forceCloseConnections: "idle",
    requestTimeout: patience.requestMs,
    keepAliveTimeout: patience.idleMs,
    ...(options.tls ? { https: { ...options.tls, ...timeouts } } : { http: timeouts }),
    routerOptions: { maxParamLength: 500 },
  });
  server.decorateRequest("credential", null);
  server.decorateRequest("isProven", false);
  server.decorate("answering", new Set<object>());
  server.decorate("routes", []);
  server.setErrorHandler(errorHandler(log));
  server.setNotFoundHandler(refuseUnknown);
  await server.register(cors, corsFor(options.corsOrigins));
  await server.register(compress, COMPRESSION);
  const connections = limitConnections(server.server, options);
  server.addHook("onRoute", ({ config, url, method }) => {
    if (!config?.access && method !== "OPTIONS")
      throw new Error(`The route ${String(method)} ${url} states no access.`);
    server.routes.push(...[method].flat().map((verb) => `${verb} ${url}`));
  });
  server.addHook("onRequest", async ({ id, raw: request }, { raw }) => {
    // Set on the raw answer, since streams bypass Fastify.
    raw.setHeader(REQUEST_ID, id);
    if (isSecure) raw.setHeader("strict-transport-security", STRICT);
    server.answering.add(raw);
    raw.once("close", () => server.answering.delete(raw));
    request.socket.setTimeout(patience.partMs);
    request.once("end", () => request.socket.setTimeout(0));
  });
  server.addHook("onRequest", identify(options.gate));
  server.addHook("preParsing", requireScope);
  server.addHook("preParsing", refuseParameters);
  server.addHook("preParsing", unpackBodies(options.unpackedBytes));
  readJson(server);
  server.addHook("onResponse", async (request, reply) => note(request, reply, { log, metrics, connections }));
  return server;
}

function readJson(server: FastifyInstance): void {
  // What a name such as `__proto__` means is said by whoever reads the body, in the same words at every entry point.
  const parse = server.getDefaultJsonParser("ignore", "ignore");
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

/** Counts and authenticates before any body is read. */
function identify(gate: Gate) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.header("x-content-type-options", "nosniff");
    const { access } = request.routeOptions.config;
    if (access === "uncounted") return;
    if (!access || access === "open") return gate.countStranger(request.raw);
    reply.header("cache-control", "no-store");
    request.credential = await gate.admit(request.headers, request.raw);
    request.isProven = true;
  };
}

/** Once the request is counted, since refused ones count too. */
async function requireScope({ credential, routeOptions }: FastifyRequest): Promise<void> {
  const { access } = routeOptions.config;
  if (!access || ["open", "uncounted", "key"].includes(access) || credential?.viewer.scopes.has(access)) return;
  throw new AppError("FORBIDDEN", `This needs the scope ${access}: ask for a key whose role has it.`);
}

/** Records the route's pattern, never the address: query strings hold telephone numbers. */
function note(
  request: FastifyRequest,
  reply: FastifyReply,
  { log, metrics, connections }: Pick<HttpOptions, "log" | "metrics"> & { connections: Connections },
): void {
  if (request.isProven) connections.prove(request.raw.socket);
  const route = request.routeOptions.url ?? "unknown";
  const { method } = request;
  const status = reply.statusCode;
  const seconds = reply.elapsedTime / 1_000;
  metrics.observe({ method, route, status, seconds });
  const facts = { requestId: request.id, method, route, status, ms: Math.round(reply.elapsedTime) };
  if (status < 400) log.debug("http.answered", facts);
  else log.info("http.refused", facts);
}
