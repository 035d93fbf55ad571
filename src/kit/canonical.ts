/**
 * One text for one meaning: keys sorted, dates as ISO, undefined left out, and nulls too unless they mean something.
 */
export function canonical(value: unknown, keepNulls = false): string {
  if (value instanceof Date) return `"${value.toISOString()}"`;
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null, keepNulls)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = value as Record<string, unknown>;
  const isSaid = (key: string) => members[key] !== undefined && (members[key] !== null || keepNulls);
  // Most fields of most records are empty: leaving them out first saves sorting them.
  const keys = Object.keys(members).filter(isSaid).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(members[key], keepNulls)}`).join(",")}}`;
}
