import fc from "fast-check";
import { expect, test } from "vitest";
import { readAttribution } from "../../../src/reports/attribution/attribution.report.ts";
import { AttributionInput } from "../../../src/reports/attribution/attribution.type.ts";
import type { MatcherInput } from "../../../src/reports/filter.type.ts";
import type { AttributionModelInput } from "../../../src/reports/model.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import * as random from "../kit/random.ts";
import * as randomAlong from "../kit/random-along.ts";
import { sum } from "../kit/recount.ts";
import { clearWorld } from "../kit/rows.ts";
import { given, type Told } from "../kit/world.ts";
import { removalEffects, shapley, worthIn } from "./learning.ts";
import { type Journey, journeysOf, type Model, missesOf, type Question, sharesOf } from "./recount.ts";

const house = useDatabase();
const stored = useJourneys(house);
const REASONS = ["NO_IDENTITY", "NO_TOUCH_IN_WINDOW", "OUT_OF_SESSION", "EXCLUDED_BY_FILTER"];

const models = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom(
        "FIRST_TOUCH" as const,
        "LAST_TOUCH" as const,
        "SAME_TOUCH" as const,
        "LINEAR" as const,
        "PARTICIPATION" as const,
        "U_SHAPED" as const,
        "J_SHAPED" as const,
        "INVERSE_J" as const,
        "ALGORITHMIC" as const,
        "MARKOV" as const,
      ),
    }),
    fc.record({
      kind: fc.constantFrom("W_SHAPED" as const, "FULL_PATH" as const),
      stageEvents: fc.array(random.matchers, { minLength: 2, maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant("TIME_DECAY" as const),
      halfLifeMinutes: fc.option(fc.constantFrom(0.05, 1, 15, 600)),
    }),
    fc.record({
      kind: fc.constant("CUSTOM" as const),
      firstWeight: fc.integer({ min: 0, max: 3 }),
      middleWeight: fc.integer({ min: 1, max: 3 }),
      lastWeight: fc.integer({ min: 0, max: 3 }),
    }),
  ) as fc.Arbitrary<AttributionModelInput>,
  { minLength: 1, maxLength: 5 },
);

const anything = fc.record({
  period: random.periods,
  conversions: random.choices,
  dedup: random.dedups,
  touches: random.choices,
  exclude: random.seldom(random.matchers),
  fallback: random.seldom(random.matchers),
  dimension: random.dimensions,
  models,
  container: random.containers,
  lookbackMinutes: fc.option(fc.constantFrom(5, 60, 600)),
  sessionTimeoutMinutes: random.timeouts,
  touchDedup: fc.constantFrom("NONE" as const, "CONSECUTIVE" as const, "FIRST" as const, "LAST" as const),
  splitBy: fc.option(random.dimensions),
  measure: fc.constantFrom("COUNT" as const, "COUNT" as const, "COST" as const, "REVENUE" as const),
  audience: random.audiences,
});

/** What sessions are kept for: pages before calls, after the default pause. */
const MATERIALISED = {
  conversions: { kinds: ["CALL" as const] },
  touches: { kinds: ["PAGE_VIEW" as const] },
  exclude: null,
  fallback: null,
  dimension: "PAGE" as const,
  container: "SESSION" as const,
  sessionTimeoutMinutes: 30,
};
/** And what the paths of calls are kept for: no more than that. */
const USUAL = {
  ...MATERIALISED,
  dedup: null,
  lookbackMinutes: null,
  touchDedup: "NONE" as const,
  splitBy: null,
  audience: null,
};
/** What knows one value of an event does not take several, nor are lists of them compared. */
const LEARNED = ["ALGORITHMIC", "MARKOV"];
const along = fc
  .tuple(anything, randomAlong.alongs, randomAlong.singles)
  .map(([question, of, splitByCarried]): Partial<AttributionInput> => {
    const isListed = "carried" in of && of.carried.allocation === "ALL";
    const plain = question.models.filter(({ kind }) => !LEARNED.includes(kind));
    return {
      ...question,
      ...of,
      ...(splitByCarried && { splitBy: null, splitByCarried }),
      models: isListed || "facets" in of ? [...plain, { kind: "LINEAR" }] : question.models,
      touchDedup: isListed ? "NONE" : question.touchDedup,
    };
  });
const questions = fc.oneof(
  along,
  anything,
  anything.map((question) => ({ ...question, ...MATERIALISED })),
  anything.map((question) => ({ ...question, ...USUAL, measure: "COUNT" as const })),
);

/** Visits that lie among one another, in some of which something else than a call is what is explained. */
const ofSenders = fc
  .tuple(along, fc.option(fc.constant<MatcherInput>({ kinds: ["FORM", "SEARCH"] })))
  .map(([question, conversions]) => ({
    ...question,
    container: "SENDER_SESSION" as const,
    conversions: conversions ?? question.conversions,
  }));
const asked = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(random.worlds, questions) },
  { weight: 1, arbitrary: fc.tuple(random.senders, ofSenders) },
);

/** The credit by item and split that a slow reader of the definitions would give. */
function creditsOf(world: readonly Told[], question: Question, model: Model): Map<string, Map<string | null, number>> {
  const journeys = journeysOf(world, question).filter((journey) => journey.touches.length > 0);
  const credits = new Map<string, Map<string | null, number>>();
  const add = (item: string, split: string | null, credit: number) => {
    const row = credits.get(item) ?? new Map<string | null, number>();
    credits.set(item, row.set(split, (row.get(split) ?? 0) + credit));
  };
  const shares = shareout(journeys, missesOf(world, question), model);
  for (const journey of journeys) {
    for (const [item, share] of shares(journey)) add(item, journey.split, share * journey.value);
  }
  return credits;
}

function shareout(journeys: Journey[], misses: Journey[], model: Model): (journey: Journey) => [string, number][] {
  if (model.kind === "PARTICIPATION") return ({ items }) => [...new Set(items)].map((item) => [item, 1]);
  if (model.kind === "ALGORITHMIC") {
    const worthOf = worthIn([...journeys, ...misses]);
    return ({ items }) => [...shapley(items, worthOf)];
  }
  if (model.kind === "MARKOV") {
    const effects = journeys.length === 0 ? new Map<string, number>() : removalEffects([...journeys, ...misses]);
    return () => [...effects];
  }
  return (journey) =>
    sharesOf(journey, model).flatMap((share, i) => journey.values[i]!.map((item): [string, number] => [item, share]));
}

const close = (value: number) => expect.closeTo(value, 8);

test("gives what a slow recount of any world gives, to any question", async () => {
  await fc.assert(
    fc.asyncProperty(asked, async ([people, question]) => {
      await clearWorld(house.db);
      const world = await given(house.db, people);
      const input = ask(AttributionInput, { ...question, currency: question.measure === "COUNT" ? null : "EUR" });

      const report = await readAttribution(stored, input);

      const journeys = journeysOf(world, input);
      const total = sum(journeys.map((journey) => journey.value));
      expect(report.conversions).toBe(journeys.length);
      expect(report.total).toBe(total);
      expect(report.otherCurrencies).toBe(journeys.filter((journey) => journey.isOtherCurrency).length);
      report.models.forEach((result, i) => {
        const model = input.models[i]!;
        const expected = creditsOf(world, input, model);
        const rows = [...expected]
          .map(([item, split]) => ({ item, credit: sum([...split.values()]), split }))
          .filter(({ credit }) => Math.abs(credit) > 1e-9);
        const shown = result.rows.filter((row) => Math.abs(row.credit) > 1e-9);
        expect(Object.fromEntries(shown.map((row) => [row.item, row.credit]))).toEqual(
          Object.fromEntries(rows.map((row) => [row.item, close(row.credit)])),
        );
        for (const row of shown) {
          const split = [...(input.splitBy || input.splitByCarried ? expected.get(row.item)! : [])].filter(
            ([, credit]) => Math.abs(credit) > 1e-9,
          );
          const given = row.split.filter(({ credit }) => Math.abs(credit) > 1e-9);
          expect(new Map(given.map(({ value, credit }) => [value, credit]))).toEqual(
            new Map(split.map(([value, credit]) => [value, close(credit)])),
          );
          expect(row.conversions).toBe(journeys.filter((journey) => journey.items.includes(row.item)).length);
          expect(row.share).toEqual(total === 0 ? null : close(row.credit / total));
        }
        const untouched = (reason: string) =>
          sum(journeys.filter((journey) => journey.reason === reason).map((journey) => journey.value));
        const touched = sum(journeys.filter((journey) => journey.reason === null).map((journey) => journey.value));
        // Of several items of a touch, each has its credit: what is attributed counts it once.
        const isSeveral = Boolean(input.facets || input.carried?.allocation === "ALL");
        const rule = (journey: Journey) => sum(sharesOf(journey, model)) * journey.value;
        const touchedOnes = journeys.filter((journey) => journey.reason === null);
        const credited = isSeveral ? sum(touchedOnes.map(rule)) : sum(rows.map((row) => row.credit));
        const missed = model.kind === "SAME_TOUCH" ? touched - credited : 0;
        expect(result.unattributed.byReason).toEqual(
          REASONS.map((reason) => ({
            reason,
            value: close(untouched(reason) + (reason === "NO_TOUCH_IN_WINDOW" ? missed : 0)),
          })),
        );
        expect(result.attributed).toBeCloseTo(model.kind === "PARTICIPATION" ? touched : credited, 8);
        if (model.kind !== "PARTICIPATION" && !isSeveral) {
          expect(sum(result.rows.map((row) => row.credit)) + result.otherRows + result.unattributed.total).toBeCloseTo(
            total,
            8,
          );
        }
      });
    }),
    draws(24),
  );
});
