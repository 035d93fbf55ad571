import fc from "fast-check";
import { expect, test } from "vitest";
import type { CreditRule } from "../../../src/reports/credit-rule.ts";
import { writeShares } from "../../../src/reports/credit-share.ts";
import { InReach } from "../../../src/reports/in-reach.ts";
import type { TouchDedup } from "../../../src/reports/model.type.ts";
import { compileConverted, noPaths, waysIn } from "../../../src/reports/paths.ts";
import { addTouch, noTouches } from "../../../src/reports/touches.ts";

const MINUTE = 60_000;

/** Touches, and conversions: after how many of them each is, and how many of these are in reach at most. */
interface Walk {
  touches: { item: number; gap: number }[];
  conversions: { after: number; inReach: number }[];
}

type ItemRule = Exclude<CreditRule, { kind: "STAGED" }>;
const rule: fc.Arbitrary<ItemRule> = fc.oneof(
  fc.constantFrom<ItemRule>({ kind: "EVEN" }, { kind: "SAME" }, { kind: "EACH" }),
  fc.record({ kind: fc.constant("DECAY" as const), halfLifeMinutes: fc.constantFrom(1, 15, 1_000, 100_000) }),
  fc.record({
    kind: fc.constant("POSITION" as const),
    first: fc.constantFrom(0, 1, 40),
    middle: fc.constantFrom(1, 20),
    last: fc.constantFrom(0, 1, 60),
  }),
);
const walk: fc.Arbitrary<Walk> = fc.record({
  touches: fc.array(fc.record({ item: fc.oneof(fc.nat(4), fc.nat(60)), gap: fc.constantFrom(0, 1, 10, 90, 5_000) }), {
    minLength: 1,
    maxLength: 60,
  }),
  conversions: fc.array(
    fc.record({ after: fc.integer({ min: 1, max: 60 }), inReach: fc.integer({ min: 1, max: 60 }) }),
  ),
});

/** The touches of `from` up to `to` that count, one after the other. */
function counting(items: readonly number[], { from, to }: { from: number; to: number }, dedup: TouchDedup): number[] {
  const all = items.map((_, touch) => touch).slice(from, to);
  switch (dedup) {
    case "NONE":
      return all;
    case "CONSECUTIVE":
      return all.filter((touch) => touch === from || items[touch] !== items[touch - 1]);
    case "FIRST":
      return all.filter((touch) => items.indexOf(items[touch]!, from) === touch);
    case "LAST":
      return all.filter((touch) => items.lastIndexOf(items[touch]!, to - 1) === touch);
  }
}

/** What each of those touches gets, by nothing but its place and time. */
function sharesOf(rule: ItemRule, touches: readonly number[], at: readonly number[], conversion: number): number[] {
  const { length } = touches;
  switch (rule.kind) {
    case "EVEN":
      return touches.map(() => 1 / length);
    case "EACH":
      return touches.map(() => 1);
    case "SAME":
      return touches.map((touch) => (touch === conversion ? 1 : 0));
    case "DECAY": {
      const ages = touches.map((touch) => (at[touch]! - at[touches.at(-1)!]!) / (rule.halfLifeMinutes * MINUTE));
      const weights = ages.map((age) => 2 ** age);
      const sum = weights.reduce((all, weight) => all + weight);
      return weights.map((weight) => weight / sum);
    }
    case "POSITION": {
      if (length === 1) return [1];
      const weights = touches.map((_, i) => {
        if (i === 0) return rule.first;
        return i === length - 1 ? rule.last : rule.middle / (length - 2);
      });
      const sum = weights.reduce((all, weight) => all + weight);
      return weights.map((weight) => (sum === 0 ? 0.5 : weight / sum));
    }
  }
}

test("what an item gets of each conversion is what its touches get, shared among all touches in reach anew", () => {
  const dedups = fc.constantFrom<TouchDedup>("NONE", "CONSECUTIVE", "FIRST", "LAST");
  fc.assert(
    fc.property(
      walk,
      dedups,
      fc.array(rule, { minLength: 1, maxLength: 3 }),
      ({ touches, conversions }, dedup, rules) => {
        const items = touches.map(({ item }) => item);
        let now = 1_700_000_000_000;
        const at = touches.map(({ gap }) => (now += gap * MINUTE));
        const met = noTouches();
        const inReach = new InReach(met, { dedup, rules });
        const shares = new Float64Array(64);
        inReach.begin();
        let from = 0;

        for (const { after, inReach: most } of conversions.sort((a, b) => a.after - b.after)) {
          const to = Math.min(after, touches.length);
          from = Math.max(from, to - most);
          while (met.length < to) addTouch(met, met.length, { item: items[met.length]!, at: at[met.length]! });
          inReach.reach(from);
          const those = counting(items, { from, to }, dedup);
          rules.forEach((rule, number) => {
            const expected = new Map<number, number>();
            sharesOf(rule, those, at, to - 1).forEach((share, i) => {
              const item = items[those[i]!]!;
              expected.set(item, rule.kind === "EACH" ? 1 : (expected.get(item) ?? 0) + share);
            });

            writeShares(number, inReach, { rules, shares, conversion: to - 1 });

            const found = new Map(inReach.items.slice(0, inReach.size).map((item, slot) => [item, shares[slot]!]));
            expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
            for (const [item, share] of expected) expect(found.get(item)).toBeCloseTo(share, 11);
          });
        }
      },
    ),
    { numRuns: Number(process.env.FC_RUNS ?? 1_000) },
  );
});

test("the ways of all conversions are those of their paths, one by one, and so are the items", () => {
  const dedups = fc.constantFrom<TouchDedup>("NONE", "CONSECUTIVE", "FIRST", "LAST");
  fc.assert(
    fc.property(walk, dedups, ({ touches, conversions }, dedup) => {
      const items = touches.map(({ item }) => item);
      const met = noTouches();
      const inReach = new InReach(met, { dedup, rules: [] });
      const converted = compileConverted(dedup, met, inReach);
      const paths = noPaths(100);
      const expected = { ways: new Map<string, number>(), sets: new Map<string, number>() };
      const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
      inReach.begin();
      let from = 0;

      for (const { after, inReach: most } of conversions.sort((a, b) => a.after - b.after)) {
        const to = Math.min(after, touches.length);
        from = Math.max(from, to - most);
        while (met.length < to) addTouch(met, met.length, { item: items[met.length]!, at: 0 });
        inReach.reach(from);
        converted.add(paths, { from, split: 7, conversions: 1, value: 1 });
        const path = counting(items, { from, to }, dedup).map((touch) => items[touch]!);
        count(expected.sets, `7 ${[...new Set(path)].sort((a, b) => a - b).join(" ")}`);
        [-1, ...path].forEach((item, i) => {
          count(expected.ways, `${item} ${path[i] ?? -1}`);
        });
      }
      converted.end(paths);

      const ways = waysIn(paths).map(({ from, to, journeys }): [string, number] => [`${from} ${to}`, journeys]);
      expect(new Map(ways)).toEqual(expected.ways);
      expect(new Map([...paths.sets].map(([set, ends]) => [set, ends.conversions]))).toEqual(expected.sets);
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 300) },
  );
});
