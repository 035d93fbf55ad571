import { describe, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { merge } from "../../src/identity/decide.ts";
import { findRules } from "../../src/identity/rules.repository.ts";
import { matchingAfter } from "../../src/ingest/matching/rematch.ts";
import { openTracking, type Tracking } from "../../src/ingest/matching/tracking.ts";
import { useDatabase } from "../kit/database.ts";
import { TEST_KEYS, useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { minutesAgo, telling } from "../live/telling.ts";

const house = useDatabase();
const ingest = useIngest(house);
const { page, call, state } = telling(ingest);

const NUMBERS = ["+46812345671", "+46812345672"];
const ecid = (value: string) => ({ namespace: "ecid", value });
const campaignsOf = () =>
  read(
    house.db,
    sql`
      select campaign, medium from interactions where channel_type = 'VOICE' order by session_start_time
    `,
  );

async function openDesk(): Promise<Tracking> {
  const rules = await findRules(house.db, "SE");
  return openTracking({ database: house.db, ...TEST_KEYS, rules: () => rules });
}

async function withPool(): Promise<Tracking> {
  const tracking = await openDesk();
  await tracking.save(NUMBERS.map((number) => ({ number, source: "ads", pool: "web" })));
  return tracking;
}

describe("a number of one's own", () => {
  test("is each visitor's while it lasts, the same when asked for again, and none when the pool is empty", async () => {
    const { lend } = await withPool();

    const one = await lend({ pool: "web", visitor: ecid("e1"), minutes: 30 });
    const other = await lend({ pool: "web", visitor: ecid("e2"), minutes: 30 });
    const again = await lend({ pool: "web", visitor: ecid("e1"), minutes: 60 });

    expect([one.number, other.number].toSorted()).toEqual(NUMBERS);
    expect(again.number).toBe(one.number);
    expect(again.validTo.getTime()).toBeGreaterThan(one.validTo.getTime());
    await expect(lend({ pool: "web", visitor: ecid("e3"), minutes: 30 })).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
  });

  test("is never lent to two who ask at once", async () => {
    const { lend } = await withPool();

    const asked = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => lend({ pool: "web", visitor: ecid(`e${i}`), minutes: 30 })),
    );

    const lent = asked.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value.number] : []));
    expect(lent.toSorted()).toEqual(NUMBERS);
  });

  test("goes round: the one that was given back longest ago comes first", async () => {
    const { lend } = await withPool();
    const one = await lend({ pool: "web", visitor: ecid("e1"), minutes: 30 });
    await lend({ pool: "web", visitor: ecid("e2"), minutes: 30 });
    await house.db.run(sql`
      update tracking_leases
      set valid_to = now() - case when number = ${one.number} then interval '1 minute' else interval '2 minutes' end
    `);

    const next = await lend({ pool: "web", visitor: ecid("e3"), minutes: 30 });

    expect(next.number).not.toBe(one.number);
  });

  test("ties a withheld call to the visit of whoever was shown it", async () => {
    const { lend } = await withPool();
    await page({ ecid: "e1" }, { at: minutesAgo(1), name: "Prices" });
    const { number } = await lend({ pool: "web", visitor: ecid("e1"), minutes: 30 });

    // PostgreSQL rounds the start of a lease to the nearest millisecond, which may be the next.
    await call({ phone: "anonymous" }, { at: new Date(Date.now() + 5), dialledNumber: number });

    expect(
      await read(house.db, sql`select match_method, match_page from interactions where channel_type = 'VOICE'`),
    ).toEqual([{ match_method: "TRACKING_NUMBER", match_page: "Prices" }]);
  });
});

describe("a campaign's number", () => {
  test("gives calls its campaign, those that came before it was known too", async () => {
    const { save } = await openDesk();
    await call({}, { at: minutesAgo(20), dialledNumber: "+46812345671" });
    await call({}, { at: minutesAgo(19), dialledNumber: "+46812345671", campaign: "own" });

    await save([{ number: "+46 8 123 456 71", source: "ads", campaign: "fibre", medium: "cpc" }]);
    await call({}, { at: minutesAgo(18), dialledNumber: "+46812345671" });

    expect(await campaignsOf()).toEqual([
      { campaign: "fibre", medium: "cpc" },
      { campaign: "own", medium: null },
      { campaign: "fibre", medium: "cpc" },
    ]);
  });

  test("that moves to another campaign leaves past calls with the one they came by", async () => {
    const { save } = await openDesk();
    await save([{ number: "+46812345671", source: "ads", campaign: "fibre" }]);
    await call({}, { at: minutesAgo(20), dialledNumber: "+46812345671" });

    await save([{ number: "+46812345671", source: "ads", campaign: "letter" }]);
    await call({}, { at: minutesAgo(10), dialledNumber: "+46812345671" });

    expect(await campaignsOf()).toMatchObject([{ campaign: "fibre" }, { campaign: "letter" }]);
  });
});

test("what people decide about customers is matched in the same transaction", async () => {
  const ann = await state({ custid: "1", phone: "+46701234567" });
  const visitor = await page({ ecid: "e1" }, { at: minutesAgo(10), name: "Prices" });
  await call({ phone: "+46701234567" }, { at: minutesAgo(5) });
  const rules = await findRules(house.db, "SE");
  const statusOf = async () =>
    (
      await read<{ s: string }>(house.db, sql`select match_status as s from interactions where channel_type = 'VOICE'`)
    )[0]!.s;
  const before = await statusOf();

  await merge(matchingAfter(house.db), [ann.customerId!, visitor.customerId!], {
    by: { id: "test", name: "test" },
    reason: "asked",
    rules,
  });

  expect([before, await statusOf()]).toEqual(["OFFLINE", "MATCHED"]);
});
