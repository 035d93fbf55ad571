import type { AttributeGroupInput } from "../../facts/attribute.type.ts";
import { rangeLabel } from "../../journeys/attribute-values.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import { byText } from "../../kit/order.ts";
import { namesAlong } from "../along.type.ts";
import { bucketsOf } from "../buckets.ts";
import type { AggregateInput } from "./aggregate.type.ts";
import type { AggregateGroupInput } from "./group.type.ts";
import { isNumber } from "./plan.ts";

/** What the values along a group are called. */
export interface GroupNaming {
  by: string;
  /** Whether values have an order of their own: times, ranges. */
  isInOrder: boolean;
  nameOf(value: number): string | null;
  /** Where a value stands in that order; itself when left out. */
  placeOf?(value: number): number;
}

export const namingsOf = (dictionary: Dictionaries, input: AggregateInput): GroupNaming[] =>
  input.groupBy.map((group) => namingOf(dictionary, group, input));

function namingOf(
  dictionary: Dictionaries,
  { dimension, carried, facets, attribute, interval }: AggregateGroupInput,
  { period, timeZone }: AggregateInput,
): GroupNaming {
  if (interval) {
    const buckets = bucketsOf({ period, interval, timeZone });
    return { by: interval, isInOrder: true, nameOf: (place) => buckets[place]!.start.toISOString() };
  }
  if (attribute) return attributeNaming(dictionary, attribute);
  const by = facets ? "FACET" : (carried?.dimension ?? dimension!);
  return { by, isInOrder: false, nameOf: namesAlong(dictionary, facets) };
}

function attributeNaming(dictionary: Dictionaries, { attribute, bounds }: AttributeGroupInput): GroupNaming {
  if (isNumber({ attribute, bounds })) {
    const nameOf = (number: number) => (Number.isNaN(number) ? null : String(number));
    return { by: attribute, isInOrder: true, nameOf };
  }
  const nameOf = namesAlong(dictionary, null);
  if (!bounds) return { by: attribute, isInOrder: false, nameOf };
  const labels = bounds.concat(Number.NaN).map((_, range) => rangeLabel(bounds, range));
  return { by: attribute, isInOrder: true, nameOf, placeOf: (value) => labels.indexOf(nameOf(value)!) };
}

/** Values in their own order, else by name, or the other way round; what is unknown is last in either. */
export function compareValues(
  { isInOrder, nameOf, placeOf }: GroupNaming,
  [a, b]: readonly [number, number],
  direction: number,
): number {
  if (Object.is(a, b)) return 0;
  const [isUnknown, isOtherUnknown] = [nameOf(a) === null, nameOf(b) === null];
  if (isUnknown || isOtherUnknown) return Number(isUnknown) - Number(isOtherUnknown);
  const place = placeOf ?? ((value: number) => value);
  return direction * (isInOrder ? place(a) - place(b) : byText(nameOf(a)!, nameOf(b)!));
}
