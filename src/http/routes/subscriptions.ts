import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type ExecutionArgs, GraphQLError } from "graphql";
import { createHandler } from "graphql-sse/lib/use/fastify";
import { handleProtocols } from "graphql-ws";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import type { GraphqlContext } from "../../graphql/context.ts";
import type { Streaming } from "../../graphql/engine/streaming.ts";
import { AppError } from "../../kit/errors.ts";
import { newId } from "../../kit/id.ts";
import type { Asker } from "../../request.ts";
import type { Sender } from "../address.ts";
import type { Credential, Headers } from "../auth.ts";
import { HttpError } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { leaving } from "../leaving.ts";

export interface SubscriptionsDeps {
  streaming: Streaming;
  gate: Gate;
  /** Reports in this context end when `gone` aborts. */
  contextOf(asker: Asker, gone: () => AbortSignal): GraphqlContext;
  /** The most bytes of one message. */
  bodyBytes: number;
}

/** The most subscriptions of one connection: an agent's desk has a handful. */
const MOST_SUBSCRIPTIONS = 50;
/** How long a client may take to confirm the end of its connection. */
const CLOSE_WITHIN_MS = 1_000;
/** "Going away": clients reconnect by themselves, with their cursors. */
const GOING_AWAY = 1_001;
/** The code of graphql-transport-ws for a connection of a key, or an address, that has made too many requests. */
const TOO_MANY_REQUESTS = 4_429;
/** The code of graphql-transport-ws for a connection without a valid key. */
const UNAUTHORIZED = 4_401;

/** Subscriptions over WebSocket at /graphql and over server-sent events at /graphql/stream. */
export function subscriptionRoutes(server: FastifyInstance, deps: SubscriptionsDeps): void {
  openSockets(server, deps);
  openStreams(server, deps);
}

interface Listening {
  headers: Headers;
  from: Sender;
  requestId: string;
  gone: () => AbortSignal;
}

/** Checks the key again for every event: a revoked key gets no more. */
function freshFrom({ gate, contextOf }: SubscriptionsDeps, { headers, from, requestId, gone }: Listening) {
  let known: Credential | null = null;
  return async () => {
    try {
      known = await gate.recognise(headers, from);
    } catch (error) {
      // Keys cannot be checked while the database is away; a valid one stays valid until it is back.
      const isRefused = error instanceof AppError && error.code !== "UNAVAILABLE";
      if (isRefused || !known) throw error;
    }
    return contextOf({ viewer: known.viewer, requestId }, gone);
  };
}

function openSockets(server: FastifyInstance, deps: SubscriptionsDeps): void {
  const { streaming, gate, bodyBytes } = deps;
  const asked = openAsked();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: bodyBytes, handleProtocols });
  const entryPoint = useServer<{ authorization?: unknown }>(
    {
      async onConnect({ connectionParams, extra }) {
        try {
          await gate.admit(headersIn(connectionParams), extra.request);
        } catch (error) {
          if (error instanceof HttpError) extra.socket.close(TOO_MANY_REQUESTS, error.message);
          else extra.socket.close(UNAUTHORIZED, "Send an API key as `authorization` in connection_init.");
          return false;
        }
      },
      async onSubscribe({ connectionParams, subscriptions, extra }, id, payload) {
        if (Object.keys(subscriptions).length > MOST_SUBSCRIPTIONS) return [tooMany()];
        const refused = await refusalOf(gate.admit(headersIn(connectionParams), extra.request));
        if (refused) return [refused];
        const gone = asked.begin(extra.socket, id);
        const headers = headersIn(connectionParams);
        const listening = { headers, from: extra.request, requestId: newId(), gone: () => gone };
        return streaming.prepare(payload, freshFrom(deps, listening));
      },
      onComplete: ({ extra }, id) => asked.end(extra.socket, id),
      onClose: ({ extra }) => asked.endAll(extra.socket),
      execute: streaming.execute,
      subscribe: streaming.subscribe,
      onError: (_context, _id, _payload, errors) => streaming.format(errors),
    },
    sockets,
  );
  server.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split("?")[0] !== "/graphql") return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit("connection", opened, request));
  });
  server.addHook("preClose", async () => {
    for (const client of sockets.clients) client.close(GOING_AWAY, "The server is stopping: connect again.");
    const late = setTimeout(() => {
      for (const client of sockets.clients) client.terminate();
    }, CLOSE_WITHIN_MS);
    await entryPoint.dispose();
    clearTimeout(late);
  });
}

/** The operations of each socket, and whether the client is still there. */
function openAsked() {
  const bySocket = new WeakMap<object, Map<string, AbortController>>();
  return {
    begin(socket: object, id: string): AbortSignal {
      const controller = new AbortController();
      const asked = bySocket.get(socket) ?? new Map<string, AbortController>();
      bySocket.set(socket, asked.set(id, controller));
      return controller.signal;
    },
    end(socket: object, id: string): void {
      bySocket.get(socket)?.get(id)?.abort();
      bySocket.get(socket)?.delete(id);
    },
    endAll(socket: object): void {
      for (const controller of bySocket.get(socket)?.values() ?? []) controller.abort();
    },
  };
}

/** The key in headers: with or without `Bearer`. */
function headersIn(params: { authorization?: unknown } | undefined): Headers {
  const { authorization } = params ?? {};
  if (typeof authorization !== "string") return {};
  return { authorization: /^bearer /i.test(authorization) ? authorization : `Bearer ${authorization}` };
}

/** What is wrong with a request that is not admitted; null where it is. */
async function refusalOf(admitted: Promise<Credential>): Promise<GraphQLError | null> {
  try {
    await admitted;
    return null;
  } catch (error) {
    const originalError = error as Error;
    return new GraphQLError(originalError.message, { originalError });
  }
}

function tooMany(): GraphQLError {
  const message = `A connection has at most ${MOST_SUBSCRIPTIONS} subscriptions at once: open another.`;
  return new GraphQLError(message, { extensions: { limit: true } });
}

const JSON_HEADERS = { "content-type": "application/json; charset=utf-8" };

function openStreams(server: FastifyInstance, deps: SubscriptionsDeps): void {
  const { streaming } = deps;
  const open = new Set<ServerResponse>();
  const listening = new WeakMap<IncomingMessage, Listening>();
  const handle = createHandler({
    // Each operation has its own connection; nothing is stored under a token.
    authenticate: () => "",
    onSubscribe({ raw }, params) {
      const { query, operationName, variables } = params;
      const prepared = streaming.prepare({ query, operationName, variables }, freshFrom(deps, listening.get(raw.raw)!));
      if (isReady(prepared)) return prepared as never;
      const body = JSON.stringify({ errors: streaming.format(prepared) });
      return [body, { status: 400, statusText: "Bad Request", headers: JSON_HEADERS }];
    },
    execute: (args) => streaming.execute(args as ExecutionArgs) as never,
    subscribe: (args) => streaming.subscribe(args as ExecutionArgs) as never,
  });
  server.route({
    method: ["GET", "POST"],
    url: "/graphql/stream",
    config: { access: "key" },
    async handler(request: FastifyRequest, reply) {
      reply.hijack();
      // The stream is written past Fastify, which would have set these: without them no page of another origin reads it.
      for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value!);
      open.add(reply.raw);
      listening.set(request.raw, {
        headers: request.headers,
        from: request.raw,
        requestId: request.id,
        gone: leaving(reply),
      });
      reply.raw.once("close", () => open.delete(reply.raw));
      await handle(request, reply);
    },
  });
  // The connection is cut, not completed: a client that was told "complete" would not reconnect.
  server.addHook("preClose", async () => {
    for (const response of open) response.destroy();
  });
}

function isReady(prepared: ReturnType<Streaming["prepare"]>): prepared is ExecutionArgs {
  return !Array.isArray(prepared);
}
