/** Levels of JSON in a record: more is a mistake or an attack, and costs a stack. */
export const MAX_LEVELS = 64;
const NUL = "\u0000";
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether PostgreSQL keeps the text as it is: it stores no NUL, and of a surrogate without its other half nothing. */
export function isWholeText(text: string): boolean {
  return !text.includes(NUL) && !LONE_SURROGATE.test(text);
}

/** The text as PostgreSQL can keep it: it stores no NUL. */
export function withoutNul(text: string): string {
  return text.replaceAll(NUL, "");
}

/** The text as PostgreSQL and JSON can keep it: a surrogate without its other half becomes a replacement character. */
export function wholeText(text: string): string {
  return withoutNul(text).replace(/\p{Surrogate}/gu, "\ufffd");
}

/** Whether all texts of a JSON value are whole, its keys included. */
export function isWholeJson(value: unknown): boolean {
  if (typeof value === "string") return isWholeText(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, member]) => isWholeText(key) && isWholeJson(member));
}

/** Whether a value is nested no deeper than anybody needs, so that code which recurses through it ends. */
export function isShallow(value: unknown, levels = MAX_LEVELS): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (levels === 0) return false;
  for (const name of Object.keys(value)) {
    if (!isShallow((value as Record<string, unknown>)[name], levels - 1)) return false;
  }
  return true;
}
