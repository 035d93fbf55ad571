import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { AppError, ERROR_CODES, type ErrorCode } from "../../kit/errors.ts";
import { newId } from "../../kit/id.ts";
import { type Log, logWith } from "../../kit/log.ts";
import type { RequestContext } from "../../request.ts";

/** What may be said to a caller about any error: its code, a sentence, and where in the input. */
export interface PublicError {
  code: ErrorCode;
  message: string;
  path?: readonly string[];
  /** With a fault of ours: whoever reports it quotes this, and the log tells the rest under it. */
  requestId?: string;
}

/** The request that failed; every line of its log says its id. */
export type Failed = Pick<RequestContext, "requestId" | "log">;

/** Nothing that the caller did or can mend. */
const OURS: ReadonlySet<ErrorCode> = new Set(["INTERNAL", "TIMEOUT", "UNAVAILABLE"]);

/** Everything that is not for the caller to mend is masked, and logged under the request's id, which the caller is given. */
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

/** For Apollo: the contract's codes instead of its own, and nothing of what went on inside. */
export function errorFormatter(log: Log) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const requestId = String(formatted.extensions?.requestId ?? newId());
    const failed = { requestId, log: logWith(log, { requestId }) };
    const { message, path, ...told } = describe(formatted, unwrapResolverError(thrown), failed);
    return {
      message,
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
      extensions: { ...told, ...(path?.length && { inputPath: path }) },
    };
  };
}

/** Errors are formatted without their context, so each says itself which request it belongs to. */
export function tellRequest(
  errors: readonly (Error & { extensions?: object })[],
  { requestId }: Pick<Failed, "requestId">,
): void {
  for (const error of errors) error.extensions = { ...error.extensions, requestId };
}

function describe(formatted: GraphQLFormattedError, error: unknown, failed: Failed): PublicError {
  const { extensions, message } = formatted;
  if (error instanceof AppError) return publicErrorOf(error, failed);
  if (isAuthorizationError(error)) return { code: "FORBIDDEN", message: "Your key's role does not allow this." };
  if (extensions?.limit || TOO_MANY_TOKENS.test(message))
    return { code: "LIMIT_EXCEEDED", message: limitMessageOf(message) };
  if (CALLERS_FAULTS.has(String(extensions?.code))) return { code: "BAD_INPUT", message: withoutValues(message) };
  const own = ERROR_CODES.find((known) => known === extensions?.code);
  if (own && own !== "INTERNAL" && error instanceof GraphQLError) return { code: own, message: withoutValues(message) };
  return publicErrorOf(error, failed);
}

/** Apollo's own codes for requests that a caller can mend. */
const CALLERS_FAULTS = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "BAD_REQUEST",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
]);

const TOO_MANY_TOKENS = /Document contains more that? \d+ tokens/;

function limitMessageOf(message: string): string {
  const tokens = TOO_MANY_TOKENS.test(message) && /\d+/.exec(message)?.[0];
  return tokens ? `The document has more than ${tokens} tokens: split it into several requests.` : message;
}

/**
 * GraphQL quotes what was sent, and clients log what they are answered: a phone number with a letter too many would end
 * up there. Where it stood and what was expected is enough.
 */
function withoutValues(message: string): string {
  return message
    .replace(/( cannot represent [\w -]*value): [\s\S]*$/, "$1.")
    .replace(/Value "[^"]*" does not exist in (?:the )?"(\w+)" enum/, 'The value does not exist in the enum "$1"')
    .replace(/^(Expected value of type "[^"]*"), found [\s\S]*$/, "$1.")
    .replace(/^(Variable "\$\w+" got invalid value) [\s\S]*( at "[^"]*"); /, "$1$2: ")
    .replace(/^(Variable "\$\w+" got invalid value) [\s\S]*; /, "$1: ");
}

function isAuthorizationError(error: unknown): boolean {
  return error instanceof Error && /^Auth(enticat|orizat)ionError$/.test(error.constructor.name);
}

const CANCELLED = "57014";
/** A NUL inside a text: the only thing in a caller's text that PostgreSQL cannot take. */
const UNTAKEN_CHARACTER = "22021";
/** Shut down, starting up, out of disk, memory or connections, or no connection at all. */
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

/** PostgreSQL's messages quote values, so of them only the code is logged; Prisma's do before their last line. */
export function factsOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = error.stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12);
  const { code } = error as { code?: string };
  return { name: error.name, ...(code ? { code } : { message: error.message.split("\n").at(-1) }), frames };
}
