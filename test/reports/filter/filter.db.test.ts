import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "../../../src/db/sql.ts";
import { inAudience } from "../../../src/reports/audience.sql.ts";
import { dimensionSql } from "../../../src/reports/dimension.sql.ts";
import { events, matches, TOTAL_ORDER } from "../../../src/reports/filter.sql.ts";
import { DIMENSIONS, type MatcherInput } from "../../../src/reports/filter.type.ts";
import { sessionsSql } from "../../../src/reports/session.sql.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { read } from "../../kit/read.ts";
import * as random from "../kit/random.ts";
import { belongs, compare, fits, isWithin, sessionsOf, unique, valueAlong } from "../kit/recount.ts";
import { clearWorld } from "../kit/rows.ts";
import { at, given } from "../kit/world.ts";

const house = useDatabase();

/** The names of the events that fit, in order. */
async function namesOf(matcher: MatcherInput): Promise<string[]> {
  const rows = await read<{ name: string }>(
    house.db,
    sql`
      select i.name
      from ${events(matcher)} e
      join items i on i.id = e.item_id
      where ${matches(matcher)}
      order by ${TOTAL_ORDER}
    `,
  );
  return rows.map((row) => row.name);
}

test("takes a capital of any script for its small letter", async ({ skip }) => {
  skip(Boolean(process.env.DATABASE_URL), "whether a given server knows capitals is for whoever made its database");
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
  expect(await namesOf({ stages: ["LEAD"] })).toEqual(["apply"]);
  expect(await namesOf({ stages: ["POST_LEAD"] })).toEqual(["claim"]);
  expect(await namesOf({ kinds: ["PAGE_VIEW", "CALL"], not: { stages: ["EARLY"] } })).toEqual(["claim"]);
});

test("says what to change about an empty list, and about `not` upon `not`", () => {
  const deep = { not: { not: { not: { not: { not: { not: { names: ["/"] } } } } } } };

  expect(() => matches({ names: [] })).toThrow("An empty `names` matches nothing: leave it out, or name at least one.");
  expect(() => matches(deep)).toThrow("Nest `not` at most 5 deep.");
});

test("cuts a life where nothing went on for longer than the timeout, however long something lasted", async () => {
  const world = await given(house.db, {
    ann: "call 09:00-11:00 > page /a 09:10 > page /b 11:30 > page /c 12:01",
    bob: "page /a 09:00 > page /b 09:30",
  });
  const sessions = await readSessions(30, { from: at("00:00"), to: at("3T00:00") });

  expect(world.map((event) => [event.who, sessions.get(event.id)])).toEqual([
    ["ann", 1],
    ["ann", 1],
    ["ann", 1],
    ["ann", 2],
    ["bob", 1],
    ["bob", 1],
  ]);
});

async function readSessions(
  timeoutMinutes: number,
  { from, to }: { from: Date; to: Date },
): Promise<Map<string, number>> {
  const rows = await read<{ id: string; session: number }>(
    house.db,
    sessionsSql({
      from: events(),
      columns: sql`e.kind`,
      customers: sql`true`,
      timeoutMinutes,
      since: from,
      until: to,
    }),
  );
  return new Map(rows.map((row) => [row.id, row.session]));
}

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
        const dimensions = DIMENSIONS.map((dimension) => sql`${dimension}::text, ${dimensionSql(dimension)}`);
        const rows = await read<{
          id: string;
          fits: boolean;
          belongs: boolean;
          values: Record<string, string>;
        }>(
          house.db,
          sql`
            select
              e.id, ${matches(matcher)} is true as fits, ${inAudience(audience, period)} as belongs,
              jsonb_build_object(${dimensions.reduce((all, each) => sql`${all}, ${each}`)}) as values
            from ${events("STAGE")} e
            order by ${TOTAL_ORDER}
          `,
        );

        expect(rows).toEqual(
          world.toSorted(compare).map((event) => ({
            id: event.id,
            fits: fits(world, event, matcher),
            belongs: belongs(world, event, audience, period),
            values: Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, valueAlong(world, event, dimension)])),
          })),
        );
      },
    ),
    draws(40),
  );
});

test("puts the events of a period into the sessions they have in the whole of any world", async () => {
  await fc.assert(
    fc.asyncProperty(random.worlds, random.timeouts, random.periods, async (people, timeout, period) => {
      await clearWorld(house.db);
      const world = await given(house.db, people);
      const found = await readSessions(timeout, period);

      const customers = unique(world.map((event) => event.customerId));
      for (const session of customers.flatMap((id) => sessionsOf(world, id, timeout))) {
        const inside = session.filter((event) => isWithin(period, event));
        expect(unique(inside.map((event) => found.get(event.id))).length).toBeLessThanOrEqual(1);
      }
      for (const id of customers) {
        const cut = sessionsOf(world, id, timeout).filter((session) =>
          session.some((event) => isWithin(period, event)),
        );
        const inside = world.filter((event) => event.customerId === id && isWithin(period, event));
        expect(unique(inside.map((event) => found.get(event.id)))).toHaveLength(cut.length);
      }
    }),
    draws(40),
  );
});
