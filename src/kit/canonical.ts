/**
 * One text for one meaning: keys sorted, dates as ISO, undefined left out, and nulls too unless they mean something.
 */
export function canonical(value: unknown, keepNulls = false): string {
  if (value instanceof Date) return `"${value.toISOString()}"`;
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null, keepNulls)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = value as Record<string, unknown>;
  // Most fields of most records are empty: leaving them out first saves sorting them.
  const said: string[] = [];
  for (const key of Object.keys(members)) {
    if (members[key] !== undefined && (members[key] !== null || keepNulls)) said.push(key);
  }
  let text = "{";
  for (const key of said.sort()) {
    text += `${text.length > 1 ? "," : ""}${JSON.stringify(key)}:${canonical(members[key], keepNulls)}`;
  }
  return `${text}}`;
}
