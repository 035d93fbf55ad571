import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { orderOf as inOrderSql, newestFirstOf, placeOf } from "../../src/facts/event-order.sql.ts";
import { type EventPlace, inOrder } from "../../src/facts/event-order.ts";
import { CHANNELS, TOUCHPOINT_KINDS } from "../../src/fields/choices.ts";
import { NO_SEQUENCE } from "../../src/fields/touchpoint.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { read } from "../kit/read.ts";

const HOUR = Date.UTC(2026, 10, 20, 9);
const event: fc.Arbitrary<EventPlace> = fc.record({
  occurredAt: fc.constantFrom(0, 1, 60_000).map((ms) => new Date(HOUR + ms)),
  sequence: fc.option(fc.constantFrom(0, 1, 2, NO_SEQUENCE - 1)),
  channel: fc.constantFrom(...CHANNELS),
  kind: fc.constantFrom(...TOUCHPOINT_KINDS),
  recordId: fc.uuid(),
});
const events = fc.uniqueArray(event, { minLength: 2, maxLength: 30, selector: ({ recordId }) => recordId });

describe.each([
  ["byte by byte", { isSorted: false }],
  ["as a dictionary does", { isSorted: true }],
])("on a database that sorts %s", (_name, sorted) => {
  const house = useDatabase(sorted);

  test("the database orders events as we do, forwards, backwards and by comparing two", async () => {
    await fc.assert(
      fc.asyncProperty(events, async (drawn) => {
        const told = sql`unnest(
          ${drawn.map(({ occurredAt }) => occurredAt)}::timestamptz[],
          ${drawn.map(({ sequence }) => sequence)}::int[],
          ${drawn.map(({ channel }) => channel)}::channel[],
          ${drawn.map(({ kind }) => kind)}::touchpoint_kind[],
          ${drawn.map(({ recordId }) => recordId)}::uuid[]
        ) as e (occurred_at, sequence, channel, kind, id)`;

        const [answer] = await read<{ forwards: string[]; backwards: string[]; places: string[] }>(
          house.db,
          sql`
          with told as materialized (select * from ${told})
          select
            (select array_agg(e.id::text order by ${inOrderSql(sql`e`)}) from told e) as forwards,
            (select array_agg(e.id::text order by ${newestFirstOf(sql`e`)}) from told e) as backwards,
            (
              select array_agg(e.id::text order by e.earlier)
              from (
                select e.id, (select count(*) from told o where ${placeOf(sql`o`)} < ${placeOf(sql`e`)}) as earlier from told e
              ) e
            ) as places
        `,
        );

        const expected = drawn.toSorted(inOrder).map(({ recordId }) => recordId);
        expect(answer).toEqual({ forwards: expected, backwards: expected.toReversed(), places: expected });
      }),
      draws(30),
    );
  });
});
