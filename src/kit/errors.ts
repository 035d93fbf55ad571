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

/** A fault that the caller can mend. The message is a sentence that names the remedy and no person. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /**
   * Where in the input: list positions as decimal strings. Not called `path`: an error that has one is taken by
   * graphql for one that says already where in the answer it belongs.
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
