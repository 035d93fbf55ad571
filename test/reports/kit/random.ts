import fc from "fast-check";
import { isLeg } from "./contacts.ts";
import { sequences } from "./random-sequences.ts";
import { at, type Happening, type Person } from "./world.ts";

// Small worlds full of coincidences, and questions about them.

const few = (...values: string[]) => fc.constantFrom(...values);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 2 });
const subset = (...values: string[]) => fc.subarray(values, { minLength: 1 });

/** Minutes: mostly on a coarse grid of a few hours, for ties and pauses as long as a timeout; else of a day and a half. */
const minute = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 30 }).map((step) => step * 5) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 2_160 }) },
);
const instant = minute.map((minutes) => new Date(at("2T00:00").getTime() + minutes * 60_000));

const KINDS = ["PAGE_VIEW", "PAGE_VIEW", "PAGE_VIEW", "PAGE_VIEW", "PAGE_VIEW", "SEARCH", "FORM", "TRANSACTION"];
const LEGS: [string, string][] = [
  ["VOICE", "CALL"],
  ["VOICE", "CALL"],
  ["VOICE", "CALL"],
  ["IVR", "PROMPT"],
  ["BOT", "INTENT"],
  ["CHAT", "MESSAGE"],
];
const money = fc.tuple(fc.integer({ min: 1, max: 9 }), few("EUR", "EUR", "SEK")) as fc.Arbitrary<[number, string]>;

const common = {
  sequence: maybe(fc.integer({ min: 1, max: 3 })),
  minutes: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 90 }) },
  ),
  source: few("one", "two"),
  campaign: maybe(few("spring", "summer")),
  medium: fc.constant(null),
  device: maybe(few("phone", "desk")),
  universalSessionId: maybe(few("u1", "u2", "u3")),
  transactionId: maybe(few("t1", "t2", "t3")),
};

const touch = fc.record({
  ...common,
  at: instant,
  channel: few("WEB", "WEB", "APP"),
  kind: few(...KINDS),
  name: fc.option(few("/home", "/home", "/billing", "/Billing%", "/a_b"), { freq: 9 }),
  section: maybe(few("", "billing", "help")),
  value: maybe(money),
});

const leg = fc
  .record({
    ...common,
    at: instant,
    leg: fc.constantFrom(...LEGS),
    callReason: maybe(few("invoice", "claim")),
    intent: maybe(few("balance", "card")),
    agentId: maybe(few("a1", "a2")),
    team: maybe(few("red", "blue")),
    outcome: maybe(few("HANDLED", "ABANDONED")),
    trackingNumber: maybe(few("+441134960001", "+441134960002")),
    cost: maybe(money),
    revenue: maybe(money),
  })
  .map(({ leg: [channel, kind], ...rest }) => ({ ...rest, channel, kind }));

const happening: fc.Arbitrary<Happening> = fc
  .oneof({ weight: 3, arbitrary: touch }, { weight: 2, arbitrary: leg })
  .map(({ minutes, ...event }) => ({
    ...event,
    until: minutes === null ? null : new Date(event.at.getTime() + minutes * 60_000),
  }));

const customer: fc.Arbitrary<Person> = fc.record({
  identity: fc.constantFrom("ANCHOR" as const, "ANCHOR" as const, "CARRIER" as const),
  events: fc.array(happening, { maxLength: 12, size: "max" }),
  segment: maybe(few("gold", "basic")),
  region: maybe(few("north", "south")),
  products: fc.subarray(["card", "loan"]),
  vvip: maybe(fc.boolean()),
});

const copies = fc.oneof(
  { weight: 4, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 7 }) },
);

const nobody: fc.Arbitrary<Person> = fc.record({
  identity: fc.constantFrom("RECORD" as const, "CONTACT" as const),
  events: fc.array(happening, { minLength: 1, maxLength: 1 }),
});

/** A handful of customers with a handful of events each, many of them alike; records of nobody. */
export const worlds: fc.Arbitrary<Record<string, Person>> = fc
  .tuple(fc.array(fc.tuple(customer, copies), { maxLength: 5, size: "max" }), fc.array(nobody, { maxLength: 2 }))
  .map(([customers, nobodies]) => {
    const alike = customers.flatMap(([person, times]) => Array.from({ length: times }, () => person));
    return Object.fromEntries([...alike, ...nobodies].map((person, i) => [`p${i}`, person]));
  });

/** The same, with a few visits and sessions of legs that lie among one another, and nothing else that ties events. */
export const senders = worlds.map((people) =>
  Object.fromEntries(
    Object.entries(people).map(([who, person]) => [who, { ...person, events: person.events.map(ofSender) }]),
  ),
);

function ofSender(event: Happening, i: number): Happening {
  const free = { ...event, universalSessionId: null };
  if (isLeg(event)) return { ...free, columns: { session_id: [null, "s1", "s2"][i % 3] } };
  // A visit has one device.
  return { ...free, visit: [null, "v1", "v2"][i % 3], device: [null, "phone", "desk"][i % 3] };
}

const everything = { from: at("1T00:00"), to: at("9T00:00") };
const somePeriod = fc
  .tuple(fc.integer({ min: -60, max: 400 }), fc.integer({ min: 1, max: 1_000 }))
  .map(([start, length]) => {
    const from = at("2T00:00").getTime() + start * 60_000;
    return { from: new Date(from), to: new Date(from + length * 60_000) };
  });

export const periods = fc.oneof(fc.constant(everything), somePeriod);

const plainMatcher = fc.record(
  {
    channels: subset("WEB", "VOICE", "IVR", "BOT") as fc.Arbitrary<never[]>,
    kinds: subset("PAGE_VIEW", "CALL", "FORM", "PROMPT") as fc.Arbitrary<never[]>,
    sources: subset("one", "two"),
    names: subset("/home", "/billing", "invoice", "card"),
    namePattern: few("/b*", "/billing%", "*", "/a_b", "*I*", "/A*b"),
    sections: subset("billing", "help"),
    stages: subset("EARLY", "LEAD", "POST_LEAD") as fc.Arbitrary<never[]>,
    callReasons: subset("invoice", "claim"),
    intents: subset("balance", "card"),
    agentIds: subset("a1", "a2"),
    teams: subset("red", "blue"),
    campaigns: subset("spring", "summer"),
    outcomes: subset("HANDLED", "ABANDONED") as fc.Arbitrary<never[]>,
  },
  { requiredKeys: [] },
);

/** At most two conditions, so that something is left; now and then a sequence, and what they are not. */
export const matchers = fc
  .tuple(plainMatcher, seldom(sequences), maybe(plainMatcher), fc.integer({ min: 0, max: 12 }))
  .map(([matcher, sequence, not, skip]) => ({
    ...thinned(matcher, skip),
    ...(sequence && { sequence }),
    ...(not && { not: thinned(not, skip + 1) }),
  }));

function thinned<Matcher extends object>(matcher: Matcher, skip: number): Partial<Matcher> {
  const entries = Object.entries(matcher);
  return Object.fromEntries([...entries.slice(skip), ...entries.slice(0, skip)].slice(0, 2)) as Partial<Matcher>;
}

/** Mostly what is meant when nothing is said; then everything, then something. */
export const choices = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: matchers },
);

export const audiences = seldom(
  fc
    .record(
      {
        segments: subset("gold", "basic"),
        regions: subset("north", "south"),
        products: subset("card", "loan"),
        isAnonymous: fc.boolean(),
        vvip: fc.boolean(),
        did: matchers,
        didNot: matchers,
      },
      { requiredKeys: [] },
    )
    .map((audience) => Object.fromEntries(Object.entries(audience).slice(0, 1))),
);

export const dedups = maybe(
  fc.record({
    scope: fc.constantFrom("EVENT" as const, "SESSION" as const, "UNIVERSAL_SESSION" as const, "CUSTOMER" as const),
    keep: fc.constantFrom("FIRST" as const, "LAST" as const),
  }),
);

export const dimensions = fc.constantFrom(
  "PAGE" as const,
  "PAGE" as const,
  "SECTION" as const,
  "SEARCH_TERM" as const,
  "PROMPT" as const,
  "INTENT" as const,
  "CHANNEL" as const,
  "SOURCE" as const,
  "CAMPAIGN" as const,
  "CALL_REASON" as const,
  "OUTCOME" as const,
  "TEAM" as const,
  "AGENT" as const,
  "SEGMENT" as const,
  "DEVICE" as const,
  "TRACKING_NUMBER" as const,
  "STAGE" as const,
);

export const timeouts = fc.constantFrom(5, 30, 60, 180);
export const containers = fc.constantFrom("SESSION" as const, "SENDER_SESSION" as const, "CUSTOMER" as const);

/** Left out three times in four. */
export function seldom<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
}
