import { remember } from "./remember.ts";

/** Names remembered at most: those of fields are few, those in metadata may be anything. */
const REMEMBERED = 10_000;
const quoted = remember(REMEMBERED, (name) => JSON.stringify(name));

/**
 * One text for one meaning: keys sorted, dates as ISO, undefined left out, and nulls too unless they mean something.
 */
export function canonical(value: unknown, keepNulls = false): string {
  if (value instanceof Date) return `"${value.toISOString()}"`;
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null, keepNulls)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = value as Record<string, unknown>;
  let text = "{";
  for (const name of saidIn(members, keepNulls)) {
    text += `${text.length > 1 ? "," : ""}${quoted(name)}:${canonical(members[name], keepNulls)}`;
  }
  return `${text}}`;
}

/** Above it, one name put after another into its place is slower than sorting them. */
const FEW = 32;

/** Most fields of most records are empty: leaving them out first saves sorting them. */
function saidIn(members: Readonly<Record<string, unknown>>, keepNulls: boolean): string[] {
  const said: string[] = [];
  for (const name of Object.keys(members)) {
    if (members[name] !== undefined && (members[name] !== null || keepNulls)) said.push(name);
  }
  if (said.length > FEW) return said.sort();
  for (let i = 1; i < said.length; i += 1) {
    const name = said[i]!;
    let at = i;
    for (; at > 0 && said[at - 1]! > name; at -= 1) said[at] = said[at - 1]!;
    said[at] = name;
  }
  return said;
}
