/**
 * One text for one meaning: keys sorted, dates as ISO, undefined left out; nulls too unless they are kept because
 * they say something.
 */
export function canonical(value: unknown, keepNulls = false): string {
  if (value instanceof Date) return `"${value.toISOString()}"`;
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null, keepNulls)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined || (member === null && !keepNulls)) continue;
    members.push(`${JSON.stringify(key)}:${canonical(member, keepNulls)}`);
  }
  return `{${members.join(",")}}`;
}
