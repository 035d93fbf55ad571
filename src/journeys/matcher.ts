import type { AttributeFilter } from "../facts/attributes.ts";
import { CHANNELS, TOUCHPOINT_KINDS } from "../fields/choices.ts";
import { AppError } from "../kit/errors.ts";
import { type AttributeFilterPlan, attributeFilterOf, compileAttributeFilter } from "./attribute-filter.ts";
import type { Partition } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import {
  compileDimension,
  type DimensionName,
  type DimensionPlan,
  dimensionPlanOf,
  type ReadValue,
} from "./dimension.ts";
import type { IsMeant } from "./fold.ts";
import { patternOf } from "./pattern.ts";
import { compileSequence, type Sequence, type SequenceOf, sequencePlanOf } from "./sequence.ts";
import { isMeantBy, type Meant, meant, meantWhere, type Translation } from "./tables.ts";

/** One way to say “these events”, as clients say it: fields are ANDed, the values of a list are ORed. */
export interface Matcher {
  channels?: readonly string[] | null;
  kinds?: readonly string[] | null;
  sources?: readonly string[] | null;
  names?: readonly string[] | null;
  namePattern?: string | null;
  sections?: readonly string[] | null;
  stages?: readonly string[] | null;
  callReasons?: readonly string[] | null;
  intents?: readonly string[] | null;
  agentIds?: readonly string[] | null;
  teams?: readonly string[] | null;
  campaigns?: readonly string[] | null;
  outcomes?: readonly string[] | null;
  attributes?: readonly AttributeFilter[] | null;
  sequence?: SequenceOf<Matcher> | null;
  not?: Matcher | null;
}

/** A condition on an event, in the numbers of the dictionaries. */
type Condition =
  | { of: "channel" | "kind" | "source" | "item"; meant: Meant }
  /** Of an item, the text that it is called, or its section. */
  | { of: "text"; texts: Translation; meant: Meant }
  | { of: "value"; reading: DimensionPlan; meant: Meant }
  | { of: "leg" }
  | { of: "attribute"; filter: AttributeFilterPlan }
  | { of: "sequence"; sequence: Sequence; takes: readonly MatcherPlan[]; bars: readonly (MatcherPlan | null)[] }
  | { of: "not"; conditions: MatcherPlan };

/** A matcher in numbers: all its conditions hold. */
export type MatcherPlan = readonly Condition[];

/** Means legs. */
export const IS_LEG: Condition = { of: "leg" };

/** How deep `not` and sequences may go: deeper, nobody can say what is meant. */
const MAX_NESTING = 5;
/** Values in one list: more is a mistake. */
const MAX_VALUES = 1_000;

/** What is asked of an event's columns, and what of its value along a dimension. */
const LISTS = {
  channels: (_, list) => ofCode("channel", CHANNELS, list),
  kinds: (_, list) => ofCode("kind", TOUCHPOINT_KINDS, list),
  sources: ({ sources }, list) => ({
    of: "source",
    meant: meant(
      sources.size,
      list.map((name) => sources.find(name)),
    ),
  }),
  names: (dictionary, list) => ofItems(dictionary, "names", list),
  sections: (dictionary, list) => ofItems(dictionary, "sections", list),
  stages: (dictionary, list) => ofValue(dictionary, "STAGE", list),
  callReasons: (dictionary, list) => ofValue(dictionary, "CALL_REASON", list),
  intents: (dictionary, list) => ofValue(dictionary, "INTENT", list),
  agentIds: (dictionary, list) => ofValue(dictionary, "AGENT", list),
  teams: (dictionary, list) => ofValue(dictionary, "TEAM", list),
  campaigns: (dictionary, list) => ofValue(dictionary, "CAMPAIGN", list),
  outcomes: (dictionary, list) => ofValue(dictionary, "OUTCOME", list),
} as const satisfies Partial<Record<keyof Matcher, (dictionary: Dictionaries, list: readonly string[]) => Condition>>;

/** The dictionaries, and the instant from which on no sequence is sought: a later event may not change a closed period. */
export interface MatcherScope {
  dictionary: Dictionaries;
  until: number;
}

/** The matcher in numbers of the dictionary. Without one, all events are meant. */
export function matcherPlanOf(scope: MatcherScope, matcher: Matcher | null | undefined, depth = 0): MatcherPlan {
  if (!matcher) return [];
  const { dictionary } = scope;
  const { tables } = dictionary;
  if (depth > MAX_NESTING) {
    throw new AppError("BAD_INPUT", `Nest \`not\` and \`sequence\` at most ${MAX_NESTING} deep.`);
  }
  const conditions: Condition[] = Object.entries(LISTS).flatMap(([field, condition]) => {
    const list = matcher[field as keyof typeof LISTS];
    if (list == null) return [];
    checkList(field, list);
    return [tables.once(`${field} ${JSON.stringify(list)}`, () => condition(dictionary, list))];
  });
  const { namePattern } = matcher;
  if (namePattern != null) {
    conditions.push(tables.once(`namePattern ${namePattern}`, () => ofPattern(dictionary, namePattern)));
  }
  for (const filter of matcher.attributes ?? []) {
    conditions.push({ of: "attribute", filter: attributeFilterOf(dictionary, filter) });
  }
  if (matcher.sequence) conditions.push(ofSequence(scope, matcher.sequence, depth + 1));
  if (matcher.not) conditions.push({ of: "not", conditions: matcherPlanOf(scope, matcher.not, depth + 1) });
  return conditions;
}

function ofSequence(scope: MatcherScope, sequence: SequenceOf<Matcher>, depth: number): Condition {
  const { steps } = sequence;
  return {
    of: "sequence",
    sequence: sequencePlanOf(sequence, scope.until),
    takes: steps.map(({ match }) => matcherPlanOf(scope, match, depth)),
    bars: steps.map(({ without }) => (without ? matcherPlanOf(scope, without, depth) : null)),
  };
}

function checkList(field: string, list: readonly string[]): void {
  if (list.length === 0) {
    throw new AppError("BAD_INPUT", `An empty \`${field}\` matches nothing: leave it out, or name at least one.`);
  }
  if (list.length > MAX_VALUES) throw new AppError("BAD_INPUT", `Name at most ${MAX_VALUES} values in \`${field}\`.`);
}

function ofCode(of: "channel" | "kind", words: readonly string[], list: readonly string[]): Condition {
  return { of, meant: meantWhere(words.length, (code) => list.includes(words[code]!)) };
}

function ofItems(dictionary: Dictionaries, column: "names" | "sections", list: readonly string[]): Condition {
  return { of: "text", texts: dictionary.items[column].all(), meant: meantTexts(dictionary, list) };
}

/** Steps of a table of bytes that take as long as looking at one name. */
const STEPS_A_NAME = 100;

function ofPattern({ items, texts, tables }: Dictionaries, pattern: string): Condition {
  const isLike = patternOf(pattern);
  const names = items.names.all();
  tables.reserve(names.length * STEPS_A_NAME);
  const isMeant = (name: string | null) => name !== null && isLike(name);
  return { of: "item", meant: meantWhere(names.length, (item) => isMeant(texts.of(names[item]!))) };
}

function ofValue(dictionary: Dictionaries, dimension: DimensionName, list: readonly string[]): Condition {
  return { of: "value", reading: dimensionPlanOf(dictionary, dimension), meant: meantTexts(dictionary, list) };
}

function meantTexts({ texts, tables }: Dictionaries, list: readonly string[]): Meant {
  tables.reserve(texts.size);
  return meant(
    texts.size,
    list.map((text) => texts.find(text)),
  );
}

/** The matcher over the columns of this partition. */
export function compileMatcher(partition: Partition, plan: MatcherPlan): IsMeant {
  const tests = plan.map((condition) => testOf(partition, condition));
  switch (tests.length) {
    case 0:
      return () => true;
    case 1:
      return tests[0]!;
    default:
      return (event, journey) => {
        for (const test of tests) if (!test(event, journey)) return false;
        return true;
      };
  }
}

/** Whether any of several matchers means it. */
export function anyOf(partition: Partition, plans: readonly MatcherPlan[]): IsMeant {
  const matchers = plans.map((plan) => compileMatcher(partition, plan));
  if (matchers.length === 1) return matchers[0]!;
  return (event, journey) => {
    for (const isMeant of matchers) if (isMeant(event, journey)) return true;
    return false;
  };
}

function testOf(partition: Partition, condition: Condition): IsMeant {
  switch (condition.of) {
    case "sequence": {
      const takes = condition.takes.map((plan) => compileMatcher(partition, plan));
      const bars = condition.bars.map((plan) => plan && compileMatcher(partition, plan));
      return compileSequence(partition, condition.sequence, { takes, bars });
    }
    case "not": {
      const isMeant = compileMatcher(partition, condition.conditions);
      return (event, journey) => !isMeant(event, journey);
    }
    case "attribute":
      return compileAttributeFilter(partition, condition.filter).isMeant;
    case "leg": {
      const { isLeg } = partition.events;
      return (event) => isLeg[event] === 1;
    }
    case "value": {
      const value: ReadValue = compileDimension(partition, condition.reading);
      const table = condition.meant;
      return (event, journey) => isMeantBy(table, value(event, journey));
    }
    case "item": {
      const { item } = partition.events;
      const table = condition.meant;
      return (event) => isMeantBy(table, item[event]!);
    }
    case "text": {
      const { item } = partition.events;
      const { texts, meant: table } = condition;
      return (event) => item[event] !== -1 && isMeantBy(table, texts[item[event]!]!);
    }
    case "channel":
    case "kind":
    case "source": {
      const column = partition.events[condition.of];
      const table = condition.meant;
      return (event) => table[column[event]!] === 1;
    }
  }
}
