import { AppError } from "../kit/errors.ts";
import { type AttributePlan, attributePlanOf, compileAttribute } from "./attribute.ts";
import type { Partition } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import type { Journey } from "./fold.ts";
import { type Translation, translation } from "./tables.ts";

/** An attribute to count along, as clients say it. */
export interface AttributeGroup {
  attribute: string;
  /** The least number of each range, rising. */
  bounds?: readonly number[] | null;
}

/** How the values of an attribute are found: numbers of texts. */
export interface AttributeValuesPlan {
  by: "ATTRIBUTE";
  attribute: AttributePlan;
  /** Where numbers are put into ranges: their bounds, what each range is called, and of each text the number that it is. */
  ranges: { bounds: readonly number[]; labels: Translation; numbers: Float64Array | null } | null;
  /** Of lists: where the texts of each begin, and the texts. */
  lists: { starts: Translation; texts: Translation } | null;
}

/** Ranges of one attribute. */
const MOST_BOUNDS = 50;

export function attributeValuesPlanOf(dictionary: Dictionaries, group: AttributeGroup): AttributeValuesPlan {
  const attribute = attributePlanOf(group.attribute);
  const { bounds } = group;
  if (!bounds && attribute.is === "NUMBER") {
    const message = `\`${attribute.name}\` is a number: name the \`bounds\` of its ranges, such as [0, 10, 100].`;
    throw new AppError("BAD_INPUT", message, ["attribute", "bounds"]);
  }
  const lists = attribute.is === "LIST" ? listsOf(dictionary) : null;
  if (!bounds) return { by: "ATTRIBUTE", attribute, ranges: null, lists };
  checkRanges(attribute, bounds);
  const { texts } = dictionary;
  const labels = translation(bounds.length + 1, (range) => texts.add(rangeLabel(bounds, range)));
  const numbers = attribute.is === "TEXT" ? numbersOfTexts(dictionary) : null;
  return { by: "ATTRIBUTE", attribute, ranges: { bounds, labels, numbers }, lists: null };
}

function checkRanges({ name, is }: AttributePlan, bounds: readonly number[]): void {
  if (is === "LIST") {
    throw new AppError("BAD_INPUT", `\`${name}\` is a list of texts: leave out \`bounds\`.`, ["attribute", "bounds"]);
  }
  const isRising = bounds.every((bound, i) => i === 0 || bound > bounds[i - 1]!);
  if (bounds.length > 0 && bounds.length <= MOST_BOUNDS && isRising) return;
  throw new AppError("BAD_INPUT", `Name 1 to ${MOST_BOUNDS} \`bounds\` that rise: [0, 10, 100].`, [
    "attribute",
    "bounds",
  ]);
}

/** What a range is called; the first one lies below all bounds. */
export function rangeLabel(bounds: readonly number[], range: number): string {
  if (range === 0) return `below ${bounds[0]}`;
  const [from, to] = [bounds[range - 1]!, bounds[range]];
  return to === undefined ? `${from} and more` : `${from} to below ${to}`;
}

/** The range of a number. */
function rangeOf(bounds: readonly number[], number: number): number {
  let range = bounds.length;
  while (range > 0 && bounds[range - 1]! > number) range -= 1;
  return range;
}

/** Of each text the number that it writes, 1 for `true` and 0 for `false`; NaN for others. */
export function numbersOfTexts({ texts, tables }: Dictionaries): Float64Array {
  return tables.once("numbers of texts", () => {
    tables.reserve(texts.size * 8);
    const numbers = new Float64Array(new SharedArrayBuffer(texts.size * 8));
    for (let text = 0; text < numbers.length; text += 1) numbers[text] = numberOf(texts.of(text)!);
    return numbers;
  });
}

function numberOf(text: string): number {
  if (text === "true" || text === "false") return Number(text === "true");
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

function listsOf({ productLists, texts, tables }: Dictionaries) {
  return tables.once("texts of lists", () => {
    const lists = Array.from(
      { length: productLists.size },
      (_, list) => JSON.parse(productLists.of(list)!) as string[],
    );
    const all = lists.map((list) => [...new Set(list)]);
    let end = 0;
    const ends = all.map((list) => {
      end += list.length;
      return end;
    });
    const flat = all.flat();
    return {
      starts: translation(all.length + 1, (list) => (list === 0 ? 0 : ends[list - 1]!)),
      texts: translation(flat.length, (place) => texts.add(flat[place]!)),
    };
  });
}

/** The values of events, and of legs by their rows, that are none or several where it is a list. */
export function compileAttributeValues(partition: Partition, { attribute, ranges, lists }: AttributeValuesPlan) {
  const { of, at, ofEvent } = compileAttribute(partition, attribute);
  const textOf = (value: number): number => {
    if (!ranges) return value;
    const number = ranges.numbers ? (value === -1 ? Number.NaN : ranges.numbers[value]!) : value;
    return Number.isNaN(number) ? -1 : ranges.labels[rangeOf(ranges.bounds, number)]!;
  };
  return {
    ofEvent: (event: number, journey: Journey) => textOf(ofEvent(event, journey)),
    ofLeg: (row: number, { customer }: Journey) => textOf(at(of === "CUSTOMER" ? customer : row)),
    listed: lists && ((list: number) => lists.texts.subarray(lists.starts[list]!, lists.starts[list + 1]!)),
  };
}
