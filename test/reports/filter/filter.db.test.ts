import fc from "fast-check";
import { expect, test } from "vitest";
import { Dictionaries } from "../../../src/journeys/dictionary.ts";
import { matcherPlanOf } from "../../../src/journeys/matcher.ts";
import { DIMENSIONS, type MatcherInput } from "../../../src/reports/filter.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { useJourneys } from "../kit/journeys.ts";
import { listed } from "../kit/listing.ts";
import * as random from "../kit/random.ts";
import { belongs, compare, fits, sessionsOf, unique, valueAlong } from "../kit/recount.ts";
import { clearWorld } from "../kit/rows.ts";
import { given, type Told } from "../kit/world.ts";

const house = useDatabase();
const journeys = useJourneys(house);

/** The names of the events that fit, in order. */
async function namesOf(matcher: MatcherInput): Promise<(string | null)[]> {
  const events = await listed(journeys, { matcher });
  return events
    .filter((event) => event.fits)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ values }) => values.PAGE ?? values.SEARCH_TERM ?? values.CALL_REASON ?? values.INTENT ?? "form");
}

/** As the columns have them: by customer, each customer's in order. */
const byCustomer = (world: readonly Told[]): Told[] =>
  world.toSorted((a, b) => (a.customerId < b.customerId ? -1 : a.customerId > b.customerId ? 1 : compare(a, b)));

test("takes a capital of any script for its small letter", async () => {
  await given(house.db, { ann: "page /Återbetalning 09:00 > page /ПОМОЩЬ 09:01" });

  expect(await namesOf({ namePattern: "/åter*" })).toEqual(["/Återbetalning"]);
  expect(await namesOf({ namePattern: "/помощь" })).toEqual(["/ПОМОЩЬ"]);
});

test("takes * for any text, and every other sign for itself", async () => {
  await given(house.db, {
    ann: "page /Billing/1 09:00 > page /billing 09:01 > page /100% 09:02 > page /100x 09:03 > page /a_b 09:04 > page /axb 09:05",
  });

  expect(await namesOf({ namePattern: "/billing*" })).toEqual(["/Billing/1", "/billing"]);
  expect(await namesOf({ namePattern: "/billing" })).toEqual(["/billing"]);
  expect(await namesOf({ namePattern: "/100%" })).toEqual(["/100%"]);
  expect(await namesOf({ namePattern: "/a_b" })).toEqual(["/a_b"]);
  expect(await namesOf({ namePattern: "*1" })).toEqual(["/Billing/1"]);
});

test("calls the first form or call the lead, whatever came before and after", async () => {
  await given(house.db, { ann: "page /home 09:00 > form apply 09:05 > call claim 09:10", bob: "page /help 09:20" });

  expect(await namesOf({ stages: ["EARLY"] })).toEqual(["/home", "/help"]);
  expect(await namesOf({ stages: ["LEAD"] })).toEqual(["form"]);
  expect(await namesOf({ stages: ["POST_LEAD"] })).toEqual(["claim"]);
  expect(await namesOf({ kinds: ["PAGE_VIEW", "CALL"], not: { stages: ["EARLY"] } })).toEqual(["claim"]);
});

test("says what to change about an empty list, and about `not` upon `not`", () => {
  const deep = { not: { not: { not: { not: { not: { not: { names: ["/"] } } } } } } };

  const planOf = (matcher: MatcherInput) => () => matcherPlanOf({ dictionary: new Dictionaries(), until: 0 }, matcher);

  expect(planOf({ names: [] })).toThrow("An empty `names` matches nothing: leave it out, or name at least one.");
  expect(planOf(deep)).toThrow("Nest `not` and `sequence` at most 5 deep.");
});

test("cuts a life where nothing went on for longer than the timeout, however long something lasted", async () => {
  const world = await given(house.db, {
    ann: "call 09:00-11:00 > page /a 09:10 > page /b 11:30 > page /c 12:01",
    bob: "page /a 09:00 > page /b 09:30",
  });

  const events = await listed(journeys, { timeoutMinutes: 30 });

  const who = new Map(world.map((event) => [event.customerId, event.who]));
  expect(events.map(({ customerId, session }) => `${who.get(customerId)} ${session}`).sort()).toEqual([
    "ann 1",
    "ann 1",
    "ann 1",
    "ann 2",
    "bob 1",
    "bob 1",
  ]);
});

test("picks the events, values and customers that a slow reader of any world picks", async () => {
  await fc.assert(
    fc.asyncProperty(
      random.worlds,
      random.matchers,
      random.audiences,
      random.periods,
      async (people, matcher, audience, period) => {
        await clearWorld(house.db);
        const world = await given(house.db, people);

        const events = await listed(journeys, { matcher, audience, period });

        expect(events.map(({ session: _, ...event }) => event)).toEqual(
          byCustomer(world).map((event) => ({
            customerId: event.customerId,
            at: event.at,
            fits: fits(world, event, matcher, period),
            belongs: belongs(world, event, audience, period),
            values: Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, valueAlong(world, event, dimension)])),
          })),
        );
      },
    ),
    draws(20),
  );
});

test("cuts the lives of any world into the sessions that a slow reader finds", async () => {
  await fc.assert(
    fc.asyncProperty(random.worlds, random.timeouts, async (people, timeoutMinutes) => {
      await clearWorld(house.db);
      const world = await given(house.db, people);

      const events = await listed(journeys, { timeoutMinutes });

      const customers = unique(byCustomer(world).map((event) => event.customerId));
      const cut = customers.flatMap((id) =>
        sessionsOf(world, id, timeoutMinutes).flatMap((session, i) => session.map(() => `${id} ${i + 1}`)),
      );
      expect(events.map(({ customerId, session }) => `${customerId} ${session}`)).toEqual(cut);
    }),
    draws(20),
  );
});
