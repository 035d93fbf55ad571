import fc from "fast-check";
import { expect, test } from "vitest";
import { readCallPropensity } from "../../../src/reports/call-propensity/call-propensity.report.ts";
import { CallPropensityInput } from "../../../src/reports/call-propensity/call-propensity.type.ts";
import type { MatcherInput } from "../../../src/reports/filter.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { journeysOf, sharesOf } from "../attribution/recount.ts";
import { valuesOf } from "../kit/along.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import * as random from "../kit/random.ts";
import * as randomAlong from "../kit/random-along.ts";
import { belongs, compare, fits, isWithin, sessionsOf, sum, unique } from "../kit/recount.ts";
import { clearWorld } from "../kit/rows.ts";
import { at, day, given, type Person, type Told } from "../kit/world.ts";

const house = useDatabase();
const stored = useJourneys(house);

test("ranks sections by the share of sessions that a call follows, with credit and cost of the calls", async () => {
  const call = (time: string, reason: string, cost: number) => ({
    at: at(time),
    channel: "VOICE",
    kind: "CALL",
    callReason: reason,
    cost: [cost, "EUR"] as [number, string],
  });
  const page = (time: string, section: string) => ({
    at: at(time),
    channel: "WEB",
    kind: "PAGE_VIEW",
    name: `/${section}`,
    section,
  });
  await given(house.db, {
    ann: { events: [page("09:00", "billing"), page("09:10", "help"), call("09:40", "invoice", 4)] },
    bob: { events: [page("09:00", "billing"), call("09:31", "claim", 7)] },
    cat: { events: [page("09:00", "billing"), page("12:00", "billing"), call("12:05", "claim", 5)] },
    dan: { events: [page("09:00", "help")] },
  });

  const report = await readCallPropensity(
    stored,
    ask(CallPropensityInput, { period: day, minimumExposures: 1, model: { kind: "LINEAR" }, splitBy: "CALL_REASON" }),
  );

  const [help, billing] = report.rows;
  expect(help).toMatchObject({ item: "help", exposures: 2, conversions: 1, rate: 0.5, credit: 0.5 });
  expect(billing).toMatchObject({ item: "billing", exposures: 4, conversions: 1, rate: 0.25, credit: 1.5 });
  expect(billing!.split).toEqual([
    { value: "claim", credit: 1 },
    { value: "invoice", credit: 0.5 },
  ]);
  expect(help!.cost).toEqual([{ amount: "4", currency: "EUR" }]);
  expect(billing!.cost).toEqual([{ amount: "5", currency: "EUR" }]);
  expect(report.overallRate).toBe(2 / 5);
});

test("gives Wilson's interval, and hides what was hardly seen", async () => {
  const visitor = (calls: boolean): Person => ({
    events: [
      { at: at("09:00"), channel: "WEB", kind: "PAGE_VIEW", name: "/billing", section: "billing" },
      ...(calls ? [{ at: at("09:05"), channel: "VOICE", kind: "CALL" }] : []),
    ],
  });
  await given(house.db, Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`p${i}`, visitor(i < 12)])));

  const { rows } = await readCallPropensity(stored, ask(CallPropensityInput, { period: day }));
  const hidden = await readCallPropensity(stored, ask(CallPropensityInput, { period: day, minimumExposures: 81 }));

  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ exposures: 80, conversions: 12, rate: 0.15, credit: null, cost: [], split: [] });
  expect(rows[0]!.rateLow).toBeCloseTo(0.088, 3);
  expect(rows[0]!.rateHigh).toBeCloseTo(0.244, 3);
  expect(hidden.rows).toEqual([]);
});

test("answers an empty period with no rows and no rate", async () => {
  const report = await readCallPropensity(stored, ask(CallPropensityInput, { period: day, model: { kind: "MARKOV" } }));

  expect(report).toEqual({
    knownAt: expect.any(Date),
    forgottenSince: 0,
    excludedByConsent: 0,
    wholeSince: null,
    archivedMonths: [],
    rows: [],
    overallRate: null,
  });
});

interface Exposure {
  item: string;
  touches: Told[];
  session: Told[];
}

/** Each customer's sessions with each item they had in the period. */
function exposuresOf(world: readonly Told[], input: CallPropensityInput): Exposure[] {
  const counts = (event: Told) =>
    event.isIdentified &&
    isWithin(input.period, event) &&
    belongs(world, event, input.audience, input.period) &&
    fits(world, event, input.exposures ?? { kinds: ["PAGE_VIEW"] }, input.period);
  const valuesIn = (event: Told) => valuesOf(world, event, input, input.period);
  return unique(world.map((event) => event.customerId))
    .flatMap((id) => sessionsOf(world, id, input.sessionTimeoutMinutes))
    .flatMap((session) => {
      const touches = session.filter((event) => counts(event) && valuesIn(event).length > 0);
      const items = unique(touches.flatMap(valuesIn));
      return items.map((item) => ({
        item,
        session,
        touches: touches.filter((touch) => valuesIn(touch).includes(item)),
      }));
    });
}

test("gives the rates, costs and credits that a slow recount of any world gives", async () => {
  const anything = fc.record({
    period: random.periods,
    dimension: random.dimensions,
    exposures: random.choices,
    conversions: random.choices,
    withinMinutes: fc.constantFrom(5, 30, 200),
    sessionTimeoutMinutes: random.timeouts,
    minimumExposures: fc.integer({ min: 1, max: 3 }),
    model: fc.option(
      fc.constantFrom({ kind: "LINEAR" as const }, { kind: "TIME_DECAY" as const, halfLifeMinutes: 15 }),
    ),
    audience: random.audiences,
  });
  // What sessions and the paths of calls are kept for.
  const usual = fc.record({
    dimension: fc.constantFrom("PAGE" as const, "SECTION" as const),
    exposures: fc.constant(null),
    conversions: fc.option(fc.constant<MatcherInput>({ kinds: ["CALL"], callReasons: ["invoice"] })),
    withinMinutes: fc.constantFrom(5, 30),
    sessionTimeoutMinutes: fc.constant(30),
  });
  const questions = fc.oneof(
    fc.tuple(anything, randomAlong.alongs).map(([question, along]) => ({ ...question, ...along })),
    fc.tuple(anything, usual).map(([question, materialised]) => ({ ...question, ...materialised })),
  );
  await fc.assert(
    fc.asyncProperty(random.worlds, questions, async (people, question) => {
      await clearWorld(house.db);
      const world = await given(house.db, people);
      const input = ask(CallPropensityInput, question);

      const report = await readCallPropensity(stored, input);

      const exposures = exposuresOf(world, input);
      const callsAfter = ({ touches }: Exposure) =>
        world.filter(
          (call) =>
            fits(world, call, input.conversions ?? { kinds: ["CALL"] }, input.period) &&
            touches.some(
              (touch) =>
                touch.customerId === call.customerId &&
                compare(touch, call) < 0 &&
                call.at.getTime() - touch.at.getTime() <= input.withinMinutes * 60_000,
            ),
        );
      const credit = (item: string) => {
        const journeys = journeysOf(world, {
          ...input,
          touches: input.exposures ?? { kinds: ["PAGE_VIEW"] },
          container: "SESSION",
          measure: "COUNT",
          touchDedup: "NONE",
        });
        const shares = journeys.flatMap((journey) =>
          sharesOf(journey, input.model!).map((share, i) => ({ share, items: journey.values[i]! })),
        );
        return sum(shares.filter((part) => part.items.includes(item)).map((part) => part.share));
      };
      const items = unique(exposures.map((exposure) => exposure.item));
      const rows = items.flatMap((item) => {
        const own = exposures.filter((exposure) => exposure.item === item);
        const converted = own.filter((exposure) => callsAfter(exposure).length > 0);
        const costs = unique(converted.flatMap(callsAfter)).flatMap((call) => (call.cost ? [call.cost] : []));
        const currencies = unique(costs.map(([, currency]) => currency)).sort();
        const cost = currencies.map((currency) => ({
          amount: `${sum(costs.filter((each) => each[1] === currency).map(([amount]) => amount))}`,
          currency,
        }));
        const row = {
          item,
          exposures: own.length,
          conversions: converted.length,
          rate: converted.length / own.length,
          credit: input.model ? expect.closeTo(credit(item), 8) : null,
          cost,
        };
        return own.length < input.minimumExposures ? [] : [row];
      });
      rows.sort((a, b) => b.rate - a.rate || b.exposures - a.exposures || (a.item < b.item ? -1 : 1));
      const sessions = unique(exposures.map((exposure) => exposure.session));
      const called = unique(
        exposures.filter((each) => callsAfter(each).length > 0).map((exposure) => exposure.session),
      );
      expect(report.rows).toEqual(rows.map((row) => expect.objectContaining(row)));
      expect(report.overallRate).toBe(sessions.length === 0 ? null : called.length / sessions.length);
    }),
    draws(15),
  );
});
