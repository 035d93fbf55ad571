/** An array in PostgreSQL's words, since an array of arrays would have to be a rectangle; null where it is empty. */
export function arrayText(keys: readonly string[]): string | null {
  if (keys.length === 0) return null;
  return `{${keys.map((key) => `"${key.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}
