import { wordsOf } from "../parts/format.ts";
import { doneWords, type EventChoice, eventMatcher, parseEvent, writeEvent } from "./events.ts";
import type { CarriedAsked, DimensionAsked } from "./inputs.ts";
import { type SequenceChoice, sessionWords } from "./sequences.ts";
import { codeOf, minutesOf, minutesText, readSettings, writeSettings } from "./text.ts";

export const ALLOCATIONS = [
  "MOST_RECENT",
  "ORIGINAL",
  "FIRST_KNOWN",
  "LAST_KNOWN",
  "ALL",
] as const satisfies CarriedAsked["allocation"][];
export type AllocationAsked = (typeof ALLOCATIONS)[number];

/** What may be carried. */
export const CARRIED_DIMENSIONS = [
  "PAGE",
  "SECTION",
  "SEARCH_TERM",
  "CAMPAIGN",
  "MEDIUM",
  "REFERRER",
  "LANDING_PAGE",
  "CHANNEL",
  "SOURCE",
  "DEVICE",
  "PROMPT",
  "INTENT",
  "CALL_REASON",
  "TEAM",
  "AGENT",
  "OUTCOME",
] as const satisfies DimensionAsked[];

/** A value that events have from earlier ones. */
export interface CarriedChoice {
  dimension: DimensionAsked;
  allocation: AllocationAsked;
  container: SequenceChoice["container"];
  /** For so many minutes from where it was stated. */
  minutes: number | null;
  /** Up to such an event. */
  until: EventChoice | null;
  pause: number | null;
}

/** Whole containers are looked at for these, so that nothing ends earlier. */
export const isWhole = (allocation: AllocationAsked) => allocation !== "MOST_RECENT" && allocation !== "ORIGINAL";

/** Reads `page;which:original;per:customer;minutes:60;until:calls`; null where it is no event that ends it. */
export function parseCarried(text: string): CarriedChoice | null {
  const [dimension, ...settings] = text.split(";");
  const said = readSettings(settings);
  const until = said.has("until") ? parseEvent(said.get("until")!) : null;
  if (said.has("until") && !until) return null;
  return {
    dimension: codeOf(dimension, "PAGE"),
    allocation: codeOf(said.get("which"), "MOST_RECENT"),
    container: codeOf(said.get("per"), "SESSION"),
    minutes: minutesOf(said.get("minutes")),
    until,
    pause: minutesOf(said.get("pause")),
  };
}

export function writeCarried({ dimension, allocation, container, minutes, until, pause }: CarriedChoice): string {
  const settings = {
    which: allocation === "MOST_RECENT" ? null : allocation.toLowerCase(),
    per: container === "SESSION" ? null : container.toLowerCase(),
    minutes,
    until: until && writeEvent(until),
    pause,
  };
  return dimension.toLowerCase() + writeSettings(";", settings);
}

/** The carried dimension of the API. */
export function carriedAsked({ dimension, allocation, container, minutes, until, pause }: CarriedChoice): CarriedAsked {
  return {
    dimension,
    allocation,
    expiry: {
      container,
      ...(minutes !== null && { minutes }),
      ...(until && { event: eventMatcher(until) }),
      ...(pause !== null && { sessionTimeoutMinutes: pause }),
    },
  };
}

const WHICH: Record<AllocationAsked, [string, string]> = {
  MOST_RECENT: ["the last", "up to then"],
  ORIGINAL: ["the first", "up to then"],
  FIRST_KNOWN: ["the first", "of all"],
  LAST_KNOWN: ["the last", "of all"],
  ALL: ["each", "up to then"],
};

/** How an allocation reads before and behind what is carried: “the last page up to then”. */
export const allocationWords = (allocation: AllocationAsked) => (WHICH[allocation] ?? [allocation]).join(" … ");

/** “the last page up to then, in the session, for 1 h, until they called” */
export function carriedWords({ dimension, allocation, container, minutes, until }: CarriedChoice): string {
  const [before, behind] = WHICH[allocation] ?? [allocation, ""];
  return [
    `${before} ${wordsOf(dimension).toLowerCase()} ${behind}`,
    container === "CUSTOMER" ? "in all that the customer did" : `in the ${sessionWords(container)}`,
    minutes !== null && `for ${minutesText(minutes)}`,
    until && `until they ${doneWords(until)}`,
  ]
    .filter(Boolean)
    .join(", ");
}
