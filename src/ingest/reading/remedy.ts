import type { z } from "zod";
import { LongNumber } from "../../kit/json.ts";

type Issue = z.core.$ZodIssue;

/** The reason of a rejection, to branch on. */
export function reasonOf(issue: Issue, { isTime }: { isTime: boolean }): string {
  if (issue.code === "unrecognized_keys") return "UNKNOWN_FIELD";
  if (isMissing(issue.input)) return "MISSING_FIELD";
  if (issue.code === "invalid_value") return "UNKNOWN_VALUE";
  if (issue.code === "too_small" && String(issue.path.at(-1)).endsWith("Seconds")) return "NEGATIVE_LENGTH";
  return isTime ? "BAD_TIME" : "BAD_FIELD";
}

/** What to send instead, wherever the validator itself does not say it; never what was sent. */
export function remedyOf(issue: z.core.$ZodRawIssue): string | undefined {
  if (isMissing(issue.input) && issue.path?.length) return "It is missing, and the record needs it: send it.";
  switch (issue.code) {
    case "invalid_type":
      if (issue.input instanceof LongNumber && issue.expected === "number") return "Send a number of fewer digits.";
      return `Send ${TYPES[issue.expected] ?? issue.expected}.`;
    case "invalid_value":
      return `Send one of ${issue.values.map(String).join(", ")}.`;
    case "unrecognized_keys":
      return `No such field: ${issue.keys.map(named).join(", ")}. Leave it out, or put it into metadata or extra.`;
    case "too_small":
      if (issue.origin === "string") return "It is empty: send it, or leave the whole out.";
      return issue.inclusive ? `Send ${issue.minimum} or more.` : `Send more than ${issue.minimum}.`;
    case "too_big":
      return issue.origin === "string" ? `At most ${issue.maximum} characters.` : `Send at most ${issue.maximum}.`;
    default:
      return undefined;
  }
}

function isMissing(input: unknown): boolean {
  return input === undefined || input === null;
}

/** A field's name as it was sent, but not a whole text that somebody took for one. */
function named(key: string): string {
  return JSON.stringify(key.slice(0, 64));
}

/** The validator's types, in words. */
const TYPES: Readonly<Record<string, string>> = {
  string: "text, in quotes",
  number: "a number, without quotes",
  int: "a whole number, without quotes",
  boolean: "true or false, without quotes",
  array: "a list, in square brackets",
  object: "an object, in braces",
  record: "an object, in braces",
};
