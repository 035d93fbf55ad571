/** Replaces a value. */
const REDACTED = "…";

/** The shape of a record without its values: keys and the lengths of lists stay. Null stays null. */
export function redact(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== "object") return REDACTED;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, redact(member)]));
}
