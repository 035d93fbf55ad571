import type { ValidatorFn } from "type-graphql";
import { AppError } from "../kit/errors.ts";
import { Unread } from "../kit/scalars.ts";

/** Refuses an argument that a scalar could not read, and says where it stood. Records are exempt: see the next function. */
export const refuseUnread: ValidatorFn = (value, _type, { args }) => {
  if (!findUnread(value)) return;
  const { path, remedy } = findUnread(args)!;
  throw new AppError("BAD_INPUT", `${path.join(".")}: ${remedy}`, path);
};

/** Passes on what a scalar could not read in a record: the validator judges it, as at every other entry point. */
export const leaveUnread: ValidatorFn = () => undefined;

interface Found {
  path: string[];
  remedy: string;
}

function findUnread(value: unknown, path: string[] = []): Found | null {
  if (value instanceof Unread) return { path, remedy: value.remedy };
  if (typeof value !== "object" || value === null || value instanceof Date) return null;
  for (const [name, member] of Object.entries(value)) {
    const found = findUnread(member, [...path, name]);
    if (found) return found;
  }
  return null;
}
