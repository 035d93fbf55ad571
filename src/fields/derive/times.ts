import type { Fields } from "../field.ts";

/** The names of the fields that hold an instant. */
export function timesOf(...sets: readonly Fields[]): string[] {
  const times = sets.flatMap((fields) => Object.values(fields)).filter(({ type }) => type === "instant");
  return times.map(({ name }) => name);
}
