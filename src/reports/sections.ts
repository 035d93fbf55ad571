import { TOUCHPOINT_KINDS, type TouchpointKind } from "../fields/choices.ts";
import type { Dictionaries } from "../journeys/dictionary.ts";
import type { Dimension } from "./filter.type.ts";

/** Dimensions whose values are names of the dictionary, which may lie in sections. */
const NAMED: Partial<Record<Dimension, TouchpointKind>> = {
  PAGE: "PAGE_VIEW",
  SEARCH_TERM: "SEARCH",
  PROMPT: "PROMPT",
};

/** The section of each of these values; none where it was seen in several, or in none. */
export function sectionsOf(
  { items, texts }: Dictionaries,
  dimension: Dimension,
  values: Iterable<string>,
): Map<string, string | null> {
  const kind = NAMED[dimension];
  const sections = new Map<string, string | null>();
  if (!kind) return sections;
  const wanted = new Set([...values].map((value) => texts.find(value)));
  const [kinds, names, inSections] = [items.kinds.all(), items.names.all(), items.sections.all()];
  for (let item = 0; item < kinds.length; item += 1) {
    if (kinds[item] !== TOUCHPOINT_KINDS.indexOf(kind) || !wanted.has(names[item]!)) continue;
    const name = texts.of(names[item]!)!;
    sections.set(name, sections.has(name) ? null : texts.of(inSections[item]!));
  }
  return sections;
}
