/** The codes a client can branch on; the same in GraphQL (`extensions.code`) and REST (`error.code`). */
export const ERROR_CODES = [
  "BAD_INPUT",
  "NOT_FOUND",
  "CONFLICT",
  "REJECTED",
  "FORBIDDEN",
  "UNAUTHENTICATED",
  "LIMIT_EXCEEDED",
  "TIMEOUT",
  "UNAVAILABLE",
  "INTERNAL",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error that the caller can fix. The message is a sentence that names the remedy and no person. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /**
   * Where in the input: list positions are decimal strings. It is not called `path`, since graphql takes an error with
   * a `path` for one that already knows its place in the answer.
   */
  readonly inputPath: readonly string[];

  constructor(code: ErrorCode, message: string, inputPath: readonly string[] = []) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.inputPath = inputPath;
  }
}

/** The `userErrors` of a mutation's payload. */
export interface UserError {
  path: string[];
  code: ErrorCode;
  message: string;
}

export function toUserError(error: AppError): UserError {
  return { path: [...error.inputPath], code: error.code, message: error.message };
}
