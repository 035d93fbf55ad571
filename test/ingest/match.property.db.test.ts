import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { withdrawBatch } from "../../src/ingest/correcting/withdraw.ts";
import { rematchAll } from "../../src/ingest/matching/rematch.ts";
import { saveNumbers } from "../../src/ingest/matching/tracking.repository.ts";
import type { IncomingRecord } from "../../src/ingest/receipt.ts";
import { newId } from "../../src/kit/id.ts";
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
const page = fc.record({ what: fc.constant("page" as const), at: minute, who, url: urls, long: fc.boolean() });
const call = fc.record({
  what: fc.constant("call" as const),
  at: minute,
  who,
  url: fc.option(urls),
  number: fc.option(fc.constantFrom(...NUMBERS)),
});
const leg = fc.record({ what: fc.constant("leg" as const), at: minute, who, minutes: fc.integer({ min: 0, max: 60 }) });
const event = fc.oneof(page, call, leg);
type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

const timeOf = (at: number) => new Date(Date.UTC(2026, 10, 10, 12, at));
const identitiesOf = (identities: Event["who"]) =>
  Object.entries(identities).flatMap(([namespace, value]) => (value ? [{ namespace, value }] : []));

/** What an event turns out to have been: another time, other people, another page. */
const change = fc.record({ which: fc.nat(), page, call, leg });
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

function recordOf(told: Event, position: number, revision = 0): IncomingRecord {
  const revised = { revision: new Date(Date.UTC(2026, 10, 11, revision)) };
  const base = { sourceId: String(position), ...revised, identities: identitiesOf(told.who) };
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
      d as (delete from sightings), e as (delete from assignments), f as (delete from ingest_keys), g as (delete from revisions)
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
      const records = events.map((told, i) => recordOf(told, i));
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
    draws(15, 25_000),
  );
});

test("an event that turns out to have been another is forgotten by the calls that it led to, and remembered after a withdrawal", async () => {
  const history = fc.array(event, { minLength: 2, maxLength: 10 });
  const changes = fc.array(change, { minLength: 1, maxLength: 4 });
  await holds(
    fc.asyncProperty(history, changes, fc.integer({ min: 1, max: 4 }), async (events, changing, size) => {
      const records = events.map((told, i) => recordOf(told, i));
      const { after, revisions } = changed(events, changing);
      await startOver();
      await tell(
        after.map((told, i) => recordOf(told, i, 9)),
        [events.length],
      );
      const atOnce = await matches();

      await startOver();
      await tell(records, [size]);
      const before = await matches();
      const batchId = newId();
      await ingest.accept(revisions, { entryPoint: "test", batchId });
      expect([await matches(), await rematchAll(house.db)]).toEqual([atOnce, 0]);

      await withdrawBatch(house.db, batchId, { by: "test", rules: ingest.rules() });
      expect([await matches(), await rematchAll(house.db)]).toEqual([before, 0]);
    }),
    { ...draws(10, 25_000), examples: [MOVED] },
  );
});

/** The page that a call came from turns out to have been looked at hours later. */
const NOBODY = { custid: null, ecid: null, phone: null };
const PAGE = { what: "page" as const, at: 0, who: NOBODY, url: "https://a.se/a" as const, long: false };
const CALL = { what: "call" as const, at: 1, who: NOBODY, url: PAGE.url, number: null };
const LATER: Change = { which: 0, page: { ...PAGE, at: 200 }, call: CALL, leg: { ...PAGE, what: "leg", minutes: 0 } };
const MOVED: [Event[], Change[], number] = [[PAGE, CALL], [LATER], 1];

/** The events after the changes, and the revisions that say so, each newer than the one before. */
function changed(
  events: readonly Event[],
  changes: readonly Change[],
): { after: Event[]; revisions: IncomingRecord[] } {
  const after = [...events];
  const revisions = changes.map((one, i) => {
    const position = one.which % events.length;
    after[position] = one[events[position]!.what];
    return recordOf(after[position], position, i + 1);
  });
  return { after, revisions };
}
