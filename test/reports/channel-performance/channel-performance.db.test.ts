import fc from "fast-check";
import { expect, test } from "vitest";
import { settingsOf } from "../../../src/facts/rules.ts";
import { findRules, saveSource } from "../../../src/identity/rules.repository.ts";
import { readChannelPerformance } from "../../../src/reports/channel-performance/channel-performance.report.ts";
import { ChannelPerformanceInput } from "../../../src/reports/channel-performance/channel-performance.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { valuesOf } from "../kit/along.ts";
import { ask } from "../kit/ask.ts";
import { countsOnce } from "../kit/counting.ts";
import { useJourneys } from "../kit/journeys.ts";
import * as random from "../kit/random.ts";
import * as randomAlong from "../kit/random-along.ts";
import { belongs, earned, isLeg, isWithin, sum, unique } from "../kit/recount.ts";
import { clearWorld } from "../kit/rows.ts";
import { at, day, given, type Told } from "../kit/world.ts";

const house = useDatabase();
const journeys = useJourneys(house);

const reading = (question: Partial<ChannelPerformanceInput> = {}) =>
  readChannelPerformance(journeys, ask(ChannelPerformanceInput, { period: day, ...question }));
const call = { channel: "VOICE", kind: "CALL" };

test("compares the numbers that were dialled", async () => {
  const dialled = (trackingNumber: string | null, time = "09:00") => ({ ...call, at: at(time), trackingNumber });
  await given(house.db, {
    ann: { events: [{ ...dialled("+441134960001"), cost: [2, "EUR"] }, dialled("+441134960002", "10:00")] },
    bob: { events: [dialled("+441134960001"), dialled(null, "11:00")] },
  });

  const { rows } = await reading({ by: "TRACKING_NUMBER" });

  expect(rows.map(({ value, calls, cost }) => [value, calls, cost])).toEqual([
    ["+441134960001", 2, [{ amount: "2", currency: "EUR" }]],
    ["+441134960002", 1, []],
    [null, 1, []],
  ]);
});

test("puts calls, transactions and money under the campaign that brought them", async () => {
  await given(house.db, {
    ann: {
      events: [
        { ...call, at: at("09:00"), campaign: "spring", cost: [2, "EUR"], columns: { match_status: "MATCHED" } },
        { ...call, at: at("10:00"), campaign: "spring", revenue: [10, "EUR"], transactionId: "t1" },
        { ...call, at: at("11:00"), campaign: "spring", revenue: [5, "SEK"], transactionId: "t1" },
        { at: at("12:00"), channel: "WEB", kind: "PAGE_VIEW", name: "/", campaign: "summer", value: [9, "EUR"] },
        { at: at("12:01"), channel: "WEB", kind: "TRANSACTION", campaign: "summer", value: [7, "EUR"] },
      ],
    },
    nobody: { identity: "RECORD", events: [{ ...call, at: at("09:00"), cost: [1, "EUR"] }] },
  });

  expect(await reading()).toEqual({
    knownAt: expect.any(Date),
    forgottenSince: 0,
    excludedByConsent: 0,
    wholeSince: null,
    archivedMonths: [],
    rows: [
      {
        value: "spring",
        interactions: 3,
        calls: 3,
        matchedCalls: 1,
        transactions: 1,
        // Of one order the newest statement counts.
        revenue: [{ amount: "5", currency: "SEK" }],
        cost: [{ amount: "2", currency: "EUR" }],
      },
      {
        value: null,
        interactions: 1,
        calls: 1,
        matchedCalls: 0,
        transactions: 0,
        revenue: [],
        cost: [{ amount: "1", currency: "EUR" }],
      },
      {
        value: "summer",
        interactions: 2,
        calls: 0,
        matchedCalls: 0,
        transactions: 1,
        revenue: [{ amount: "7", currency: "EUR" }],
        cost: [],
      },
    ],
  });
});

test("answers an empty period with nothing, and refuses one that ends before it begins", async () => {
  await given(house.db, { ann: "call 3T10:00" });

  expect(await reading()).toEqual({
    knownAt: expect.any(Date),
    forgottenSince: 0,
    excludedByConsent: 0,
    wholeSince: null,
    archivedMonths: [],
    rows: [],
  });
  await expect(reading({ period: { from: day.to, to: day.from } })).rejects.toMatchObject({ code: "BAD_INPUT" });
});

function moneyOf(amounts: [number, string][]) {
  return unique(amounts.map(([, currency]) => currency))
    .sort()
    .map((currency) => ({
      amount: `${sum(amounts.filter((one) => one[1] === currency).map(([amount]) => amount))}`,
      currency,
    }));
}

/** Legs are interactions of their own, and so is the visit that the world gives each touchpoint. */
function rowOf(world: readonly Told[], events: readonly Told[], value: string | null) {
  const calls = events.filter((event) => event.kind === "CALL" && countsOnce(world, event, null));
  const transactions = events.filter(({ kind }) => kind === "TRANSACTION");
  const legs = events.filter(isLeg);
  const money = [...legs, ...transactions].map((event) => earned(world, event));
  const orders = [...legs.filter(({ transactionId }) => transactionId != null), ...transactions];
  return {
    value,
    interactions: events.length,
    calls: calls.length,
    matchedCalls: 0,
    transactions: unique(
      orders.map(({ id, source, transactionId }) => (transactionId == null ? id : `${source} ${transactionId}`)),
    ).length,
    revenue: moneyOf(money.filter((one) => one !== null)),
    cost: moneyOf(legs.map(({ cost }) => cost).filter((money) => money != null)),
  };
}

test("counts the money of one transaction once, as it was stated last, and apart for each source", async () => {
  const order = { ...call, transactionId: "t1" };
  await given(house.db, {
    ann: {
      events: [
        { ...order, at: at("09:00"), campaign: "a", revenue: [10, "EUR"] },
        { ...order, at: at("10:00"), campaign: "b", revenue: [12, "EUR"] },
        // Names it, and says nothing of its money.
        { ...order, at: at("11:00"), campaign: "c" },
        { ...order, at: at("12:00"), campaign: "d", revenue: [7, "EUR"], source: "shop" },
        { at: at("13:00"), channel: "WEB", kind: "TRANSACTION", transactionId: "t1", source: "web", value: [8, "EUR"] },
      ],
    },
  });
  const revenueOf = async () =>
    Object.fromEntries(
      (await reading()).rows.map(({ value, revenue }) => [value, revenue.map(({ amount }) => amount)]),
    );

  const apart = await revenueOf();
  await saveSource(house.db, { ...settingsOf(await findRules(house.db, "SE"), "web"), transactionIssuer: "shop" });
  const shared = await revenueOf();

  expect(apart).toEqual({ a: [], b: ["12"], c: [], d: ["7"], null: ["8"] });
  expect(shared).toEqual({ a: [], b: ["12"], c: [], d: [], null: ["8"] });
});

test("gives what a recount value by value gives, in any world, to any question", async () => {
  const questions = fc
    .tuple(fc.record({ period: random.periods, by: random.dimensions, audience: random.audiences }), randomAlong.alongs)
    .map(([question, along]) => ask(ChannelPerformanceInput, { ...question, ...along }));
  await fc.assert(
    fc.asyncProperty(random.worlds, questions, async (people, question) => {
      await clearWorld(house.db);
      const world = await given(house.db, people);

      const { rows } = await reading(question);

      const { period, by, carried, facets, audience } = question;
      const valuesIn = (event: Told): (string | null)[] => {
        const values = valuesOf(world, event, { dimension: by, carried, facets }, period);
        return values.length > 0 ? values : [null];
      };
      const events = world.filter((event) => isWithin(period, event) && belongs(world, event, audience, period));
      const values = unique(events.flatMap(valuesIn));
      const expected = values.map((value) =>
        rowOf(
          world,
          events.filter((event) => valuesIn(event).includes(value)),
          value,
        ),
      );
      const byValue = (a: { value: string | null }, b: { value: string | null }) =>
        `${a.value}` < `${b.value}` ? -1 : 1;
      expect(rows.toSorted(byValue)).toEqual(expected.toSorted(byValue));
      const order = rows.map(({ calls, interactions }) => calls * 1_000 + interactions);
      expect(order).toEqual(order.toSorted((a, b) => b - a));
    }),
    draws(15),
  );
});
