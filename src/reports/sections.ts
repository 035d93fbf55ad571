import { TOUCHPOINT_KINDS, type TouchpointKind } from "../fields/choices.ts";
import type { Partition } from "../journeys/columns.ts";
import type { Survey } from "../journeys/fold.ts";
import type { Version } from "../journeys/journeys.ts";
import { type Meant, meant } from "../journeys/tables.ts";
import type { Dimension } from "./filter.type.ts";

/** Dimensions whose values are names of the dictionary, which may lie in sections. */
const NAMED: Partial<Record<Dimension, TouchpointKind>> = {
  PAGE: "PAGE_VIEW",
  SEARCH_TERM: "SEARCH",
  PROMPT: "PROMPT",
};

/** The section of each of these values; none where it was seen in several, or in none. */
export async function sectionsOf(
  version: Version,
  dimension: Dimension,
  values: readonly string[],
): Promise<Map<string, string | null>> {
  const kind = NAMED[dimension];
  const sections = new Map<string, string | null>();
  if (!kind || values.length === 0) return sections;
  const { items, texts } = version.dictionary;
  const wanted = new Set(values.map((value) => texts.find(value)));
  const [kinds, names, inSections] = [items.kinds.all(), items.names.all(), items.sections.all()];
  // The dictionary may know more than there is: what was withdrawn was seen nowhere.
  const seen = await version.survey(itemsSeen, { items: kinds.length });
  for (let item = 0; item < kinds.length; item += 1) {
    if (!seen[item] || kinds[item] !== TOUCHPOINT_KINDS.indexOf(kind) || !wanted.has(names[item]!)) continue;
    const name = texts.of(names[item]!)!;
    sections.set(name, sections.has(name) ? null : texts.of(inSections[item]!));
  }
  return sections;
}

/** Which items any event names; `items` is more than the number of any. */
export const itemsSeen: Survey<{ items: number }, Meant> = {
  name: "items-seen",
  of(partitions, { items }) {
    const seen = meant(items, []);
    for (const partition of partitions) for (const item of itemsIn(partition)) seen[item] = 1;
    return seen;
  },
};

const ITEMS = new WeakMap<Partition, Int32Array>();

function itemsIn(partition: Partition): Int32Array {
  const known = ITEMS.get(partition);
  if (known) return known;
  const found = new Set<number>(partition.events.item);
  found.delete(-1);
  const items = Int32Array.from(found);
  ITEMS.set(partition, items);
  return items;
}
