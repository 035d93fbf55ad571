import fc from "fast-check";
import { expect, test } from "vitest";
import { readHistogram } from "../../../src/reports/histogram/histogram.report.ts";
import { HistogramInput } from "../../../src/reports/histogram/histogram.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { ask } from "../kit/ask.ts";
import { countedOf } from "../kit/counting.ts";
import { useJourneys } from "../kit/journeys.ts";
import * as random from "../kit/random.ts";
import { belongs, fits, isWithin, unique } from "../kit/recount.ts";
import { clearWorld } from "../kit/rows.ts";
import { at, day, given } from "../kit/world.ts";

const house = useDatabase();
const journeys = useJourneys(house);
const calls = { kinds: ["CALL" as const] };

test("counts callers by their calls, those who never called first and the heavy ones last", async () => {
  const hourly = (calls: number) =>
    Array.from({ length: calls }, (_, i) => `call ${`${i + 1}`.padStart(2, "0")}:00`).join(" > ");
  await given(house.db, {
    ann: hourly(1),
    bob: hourly(1),
    cat: hourly(2),
    dan: hourly(6),
    eve: hourly(9),
    fay: "page /home 09:00",
    gus: "call 4T09:00",
    hal: { identity: "RECORD", events: [{ at: at("09:00"), channel: "VOICE", kind: "CALL" }] },
  });

  const report = await readHistogram(journeys, ask(HistogramInput, { period: day, metric: calls }));
  const coarse = await readHistogram(journeys, ask(HistogramInput, { period: day, metric: calls, bounds: [2, 6] }));
  const onWeb = { kinds: ["PAGE_VIEW" as const] };
  const visitors = await readHistogram(journeys, ask(HistogramInput, { period: day, metric: calls, universe: onWeb }));

  expect(report.buckets.map(({ label, customers }) => [label, customers])).toEqual([
    ["0", 1],
    ["1", 2],
    ["2", 1],
    ["3", 0],
    ["4", 0],
    ["5", 0],
    ["6+", 2],
  ]);
  expect(report).toMatchObject({ customers: 6, total: 19, unidentified: 1 });
  expect(coarse.buckets.map(({ label, customers }) => [label, customers])).toEqual([
    ["0", 1],
    ["1", 2],
    ["2-5", 1],
    ["6+", 2],
  ]);
  expect(visitors).toMatchObject({ customers: 1, total: 0 });
});

test("answers an empty period with empty buckets", async () => {
  const report = await readHistogram(journeys, ask(HistogramInput, { period: day, metric: calls, buckets: 1 }));

  expect(report).toEqual({
    knownAt: expect.any(Date),
    forgottenSince: 0,
    excludedByConsent: 0,
    wholeSince: null,
    archivedMonths: [],
    buckets: [
      { from: 0, to: 0, label: "0", customers: 0 },
      { from: 1, to: 1, label: "1", customers: 0 },
      { from: 2, to: null, label: "2+", customers: 0 },
    ],
    customers: 0,
    total: 0,
    unidentified: 0,
  });
});

test("says what to change about bounds that fall, and buckets that nobody could look at", async () => {
  const falling = readHistogram(journeys, ask(HistogramInput, { period: day, metric: calls, bounds: [3, 2] }));
  const many = readHistogram(journeys, ask(HistogramInput, { period: day, metric: calls, buckets: 51 }));

  await expect(falling).rejects.toThrow("Let the `bounds` rise");
  await expect(many).rejects.toThrow("`buckets` is 51: give a number from 1 to 50.");
});

test("puts everybody in the bucket that a slow recount of any world does", async () => {
  const questions = fc.record({
    period: random.periods,
    metric: fc.oneof(fc.constant(calls), random.matchers),
    dedup: random.dedups,
    bounds: fc.option(
      fc.uniqueArray(fc.integer({ min: 0, max: 8 }), { minLength: 1 }).map((list) => list.sort((a, b) => a - b)),
    ),
    start: fc.integer({ min: 0, max: 3 }),
    size: fc.integer({ min: 1, max: 3 }),
    buckets: fc.integer({ min: 1, max: 4 }),
    universe: random.choices,
    audience: random.audiences,
  });
  await fc.assert(
    fc.asyncProperty(random.worlds, questions, async (people, question) => {
      await clearWorld(house.db);
      const world = await given(house.db, people);
      const input = ask(HistogramInput, question);

      const report = await readHistogram(journeys, input);

      const counted = countedOf(world, { ...input, matcher: input.metric, timeoutMinutes: 30 });
      const inUniverse = world.filter(
        (event) =>
          event.isIdentified &&
          isWithin(input.period, event) &&
          fits(world, event, input.universe, input.period) &&
          belongs(world, event, input.audience, input.period),
      );
      const counts = unique(inUniverse.map((event) => event.customerId)).map(
        (id) => counted.filter((event) => event.customerId === id).length,
      );
      for (const { from, to, customers } of report.buckets) {
        expect(customers).toBe(counts.filter((count) => count >= from && count <= (to ?? count)).length);
      }
      expect(report.buckets[0]!.from).toBe(0);
      expect(report.customers).toBe(counts.length);
      expect(report.total).toBe(counts.reduce((sum, count) => sum + count, 0));
      expect(report.unidentified).toBe(counted.filter((event) => !event.isIdentified).length);
    }),
    draws(15),
  );
});
