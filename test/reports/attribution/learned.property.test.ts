import fc from "fast-check";
import { expect, test } from "vitest";
import { type Lesson, learnedCredits } from "../../../src/reports/learned.ts";
import { removalShares, type Way } from "../../../src/reports/markov.ts";
import { draws } from "../../kit/draws.ts";
import { sum, unique } from "../kit/recount.ts";
import { at, type Told } from "../kit/world.ts";
import { removalEffects, shapley, worthIn } from "./learning.ts";
import { type Journey } from "./recount.ts";

/** Journeys along the same path, and what became of them. */
interface Row {
  path: string[];
  conversions: number;
  misses: number;
}

const row = fc
  .record({
    path: fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1, maxLength: 6, size: "max" }),
    conversions: fc.integer({ min: 0, max: 7 }),
    misses: fc.integer({ min: 0, max: 7 }),
  })
  // A path that nobody took is no row: the statement counts journeys, and never answers none of both kinds.
  .filter(({ conversions, misses }) => conversions + misses > 0);
const rows = fc
  .array(row, { minLength: 1, maxLength: 12, size: "max" })
  .filter((all) => all.some((part) => part.conversions > 0));

const someCall: Told = {
  at: at("09:00"),
  channel: "VOICE",
  kind: "CALL",
  id: "",
  who: "ann",
  customerId: "",
  isIdentified: true,
  person: { events: [] },
};

/** One by one what a row counts together. */
function journeysOf({ path, conversions, misses }: Row): Journey[] {
  return Array.from({ length: conversions + misses }, (_, i) => ({
    call: i < conversions ? someCall : null,
    value: i < conversions ? 1 : 0,
    isOtherCurrency: false,
    split: null,
    touches: [],
    values: [],
    items: path,
    reason: null,
    firstOf: () => undefined,
  }));
}

function creditsBy(kind: Lesson["kind"], rows: readonly Row[]): Map<string, number> {
  const journeys = rows.map(({ path, ...ends }) => ({
    items: unique(path),
    split: null,
    value: ends.conversions,
    ...ends,
  }));
  return new Map(
    learnedCredits({ kind, journeys, ways: rows.flatMap(waysAlong) }).map(({ item, credit }) => [item, credit]),
  );
}

/** The ways of a path, one by one. */
function waysAlong({ path, conversions, misses }: Row): Way[] {
  return [null, ...path].map((from, i) => {
    const to = path[i] ?? null;
    return { from, to, journeys: conversions + misses, conversions: to === null ? conversions : 0 };
  });
}

test("ALGORITHMIC gives what trying every order of the items gives", () => {
  fc.assert(
    fc.property(rows, (journeys) => {
      const all = journeys.flatMap(journeysOf);
      const worthOf = worthIn(all);
      const expected = new Map<string, number>();
      for (const { items } of all.filter((journey) => journey.call)) {
        for (const [item, share] of shapley(items, worthOf)) expected.set(item, (expected.get(item) ?? 0) + share);
      }

      const credits = creditsBy("ALGORITHMIC", journeys);

      for (const [item, credit] of expected) expect(credits.get(item) ?? 0).toBeCloseTo(credit, 8);
      expect(sum([...credits.values()])).toBeCloseTo(sum(journeys.map((part) => part.conversions)), 8);
    }),
    draws(50),
  );
});

test("MARKOV gives what walking the chain without each item gives", () => {
  fc.assert(
    fc.property(rows, (journeys) => {
      const all = journeys.flatMap(journeysOf);
      const effects = removalEffects(all);

      const credits = creditsBy("MARKOV", journeys);

      const conversions = sum(journeys.map((part) => part.conversions));
      for (const item of unique(all.flatMap((journey) => journey.items))) {
        expect(credits.get(item) ?? 0).toBeCloseTo(effects.get(item)! * conversions, 6);
      }
    }),
    draws(25),
  );
});

test("shares evenly where every journey converts, as the published example does", () => {
  const journey = (path: string[], conversions: number): Row => ({ path, conversions, misses: 0 });

  expect(creditsBy("ALGORITHMIC", [journey(["a"], 4), journey(["a", "b"], 6)])).toEqual(
    new Map([
      ["a", expect.closeTo(7, 12)],
      ["b", expect.closeTo(3, 12)],
    ]),
  );
  const many = Array.from({ length: 20 }, (_, i) => `i${i}`);
  for (const credit of creditsBy("ALGORITHMIC", [journey(many, 10)]).values()) expect(credit).toBeCloseTo(0.5, 12);
});

test("asks to narrow a chain of more items than can be solved", () => {
  const ways = Array.from({ length: 401 }, (_, i) => waysAlong({ path: [`page ${i}`], conversions: 1, misses: 0 }));

  expect(() => removalShares(ways.flat())).toThrow("MARKOV compares at most 400 items, and these are 401");
});
