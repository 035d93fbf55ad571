import { isRow } from "../raw.ts";

const PREFIX = "xdm:";
/** Deeper than any schema: what is nested further is a mistake or an attack, and stays as it is. */
const DEEPEST = 32;

/** The same value, its field names without the prefix xdm:. */
export function withoutPrefix(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((one) => withoutPrefix(one, depth + 1));
  if (!isRow(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [bare(name), withoutPrefix(one, depth + 1)]));
}

function bare(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}
