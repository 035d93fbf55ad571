import { isUtf8 } from "node:buffer";
import type { FastifyReply, FastifyRequest } from "fastify";
import { publicErrorOf, RETRY_AFTER } from "../graphql/engine/public-error.ts";
import { AppError, type ErrorCode } from "../kit/errors.ts";
import { RepeatedName } from "../kit/json.ts";
import { type Log, logWith } from "../kit/log.ts";

const STATUS: Readonly<Record<ErrorCode, number>> = {
  BAD_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  REJECTED: 422,
  LIMIT_EXCEEDED: 413,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
};

/** An AppError with a status of its own, such as 429. */
export class HttpError extends AppError {
  readonly status: number;
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | null;

  constructor(
    status: number,
    { code, message, retryAfter = null }: { code: ErrorCode; message: string; retryAfter?: number | null },
  ) {
    super(code, message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Answers every error of every route as typed JSON; at /graphql in GraphQL's shape. */
export function errorHandler(log: Log) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const error = translate(thrown);
    const { id: requestId } = request;
    const { code, message, ...told } = publicErrorOf(error, { requestId, log: logWith(log, { requestId }) });
    if (code === "UNAUTHENTICATED") reply.header("www-authenticate", 'Bearer realm="customer360"');
    if (error instanceof HttpError && error.retryAfter !== null) reply.header("retry-after", error.retryAfter);
    if (code === "UNAVAILABLE") reply.header("retry-after", RETRY_AFTER);
    const body =
      request.routeOptions.url === "/graphql"
        ? { errors: [{ message, extensions: { code, requestId: told.requestId } }] }
        : { error: { code, message, requestId: told.requestId } };
    reply
      .code(error instanceof HttpError ? error.status : STATUS[code])
      .type("application/json; charset=utf-8")
      .send(body);
  };
}

/** Refuses a body that is not UTF-8: names would be stored with holes in them. */
export function refuseOtherThanUtf8(body: Buffer): void {
  if (isUtf8(body)) return;
  const message = "The body is not UTF-8: encode it as UTF-8 and send it again.";
  throw new HttpError(400, { code: "BAD_INPUT", message });
}

/** Answers unknown paths, and methods that a path does not take. */
export function refuseUnknown(request: FastifyRequest, reply: FastifyReply): void {
  const path = request.url.split("?")[0]!.slice(0, 200);
  const takes = verbsAt(path, request.server.routes);
  // Of an address that a route takes in part only, such as a name with a NUL, there is nothing.
  const verbs = takes.includes(request.method) ? [] : takes;
  if (verbs.length > 0) reply.header("allow", verbs.join(", "));
  const message = verbs.length > 0 ? `${path} takes ${verbs.join(" or ")}.` : `There is nothing at ${path}.`;
  reply
    .code(verbs.length > 0 ? 405 : 404)
    .type("application/json; charset=utf-8")
    .send({ error: { code: "NOT_FOUND", message: `${message} openapi.json lists what there is.` } });
}

/** The methods of a path; `routes` are such as `POST /v1/webhooks/:connector`. */
function verbsAt(path: string, routes: readonly string[]): string[] {
  const asked = path.split("/");
  const takes = (pattern: string) => {
    const parts = pattern.split("/");
    return parts.length === asked.length && parts.every((part, n) => part.startsWith(":") || part === asked[n]);
  };
  const verbs = routes.map((route) => route.split(" ") as [string, string]).filter(([, pattern]) => takes(pattern));
  return [...new Set(verbs.map(([verb]) => verb))].sort();
}

/** Fastify's errors in the contract's words. */
function translate(thrown: unknown): unknown {
  if (thrown instanceof AppError) return thrown;
  const { code, statusCode } = (thrown ?? {}) as { code?: string; statusCode?: number };
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    return new HttpError(413, {
      code: "LIMIT_EXCEEDED",
      message: "The body is too large: send less at once, or NDJSON to /v1.",
    });
  }
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") {
    return new HttpError(415, {
      code: "BAD_INPUT",
      message: "Send JSON, with the header Content-Type: application/json.",
    });
  }
  if (thrown instanceof RepeatedName) return new HttpError(400, { code: "BAD_INPUT", message: thrown.message });
  if (thrown instanceof SyntaxError || code?.startsWith("FST_ERR_CTP_")) {
    return new HttpError(400, {
      code: "BAD_INPUT",
      message: "The body is not JSON: check its quotes, commas and brackets.",
    });
  }
  if (statusCode && statusCode >= 400 && statusCode < 500) {
    return new HttpError(statusCode, {
      code: "BAD_INPUT",
      message: "The request cannot be read: check its address and headers.",
    });
  }
  return thrown;
}
