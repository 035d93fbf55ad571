import { AppError, type ErrorCode } from "../../kit/errors.ts";
import type { RequestContext } from "../../request.ts";

/** The part of an error that a caller may see: its code, a sentence, and where in the input. */
export interface PublicError {
  code: ErrorCode;
  message: string;
  path?: readonly string[];
  /** The request's id, when the error is ours: the log has the details under it. */
  requestId?: string;
}

/** The request that failed; every line of its log has its id. */
export type Failed = Pick<RequestContext, "requestId" | "log">;

/** The seconds of `Retry-After`, for requests that may succeed later. */
export const RETRY_AFTER = "2";

/** Codes of errors that the caller neither caused nor can fix. */
const OURS: ReadonlySet<ErrorCode> = new Set(["INTERNAL", "TIMEOUT", "UNAVAILABLE"]);

/** Masks every error that the caller cannot fix, and logs it under the request's id, which the caller gets. */
export function publicErrorOf(error: unknown, failed: Failed): PublicError {
  const told = maskedOf(error, failed);
  return OURS.has(told.code) ? { ...told, requestId: failed.requestId } : told;
}

function maskedOf(error: unknown, { requestId, log }: Failed): PublicError {
  if (error instanceof AppError) return { code: error.code, message: error.message, path: error.inputPath };
  const code = databaseCodeOf(error);
  if (code === "BAD_INPUT") return { code, message: "Remove the NUL characters from what you send." };
  if (code === "TIMEOUT")
    return { code, message: "The question took too long: ask for a shorter period or fewer rows." };
  if (code === "UNAVAILABLE") {
    log.warn("database.unavailable", { code: (error as { code?: unknown }).code });
    return { code, message: "The database cannot answer at the moment: try again in a few seconds." };
  }
  if (error instanceof RangeError && /call stack/.test(error.message)) {
    log.warn("request.too_deep", factsOf(error));
    return { code: "LIMIT_EXCEEDED", message: "What you send is nested too deep to be read: send it flatter." };
  }
  log.error("request.failed", factsOf(error));
  return { code: "INTERNAL", message: `Something went wrong on our side. Quote ${requestId} when you report it.` };
}

const CANCELLED = "57014";
/** A NUL in a text, the only character that PostgreSQL cannot store. */
const UNTAKEN_CHARACTER = "22021";
/** The database is shutting down, starting, out of disk, memory or connections, or cannot be reached. */
const AWAY = /^(57P0[1-5]|53\w{3}|08\w{3}|ECONN\w+|EPIPE|ENOTFOUND|ETIMEDOUT|EAI_AGAIN)$/;
const NO_CONNECTION =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

function databaseCodeOf(error: unknown): "TIMEOUT" | "UNAVAILABLE" | "BAD_INPUT" | null {
  const { code, message, cause } = (error ?? {}) as { code?: unknown; message?: string; cause?: unknown };
  if (code === CANCELLED) return "TIMEOUT";
  if (code === UNTAKEN_CHARACTER) return "BAD_INPUT";
  if (typeof code === "string" && AWAY.test(code)) return "UNAVAILABLE";
  if (NO_CONNECTION.test(message ?? "")) return "UNAVAILABLE";
  return cause ? databaseCodeOf(cause) : null;
}

/**
 * PostgreSQL's messages quote values, so only its code is logged; Prisma's messages quote them before the last line.
 */
export function factsOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = error.stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12);
  const { code } = error as { code?: string };
  return { name: error.name, ...(code ? { code } : { message: error.message.split("\n").at(-1) }), frames };
}
