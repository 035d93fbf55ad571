import { AppError } from "../../kit/errors.ts";

/** BAD_INPUT when a file lacks columns that its mapping names. */
export function refuseMissing(needed: readonly string[], found: readonly string[]): void {
  const missing = needed.filter((column) => !found.includes(column));
  if (missing.length === 0) return;
  const names = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(", ");
  throw new AppError(
    "BAD_INPUT",
    `The file lacks columns that the mapping names: ${names(missing)}. It has ${names(found)}. Change the mapping, or set its key missingColumns to allow.`,
  );
}
