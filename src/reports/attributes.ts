import type { Attribute } from "../fields/derive/attributes.ts";
import { knownAttribute } from "../journeys/attribute.ts";

/** Every attribute that a question names anywhere, each once. */
export function attributesIn(question: unknown): Attribute[] {
  const names = new Set<string>();
  collect(question, names);
  return [...names].map(knownAttribute);
}

function collect(part: unknown, names: Set<string>): void {
  if (typeof part !== "object" || part === null || part instanceof Date) return;
  const { attribute } = part as { attribute?: unknown };
  if (typeof attribute === "string") names.add(attribute);
  for (const value of Object.values(part)) collect(value, names);
}
