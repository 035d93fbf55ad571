import type { ValidatorFn } from "type-graphql";
import { AppError } from "../kit/errors.ts";
import { Unread } from "../kit/scalars.ts";
import { isWholeText } from "../kit/text.ts";

/** Refuses an argument that a scalar could not read, or that the database cannot keep, and says where it stood. Records are exempt: see the next function. */
export const refuseUnread: ValidatorFn = (value, _type, { args }) => {
  if (findUnread(value)) checkArguments(args);
};

/** The same for all arguments of a field: what subscribes is asked before any resolver. */
export function checkArguments(args: object): void {
  const found = findUnread(args);
  if (found) throw new AppError("BAD_INPUT", `${found.path.join(".")}: ${found.remedy}`, found.path);
}

const BROKEN = "Remove the NUL characters, and the surrogates without their other half.";

/** Passes on what a scalar could not read in a record: the validator judges it, as at every other entry point. */
export const leaveUnread: ValidatorFn = () => undefined;

interface Found {
  path: string[];
  remedy: string;
}

function findUnread(value: unknown, path: string[] = []): Found | null {
  if (value instanceof Unread) return { path, remedy: value.remedy };
  if (typeof value === "string" && !isWholeText(value)) return { path, remedy: BROKEN };
  if (typeof value !== "object" || value === null || value instanceof Date) return null;
  for (const [name, member] of Object.entries(value)) {
    const found = isWholeText(name) ? findUnread(member, [...path, name]) : { path, remedy: BROKEN };
    if (found) return found;
  }
  return null;
}
