import { arrayLiteral } from "../../db/array-literal.ts";

/** A list of keys as one text, since an array of arrays would have to be a rectangle; null where it is empty. */
export function arrayText(keys: readonly string[]): string | null {
  return keys.length === 0 ? null : arrayLiteral(keys);
}
