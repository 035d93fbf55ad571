import type { FacetAsked } from "./inputs.ts";
import { parseSequence, type SequenceChoice, sequenceAsked, sequenceMatcher, writeSequence } from "./sequences.ts";
import { escaped, unescaped } from "./text.ts";

/** A named filter, or a named sequence. */
export interface FacetChoice {
  name: string;
  sequence: SequenceChoice;
}

/** The most that a report takes. */
export const MOST_FACETS = 10;

/** Reads `Billing=web.sections.billing|Then a call=web>calls`. */
export function parseFacets(text: string): FacetChoice[] {
  return text
    .split("|")
    .filter(Boolean)
    .map((facet) => {
      const [name = "", ...sequence] = facet.split("=");
      return { name: unescaped(name), sequence: parseSequence(sequence.join("=")) };
    });
}

export const writeFacets = (facets: readonly FacetChoice[]) =>
  facets.map(({ name, sequence }) => `${escaped(name)}=${writeSequence(sequence)}`).join("|");

/** The facets of the API: one step is a matcher, anything else a sequence. */
export function facetsAsked(facets: readonly FacetChoice[]): FacetAsked[] {
  return facets.map(({ name, sequence }) => {
    const matcher = sequenceMatcher(sequence);
    return matcher.sequence ? { name, sequence: sequenceAsked(sequence) } : { name, matcher };
  });
}
