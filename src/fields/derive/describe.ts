import type { Field } from "../field.ts";

/** How a field is described where it is shown: what it says, and the seed's name for it. */
export function shownAs({ says, seed, set }: Field): string {
  const named = seed === null ? "" : `${set}: ${[seed].flat().join(", ")}.`;
  return [says, named].filter(Boolean).join(" ");
}

/** How it is described where it is given. */
export function givenAs(field: Field): string {
  return field.type === "seconds" ? `${wordsOf(field)} A fraction of a second is cut off.` : wordsOf(field);
}

/** The seed's name for it first. */
function wordsOf({ says, seed, set, given }: Field): string {
  const words = given || undefined;
  if (seed === null) return words ?? says;
  const name = `${set} ${[seed].flat()[0]}`;
  if (words === undefined) return `${name}.`;
  return /^[,;]/.test(words) ? `${name}${words}` : `${name}: ${words}`;
}
