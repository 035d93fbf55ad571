import type { Dictionaries } from "../../journeys/dictionary.ts";
import { byText } from "../../kit/order.ts";
import { namesAlong } from "../along.type.ts";
import { bucketsOf } from "../buckets.ts";
import type { AggregateInput } from "./aggregate.type.ts";
import type { AggregateGroupInput } from "./group.type.ts";

/** What the values along a group are called. */
export interface GroupNaming {
  by: string;
  /** Whether values have an order of their own: times, ranges. */
  isInOrder: boolean;
  nameOf(value: number): string | null;
}

export const namingsOf = (dictionary: Dictionaries, input: AggregateInput): GroupNaming[] =>
  input.groupBy.map((group) => namingOf(dictionary, group, input));

function namingOf(
  dictionary: Dictionaries,
  { dimension, carried, facets, interval }: AggregateGroupInput,
  { period, timeZone }: AggregateInput,
): GroupNaming {
  if (interval) {
    const buckets = bucketsOf({ period, interval, timeZone });
    return { by: interval, isInOrder: true, nameOf: (place) => buckets[place]!.start.toISOString() };
  }
  const by = facets ? "FACET" : (carried?.dimension ?? dimension!);
  return { by, isInOrder: false, nameOf: namesAlong(dictionary, facets) };
}

/** Values in their own order, else by name; what is unknown is last. */
export function compareValues({ isInOrder, nameOf }: GroupNaming, a: number, b: number): number {
  if (a === b) return 0;
  if (a === -1 || b === -1) return a === -1 ? 1 : -1;
  return isInOrder ? a - b : byText(nameOf(a)!, nameOf(b)!);
}
