import { type AttributeFilter, checkFilter } from "../facts/attributes.ts";
import { type AttributePlan, attributePlanOf, compileAttribute } from "./attribute.ts";
import { numbersOfTexts } from "./attribute-values.ts";
import type { Partition } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import type { IsMeant } from "./fold.ts";
import { type Meant, meantWhere } from "./tables.ts";

/** The same in numbers. */
export interface AttributeFilterPlan {
  attribute: AttributePlan;
  /** Which texts or lists are meant; of a number, null. */
  meant: Meant | null;
  /** Which numbers are meant: these, where there are any. */
  numbers: readonly number[] | null;
  from: number;
  to: number;
  isKnown: boolean;
}

export function attributeFilterOf(dictionary: Dictionaries, filter: AttributeFilter): AttributeFilterPlan {
  checkFilter(filter);
  const attribute = attributePlanOf(filter.attribute);
  const from = filter.from ?? Number.NEGATIVE_INFINITY;
  const to = filter.to ?? Number.POSITIVE_INFINITY;
  const isKnown = filter.isKnown ?? true;
  if (attribute.is === "NUMBER") {
    const numbers = filter.in?.map(Number) ?? null;
    return { attribute, meant: null, numbers, from, to, isKnown };
  }
  const meant = meantOf(dictionary, attribute, filter);
  return { attribute, meant, numbers: null, from, to, isKnown };
}

/** Lists with any of these texts; every list, of none. */
export const listsWithAny = ({ productLists }: Dictionaries, texts: ReadonlySet<string> | null): Meant =>
  meantWhere(productLists.size, (number) => {
    return !texts || (JSON.parse(productLists.of(number)!) as string[]).some((text) => texts.has(text));
  });

function meantOf(dictionary: Dictionaries, { is }: AttributePlan, { in: list, from, to }: AttributeFilter): Meant {
  const { texts, tables } = dictionary;
  const names = list ? new Set(list) : null;
  if (is === "LIST") return listsWithAny(dictionary, names);
  tables.reserve(texts.size);
  const isRange = from != null || to != null;
  const numbers = isRange ? numbersOfTexts(dictionary) : null;
  return meantWhere(texts.size, (text) => {
    if (names && !names.has(texts.of(text)!)) return false;
    return !numbers || (numbers[text]! >= (from ?? -Infinity) && numbers[text]! < (to ?? Infinity));
  });
}

/** Whether a row of a customer or leg, or an event, has a value that is meant. */
export function compileAttributeFilter(
  partition: Partition,
  { attribute, meant, numbers, from, to, isKnown }: AttributeFilterPlan,
): { isMeantAt(row: number): boolean; isMeant: IsMeant } {
  const { at, ofEvent } = compileAttribute(partition, attribute);
  const fits = (value: number): boolean => {
    const isThere = meant ? value !== -1 : !Number.isNaN(value);
    if (!isKnown || !isThere) return isKnown === isThere;
    if (meant) return meant[value] === 1;
    return value >= from && value < to && (!numbers || numbers.includes(value));
  };
  return { isMeantAt: (row) => fits(at(row)), isMeant: (event, journey) => fits(ofEvent(event, journey)) };
}
