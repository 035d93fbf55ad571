import type { EventMatcher } from "./filter.ts";

/** Common events, as matchers of the API. */
const MATCHERS = {
  calls: { kinds: ["CALL"] },
  web: { channels: ["WEB", "APP"] },
  pages: { kinds: ["PAGE_VIEW"] },
  searches: { kinds: ["SEARCH"] },
  menu: { channels: ["IVR"] },
  chats: { channels: ["CHAT", "BOT"] },
  mails: { channels: ["EMAIL", "SMS"] },
  forms: { kinds: ["FORM"] },
  purchases: { kinds: ["TRANSACTION"] },
  surveys: { kinds: ["SURVEY"] },
} as const satisfies Record<string, { kinds?: readonly string[]; channels?: readonly string[] }>;

export type EventName = keyof typeof MATCHERS;

export const EVENTS = Object.keys(MATCHERS) as EventName[];

const NAMES: Record<EventName, string> = {
  calls: "Calls",
  web: "Web or app",
  pages: "Page views",
  searches: "Searches",
  menu: "Phone menu",
  chats: "Chat or bot",
  mails: "E-mail or SMS",
  forms: "Forms",
  purchases: "Purchases",
  surveys: "Surveys",
};

/** The label of an event. */
export const eventName = (name: EventName) => NAMES[name];

/** The matcher of an event. */
export const matcherOf = (name: EventName) => structuredClone(MATCHERS[name]) as unknown as EventMatcher;
