import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { rematchAll } from "../../src/ingest/matching/rematch.ts";
import { saveNumbers } from "../../src/ingest/matching/tracking.repository.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { useDatabase } from "../kit/database.ts";
import { draws, holds } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();
const ingest = useIngest(house);

/** Crowded: three people, three browsers, two phones, two numbers and two pages within four hours. */
const minute = fc.integer({ min: 0, max: 240 });
const who = fc.record({
  custid: fc.option(fc.constantFrom("1", "2", "3"), { freq: 3 }),
  ecid: fc.option(fc.constantFrom("e1", "e2", "e3"), { freq: 2 }),
  phone: fc.option(fc.constantFrom("+46701234561", "+46701234562", "anonymous"), { freq: 2 }),
});
const NUMBERS = ["+46812345671", "+46812345672"];
const urls = fc.constantFrom("https://a.se/a", "https://a.se/b?utm_campaign=x", `tel:${NUMBERS[0]}`);
const event = fc.oneof(
  fc.record({ what: fc.constant("page" as const), at: minute, who, url: urls, long: fc.boolean() }),
  fc.record({
    what: fc.constant("call" as const),
    at: minute,
    who,
    url: fc.option(urls),
    number: fc.option(fc.constantFrom(...NUMBERS)),
  }),
  fc.record({ what: fc.constant("leg" as const), at: minute, who, minutes: fc.integer({ min: 0, max: 60 }) }),
);
type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

const timeOf = (at: number) => new Date(Date.UTC(2026, 10, 10, 12, at));
const identitiesOf = (identities: Event["who"]) =>
  Object.entries(identities).flatMap(([namespace, value]) => (value ? [{ namespace, value }] : []));

function recordOf(told: Event, position: number): IncomingRecord {
  const base = { sourceId: String(position), identities: identitiesOf(told.who) };
  switch (told.what) {
    case "page": {
      const kind = told.url.startsWith("tel:") ? "OTHER" : "PAGE_VIEW";
      const endedAt = told.long ? timeOf(told.at + 10) : null;
      const times = { occurredAt: timeOf(told.at), endedAt };
      return { kind: "touchpoint", body: { ...base, source: "web", ...times, kind, channel: "WEB", url: told.url } };
    }
    case "call": {
      const asked = { startedAt: timeOf(told.at), pageUrl: told.url, dialledNumber: told.number };
      return { kind: "call", body: { ...base, source: "telephony", ...asked } };
    }
    case "leg": {
      const times = { sessionStartTime: timeOf(told.at), interactionEndTime: timeOf(told.at + told.minutes) };
      return { kind: "interaction", body: { ...base, source: "desk", channelType: "CHAT", ...times } };
    }
  }
}

async function tell(records: readonly IncomingRecord[], sizes: readonly number[]): Promise<void> {
  let start = 0;
  for (let turn = 0; start < records.length; turn += 1) {
    const size = sizes[turn % sizes.length]!;
    await ingest.accept(records.slice(start, start + size), { entryPoint: "test" });
    start += size;
  }
}

async function startOver(): Promise<void> {
  // Quicker than truncate, of tables with a dozen rows.
  await house.db.run(sql`
    with
      a as (delete from touchpoints), b as (delete from interactions), c as (delete from identities),
      d as (delete from sightings), e as (delete from assignments), f as (delete from ingest_keys)
    delete from conflicts
  `);
  await saveNumbers(house.db, [
    { number: NUMBERS[1]!, source: "ads", channel: null, campaign: "fibre", medium: "cpc", pool: null },
  ]);
}

const matches = () =>
  read(
    house.db,
    sql`
      select
        source_id as id, match_status as status, match_method as method, match_confidence as confidence,
        match_url as url, match_seconds as seconds, campaign,
        match_campaign as brought, match_landing_page as landing
      from interactions
      where channel_type = 'VOICE'
      order by source_id
    `,
  );

test("any order of arrival and any batching tie calls to the same visits, and matching anew changes nothing", async () => {
  const history = fc.array(event, { minLength: 2, maxLength: 14 });
  const orders = fc.array(fc.nat(), { minLength: 14, maxLength: 14 });
  const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
  await holds(
    fc.asyncProperty(history, orders, sizes, async (events, order, batches) => {
      const records = events.map(recordOf);
      await startOver();
      await tell(records, [records.length]);
      const atOnce = await matches();
      const changedAtOnce = await rematchAll(house.db);

      await startOver();
      const shuffled = records
        .map((record, i) => ({ record, at: order[i]! }))
        .sort((a, b) => a.at - b.at)
        .map(({ record }) => record);
      await tell(shuffled, batches);

      expect([changedAtOnce, await rematchAll(house.db)]).toEqual([0, 0]);
      expect(await matches()).toEqual(atOnce);
    }),
    draws(30, 25_000),
  );
});
