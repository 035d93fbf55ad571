/** What stands for a value. */
const REDACTED = "…";

/** The shape of a record without what it says: keys and lengths of lists are kept, values are not; null says nothing. */
export function redact(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== "object") return REDACTED;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, redact(member)]));
}
