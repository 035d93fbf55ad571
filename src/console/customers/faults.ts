import type { CombinedError } from "urql";

/** Why a mutation failed, as sentences; none when it succeeded. */
export function faultsOf(
  error: CombinedError | undefined,
  userErrors: readonly { message: string }[] | undefined,
): string[] {
  if (!error) return (userErrors ?? []).map(({ message }) => message);
  if (error.networkError) return ["The server cannot be reached; nothing was changed."];
  return error.graphQLErrors.map(({ message }) => message);
}
