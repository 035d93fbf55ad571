import { readFileSync } from "node:fs";
import fc from "fast-check";
import { buildSchema, coerceInputValue, type GraphQLInputType } from "graphql";
import { expect, test } from "vitest";
import { attributesAskedIn } from "../../src/console/builder/asked.ts";
import { carriedAsked, parseCarried, writeCarried } from "../../src/console/builder/carried.ts";
import { ALL_EVENTS, EVENT_FIELDS, type EventChoice, meaningOf } from "../../src/console/builder/events.ts";
import { facetsAsked, parseFacets, writeFacets } from "../../src/console/builder/facets.ts";
import {
  parseSequence,
  type SequenceChoice,
  type StepChoice,
  sequenceAsked,
  sequenceMatcher,
  sequenceWords,
  writeSequence,
} from "../../src/console/builder/sequences.ts";
import { pathAsked, pathOf } from "../../src/console/builder/steps.ts";

const schema = buildSchema(readFileSync("schema/schema.graphql", "utf8"));

/** What the schema finds wrong with an input. */
function faultsOf(value: unknown, type: string): string[] {
  const faults: string[] = [];
  coerceInputValue(value, schema.getType(type) as GraphQLInputType, (path, _, { message }) =>
    faults.push(`${path.join(".")}: ${message}`),
  );
  return faults;
}

const minutes = fc.option(fc.nat(600_000));
const word = fc.oneof(
  fc.constantFrom("billing", "sections", "/a.b", "50 %", "a,b", "x>y~z;w|v=u", "!no"),
  fc.string({ minLength: 1 }),
);

/** Each field once as what it is, and once as what it is not. */
const event: fc.Arbitrary<EventChoice> = fc.record({
  event: fc.constantFrom(...ALL_EVENTS),
  conditions: fc.uniqueArray(
    fc.record({ field: fc.constantFrom(...EVENT_FIELDS), isNot: fc.boolean() }).chain(({ field, isNot }) =>
      fc
        .array(meaningOf(field).options ? fc.constantFrom(...meaningOf(field).options!) : word, {
          minLength: 1,
          maxLength: field === "namePattern" ? 1 : 3,
        })
        .map((values) => ({ field, isNot, values })),
    ),
    { maxLength: 4, selector: ({ field, isNot }) => `${field} ${isNot}` },
  ),
});

const step: fc.Arbitrary<StepChoice> = fc
  .tuple(event, fc.record({ within: minutes, after: minutes, next: fc.boolean(), without: fc.option(event) }))
  .map(([what, limits]) => ({ ...what, ...limits }));

const sequence: fc.Arbitrary<SequenceChoice> = fc.record({
  steps: fc
    .array(step, { minLength: 1, maxLength: 4 })
    .map(([first, ...rest]) => [{ ...first!, within: null, after: null, next: false, without: null }, ...rest]),
  keep: fc.constantFrom("EVERYONE", "ONLY_BEFORE", "ONLY_AFTER"),
  container: fc.constantFrom("CUSTOMER", "SESSION"),
  within: minutes,
  pause: minutes,
});

const carried = fc.record({
  dimension: fc.constantFrom("PAGE" as const, "CAMPAIGN" as const),
  allocation: fc.constantFrom("MOST_RECENT", "ORIGINAL", "FIRST_KNOWN", "LAST_KNOWN", "ALL"),
  container: fc.constantFrom("CUSTOMER", "SESSION"),
  minutes,
  until: fc.option(event),
  pause: minutes,
});

/** As a link keeps it. */
const kept = (text: string) => new URL(`http://c360/?${new URLSearchParams({ q: text })}`).searchParams.get("q")!;

test("a sequence comes back from its address, and the API takes it", () => {
  fc.assert(
    fc.property(sequence, (choice) => {
      const read = parseSequence(kept(writeSequence(choice)));

      expect(read).toEqual(choice);
      expect(faultsOf(sequenceAsked(read), "SequenceInput")).toEqual([]);
      expect(faultsOf(sequenceMatcher(read), "MatcherInput")).toEqual([]);
    }),
  );
});

test("named filters and carried values come back from their address, and the API takes them", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ name: fc.string({ minLength: 1 }), sequence })), carried, (facets, value) => {
      expect(parseFacets(kept(writeFacets(facets)))).toEqual(facets);
      expect(parseCarried(kept(writeCarried(value)))).toEqual(value);
      for (const facet of facetsAsked(facets)) expect(faultsOf(facet, "FacetInput")).toEqual([]);
      expect(faultsOf(carriedAsked(value), "CarriedInput")).toEqual([]);
    }),
  );
});

test("a sequence reads as a sentence, and is asked as the API spells it", () => {
  const text = "pages.sections.billing,cards.!names./login>calls~within:60~without:chats;per:session;keep:only_after";

  const choice = parseSequence(text);

  expect(sequenceWords(choice)).toBe(
    "saw a page in section billing or cards, but not named /login, then within 1 h called, without chat or bot in between; in one session; counting only what came after",
  );
  expect(sequenceMatcher(choice)).toEqual({
    sequence: {
      steps: [
        { match: { kinds: ["PAGE_VIEW"], sections: ["billing", "cards"], not: { names: ["/login"] } } },
        { match: { kinds: ["CALL"] }, within: 60, without: { channels: ["CHAT", "BOT"] } },
      ],
      keep: "ONLY_AFTER",
      container: "SESSION",
    },
  });
});

test("a single event is a plain matcher, unless only what came before or after it counts", () => {
  expect(sequenceMatcher(parseSequence("web.sections.billing"))).toEqual({
    channels: ["WEB", "APP"],
    sections: ["billing"],
  });
  expect(sequenceMatcher(parseSequence("calls;keep:only_before"))).toEqual({
    sequence: { steps: [{ match: { kinds: ["CALL"] } }], keep: "ONLY_BEFORE", container: "CUSTOMER" },
  });
});

test.each([
  ["an unknown event", "wep>calls"],
  ["an unknown field", "web.colours.red>calls"],
  ["an unknown event that must not lie between", "web>calls~without:chat"],
])("a link with %s asks what the API refuses, not something wider", (_, text) => {
  expect(sequenceMatcher(parseSequence(text))).toMatchObject({ sequence: { steps: [] } });
});

test.each([
  ["a length that is no number", "web>calls~within:soon", { sequence: { steps: [{}, { within: -1 }] } }],
  ["a container that does not exist", "web>calls;per:week", { sequence: { container: "WEEK" } }],
])("a link with %s hands it on, so that the API says what is wrong", (_, text, asked) => {
  expect(sequenceMatcher(parseSequence(text))).toMatchObject(asked);
});

test("what is said of customers is a value, a range, or whether it is known", () => {
  const search = new URLSearchParams({ whose: "age=30..65, tenureMonths=..12, region=London|Leeds, vvip=known, odd" });

  const asked = attributesAskedIn(search, "whose")!;

  expect(asked).toEqual([
    { attribute: "age", from: 30, to: 65 },
    { attribute: "tenureMonths", to: 12 },
    { attribute: "region", in: ["London", "Leeds"] },
    { attribute: "vvip", isKnown: true },
    { attribute: "odd" },
  ]);
  expect(asked.flatMap((filter) => faultsOf(filter, "AttributeFilterInput"))).toEqual([]);
});

test("a full stop that was typed into the address belongs to its value", () => {
  expect(parseSequence("web.names./index.html.sections.a").steps[0]!.conditions).toEqual([
    { field: "names", isNot: false, values: ["/index.html"] },
    { field: "sections", isNot: false, values: ["a"] },
  ]);
});

test("the steps of a path have names of their own, and the limits of a path", () => {
  expect(pathAsked(pathOf("web>calls~next>calls~next~within:1440"))).toEqual([
    { name: "Web or app", anyOf: [{ channels: ["WEB", "APP"] }] },
    { name: "Calls, at once", anyOf: [{ kinds: ["CALL"] }], immediately: true },
    { name: "Calls, at once, within 1 day", anyOf: [{ kinds: ["CALL"] }], immediately: true, withinMinutes: 1_440 },
  ]);
  expect(pathAsked(pathOf("web>calls>calls")).map(({ name }) => name)).toEqual(["Web or app", "Calls", "Calls (2)"]);
});
