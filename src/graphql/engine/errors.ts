import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { AppError, ERROR_CODES } from "../../kit/errors.ts";
import { newId } from "../../kit/id.ts";
import { type Log, logWith } from "../../kit/log.ts";
import { type Failed, type PublicError, publicErrorOf } from "./public-error.ts";

/** Clients of persisted queries look for Apollo's own code, and send whole documents from then on. */
const NOT_PERSISTED = "PERSISTED_QUERY_NOT_SUPPORTED";

/** For Apollo: replaces its codes by the contract's and hides internals. */
export function errorFormatter(log: Log) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const { code } = formatted.extensions ?? {};
    if (code === NOT_PERSISTED) return { message: formatted.message, extensions: { code } };
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

/** Apollo formats errors without their context, so each error carries its request's id. */
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

/** Apollo's codes for requests that the caller can fix. */
const CALLERS_FAULTS = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "BAD_REQUEST",
  "OPERATION_RESOLUTION_FAILURE",
]);

const TOO_MANY_TOKENS = /Document contains more that? \d+ tokens/;

function limitMessageOf(message: string): string {
  const tokens = TOO_MANY_TOKENS.test(message) && /\d+/.exec(message)?.[0];
  return tokens ? `The document has more than ${tokens} tokens: split it into several requests.` : message;
}

/**
 * GraphQL quotes the input, and clients log answers: a mistyped phone number would end up there. The position and the
 * expected type are enough.
 */
function withoutValues(message: string): string {
  return message
    .replace(/( cannot represent [\w -]*value): [\s\S]*$/, "$1.")
    .replace(/Value "[^"]*" does not exist in (?:the )?"(\w+)" enum/, 'The value does not exist in the enum "$1"')
    .replace(/^(Expected value of type "[^"]*"), found [\s\S]*$/, "$1.")
    .replace(/^(Variable "\$\w+" got invalid value) [\s\S]*( at "[^"]*"); /, "$1$2: ")
    .replace(/^(Variable "\$\w+" got invalid value) [\s\S]*; /, "$1: ")
    .replace(/(String cannot represent a non string value)\.$/, "$1: send it as text, in quotes.");
}

function isAuthorizationError(error: unknown): boolean {
  return error instanceof Error && /^Auth(enticat|orizat)ionError$/.test(error.constructor.name);
}
