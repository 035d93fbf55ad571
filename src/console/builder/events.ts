import { wordsOf } from "../parts/format.ts";
import type { DimensionAsked, EventMatcher } from "./inputs.ts";
import { escaped, unescaped } from "./text.ts";

/** Common events: as matchers of the API, as a name, and as what somebody did. */
const KNOWN = {
  calls: { matcher: { kinds: ["CALL"] }, name: "Calls", did: "called" },
  web: { matcher: { channels: ["WEB", "APP"] }, name: "Web or app", did: "used web or app" },
  pages: { matcher: { kinds: ["PAGE_VIEW"] }, name: "Page views", did: "saw a page" },
  searches: { matcher: { kinds: ["SEARCH"] }, name: "Searches", did: "searched" },
  menu: { matcher: { channels: ["IVR"] }, name: "Phone menu", did: "used the phone menu" },
  chats: { matcher: { channels: ["CHAT", "BOT"] }, name: "Chat or bot", did: "chatted" },
  mails: { matcher: { channels: ["EMAIL", "SMS"] }, name: "E-mail or SMS", did: "had an e-mail or SMS" },
  forms: { matcher: { kinds: ["FORM"] }, name: "Forms", did: "sent a form" },
  purchases: { matcher: { kinds: ["TRANSACTION"] }, name: "Purchases", did: "bought" },
  surveys: { matcher: { kinds: ["SURVEY"] }, name: "Surveys", did: "answered a survey" },
  anything: { matcher: {}, name: "Anything", did: "did anything" },
} as const satisfies Record<string, { matcher: EventMatcher; name: string; did: string }>;

export type EventName = keyof typeof KNOWN;

export const ALL_EVENTS = Object.keys(KNOWN) as EventName[];

/** Those that say something: of two sets, neither is everything. */
export const EVENTS = ALL_EVENTS.filter((name) => name !== "anything");

/** The label of an event. */
export const eventName = (name: EventName) => KNOWN[name].name;

/** The label of an event as what somebody did. */
export const eventDone = (name: EventName) => KNOWN[name].did;

/** The matcher of an event. */
export const matcherOf = (name: EventName) => structuredClone(KNOWN[name].matcher) as EventMatcher;

const OUTCOMES = [
  "HANDLED",
  "ABANDONED",
  "TRANSFERRED_OUT",
  "CALLBACK_REQUESTED",
  "VOICEMAIL",
  "FLOWED_OUT",
  "CONTAINED",
  "FAILED",
] as const satisfies EventMatcher["outcomes"];
const STAGES = ["EARLY", "LEAD", "POST_LEAD"] as const satisfies EventMatcher["stages"];

interface FieldMeaning {
  /** Before its value, in a sentence. */
  words: string;
  /** The dimension whose values it takes, for suggestions; null where `options` are all there are. */
  by: DimensionAsked | null;
  options?: readonly string[];
}

/** What may be asked of an event, besides what it is. */
const FIELDS = {
  sections: { words: "in section", by: "SECTION" },
  names: { words: "named", by: "PAGE" },
  namePattern: { words: "named like", by: "PAGE" },
  callReasons: { words: "about", by: "CALL_REASON" },
  campaigns: { words: "of campaign", by: "CAMPAIGN" },
  intents: { words: "with intent", by: "INTENT" },
  outcomes: { words: "that ended", by: null, options: OUTCOMES },
  teams: { words: "with team", by: "TEAM" },
  agentIds: { words: "with agent", by: "AGENT" },
  sources: { words: "from source", by: "SOURCE" },
  stages: { words: "at stage", by: null, options: STAGES },
} as const satisfies Partial<Record<keyof EventMatcher, FieldMeaning>>;

export type EventField = keyof typeof FIELDS;
export const EVENT_FIELDS = Object.keys(FIELDS) as EventField[];

/** What a field means, with what may stand in it. */
export const meaningOf = (field: EventField): FieldMeaning => FIELDS[field];

export interface EventCondition {
  field: EventField;
  /** What the event is not; all such conditions together are one “but not”. */
  isNot: boolean;
  /** Any of these; without one, the condition says nothing yet. */
  values: string[];
}

/** An event with what is asked of it. */
export interface EventChoice {
  event: EventName;
  conditions: EventCondition[];
}

/** Reads `web.sections.billing,cards.!names./login`; null where it begins with no event. */
export function parseEvent(text: string): EventChoice | null {
  const [event, ...parts] = text.split(".");
  const known = ALL_EVENTS.find((name) => name === event);
  if (!known) return null;
  const conditions: (EventCondition & { text: string | null })[] = [];
  for (const part of parts) {
    const last = conditions.at(-1);
    const field = EVENT_FIELDS.find((name) => name === part.replace(/^!/, ""));
    // A full stop that somebody typed into the address belongs to the value.
    if (field && last?.text !== null) conditions.push({ field, isNot: part.startsWith("!"), values: [], text: null });
    else if (last) last.text = last.text === null ? part : `${last.text}.${part}`;
    else return null;
  }
  return {
    event: known,
    conditions: conditions.map(({ field, isNot, text: values }) => ({
      field,
      isNot,
      values: (values ?? "").split(",").filter(Boolean).map(unescaped),
    })),
  };
}

/** The same text again; conditions that say nothing are left out. */
export function writeEvent({ event, conditions }: EventChoice): string {
  const said = conditions.filter(({ values }) => values.length > 0);
  return [
    event,
    ...said.flatMap(({ field, isNot, values }) => [`${isNot ? "!" : ""}${field}`, values.map(escaped).join(",")]),
  ].join(".");
}

/** The matcher of the API. */
export function eventMatcher({ event, conditions }: EventChoice): EventMatcher {
  const not = fieldsOf(conditions.filter(({ isNot }) => isNot));
  const own = fieldsOf(conditions.filter(({ isNot }) => !isNot));
  return { ...matcherOf(event), ...own, ...(Object.keys(not).length > 0 && { not }) };
}

function fieldsOf(conditions: readonly EventCondition[]): EventMatcher {
  return Object.fromEntries(
    conditions
      .filter(({ values }) => values.length > 0)
      .map(({ field, values }) => [field, field === "namePattern" ? values[0] : values]),
  );
}

/** “saw a page in section billing, but not named /login” */
export const doneWords = (choice: EventChoice) => KNOWN[choice.event].did + conditionWords(choice.conditions);

/** “page views in section billing” */
export const eventWords = (choice: EventChoice) =>
  eventName(choice.event).replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase()) +
  conditionWords(choice.conditions);

function conditionWords(conditions: readonly EventCondition[]): string {
  const words = (isNot: boolean) =>
    conditions
      .filter((condition) => condition.isNot === isNot && condition.values.length > 0)
      .map(({ field, values }) => `${FIELDS[field].words} ${valuesText(field, values)}`);
  const [own, nots] = [words(false), words(true)];
  return `${own.map((one) => ` ${one}`).join("")}${nots.length > 0 ? `, but not ${nots.join(" and ")}` : ""}`;
}

const valuesText = (field: EventField, values: readonly string[]) =>
  values.map((value) => (meaningOf(field).options ? wordsOf(value).toLowerCase() : value)).join(" or ");
