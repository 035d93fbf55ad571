import type { CombinedError } from "urql";
import { wordsOf } from "./format.ts";

/** The codes of an answer's errors. */
export function codesOf(error: CombinedError): string[] {
  return error.graphQLErrors.map(({ extensions }) => String(extensions.code));
}

/** The fields that are missing because the role may not see them, and those that failed. */
export function hiddenFields(error: CombinedError): { hidden: string[]; failed: string[] } {
  const named = error.graphQLErrors.map(({ path, extensions }) => ({
    name: spoken(String(path?.findLast((step) => typeof step === "string") ?? "something")),
    isHidden: extensions.code === "FORBIDDEN",
  }));
  const names = (isHidden: boolean) => [
    ...new Set(named.filter((field) => field.isHidden === isHidden).map(({ name }) => name)),
  ];
  return { hidden: names(true), failed: names(false) };
}

/** "displayName" as "display name". */
function spoken(field: string): string {
  return wordsOf(field.replaceAll(/([A-Z])/g, "_$1")).toLowerCase();
}
