import { expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { retainingOf } from "../../src/housekeeping.ts";
import { previewRetention, type RETAINED, retain, retainDaily } from "../../src/ingest/forgetting/retain.ts";
import { newId } from "../../src/kit/id.ts";
import { DAY_MS } from "../../src/kit/time.ts";
import { readHistogram } from "../../src/reports/histogram/histogram.report.ts";
import { HistogramInput } from "../../src/reports/histogram/histogram.type.ts";
import { useDatabase } from "../kit/database.ts";
import { TEST_KEYS, useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { ask } from "../reports/kit/ask.ts";
import { useJourneys } from "../reports/kit/journeys.ts";

const house = useDatabase();
const ingest = useIngest(house);
const journeys = useJourneys(house);

const NOW = new Date("2026-11-30T00:00:00Z");
const period = { from: new Date("2026-01-01T00:00:00Z"), to: NOW };
const retaining = retainingOf({ rules: () => ingest.rules(), keyring: TEST_KEYS });
const rule = (kind: keyof typeof RETAINED, days: number, source = "") =>
  house.db.orm.retentionRule.create({ data: { kind, days, source } });
const hold = (of: { source?: string; customerId?: string }) =>
  house.db.orm.legalHold.create({ data: { id: newId(), ...of, reason: "a case", by: "law", at: NOW } });

const view = { channel: "WEB", kind: "PAGE_VIEW", sessionId: null, source: "web", url: "https://a.se/new-1" };

async function told(): Promise<void> {
  const view = { channel: "WEB", kind: "PAGE_VIEW", sessionId: null };
  const page = (sourceId: string, occurredAt: string, custid: string, source = "web") => ({
    kind: "touchpoint" as const,
    body: {
      ...view,
      source,
      sourceId,
      occurredAt,
      url: `https://a.se/${sourceId}`,
      identities: [{ namespace: "custid", value: custid }],
    },
  });
  const call = (sourceId: string, startedAt: string, custid: string) => ({
    kind: "call" as const,
    body: { source: "cti", sourceId, startedAt, identities: [{ namespace: "custid", value: custid }] },
  });
  await ingest.accept(
    [
      page("old-1", "2026-02-01T09:00:00Z", "1"),
      page("old-2", "2026-02-01T09:01:00Z", "2"),
      page("old-app", "2026-02-01T09:02:00Z", "1", "app"),
      page("new-1", "2026-11-20T09:00:00Z", "1"),
      call("call-old", "2026-03-01T09:00:00Z", "1"),
      call("call-new", "2026-11-20T10:00:00Z", "2"),
    ],
    { entryPoint: "test" },
  );
}

const report = async (knownAt?: Date) => {
  const input = ask(HistogramInput, { period, metric: { kinds: ["PAGE_VIEW"] }, ...(knownAt && { knownAt }) });
  const { customers, total, wholeSince } = (await readHistogram(journeys, input)) as unknown as Record<string, unknown>;
  return { customers, events: total, wholeSince };
};
const left = async () =>
  (
    await read<{ id: string }>(
      house.db,
      sql`
        select u.name as id from touchpoints t join items u on u.id = t.url_id
        union all select source_id from interactions where not is_visit
        order by 1
      `,
    )
  ).map(({ id }) => id.replace("https://a.se/", ""));

test("what is kept no longer goes as if it had never come, and reports say from when on they are whole", async () => {
  await told();
  const before = await report();
  const then = new Date(Date.now() + 5);
  await new Promise((resolve) => setTimeout(resolve, 10));
  await rule("TOUCHPOINTS", 90);
  await rule("TOUCHPOINTS", 36_000, "app");
  await rule("INTERACTIONS", 100);

  const preview = await previewRetention(house.db, NOW);
  expect(preview.map(({ kind, source, due }) => [kind, source, due])).toEqual([
    ["TOUCHPOINTS", "", 2],
    ["TOUCHPOINTS", "app", 0],
    ["INTERACTIONS", "", 1],
  ]);
  expect(await left()).toHaveLength(6);
  expect(await retain(house.db, NOW, retaining)).toEqual({ TOUCHPOINTS: 2, INTERACTIONS: 1 });

  expect(await left()).toEqual(["call-new", "new-1", "old-app"]);
  expect(await read(house.db, sql`select name from items where name like '%old-1' or name like '%old-2'`)).toEqual([]);
  expect(await read(house.db, sql`select from history where body::text like '%old-%'`)).toEqual([]);
  const wholeSince = new Date(NOW.getTime() - 90 * DAY_MS);
  expect(before).toEqual({ customers: 2, events: 4, wholeSince: null });
  expect(await report()).toEqual({ customers: 2, events: 2, wholeSince });
  expect(await report(then)).toEqual({ customers: 2, events: 2, wholeSince });
  expect((await previewRetention(house.db, NOW)).map(({ due }) => due)).toEqual([0, 0, 0]);
  expect(await house.db.orm.retentionRun.findMany()).toMatchObject([
    { gone: { TOUCHPOINTS: 2, INTERACTIONS: 1 }, error: null },
  ]);
});

test("a legal hold keeps a customer's records, and a source's, until it is released", async () => {
  await told();
  await rule("TOUCHPOINTS", 90);
  await rule("INTERACTIONS", 90);
  const [one] = await read<{ id: string }>(house.db, sql`select customer_id as id from identities where value = '1'`);
  const held = await hold({ customerId: one!.id });
  await hold({ source: "cti" });

  await retain(house.db, NOW, retaining);
  expect(await left()).toEqual(["call-new", "call-old", "new-1", "old-1", "old-app"]);

  await house.db.orm.legalHold.update({ where: { id: held.id }, data: { releasedAt: NOW } });
  await retain(house.db, NOW, retaining);
  expect(await left()).toEqual(["call-new", "call-old", "new-1"]);
});

test("servers let go once a day, one at a time, and of nothing without a rule", async () => {
  await told();
  const runs = () => house.db.orm.retentionRun.count();
  await retainDaily(house.db, NOW, retaining);
  expect(await runs()).toBe(0);

  await rule("TOUCHPOINTS", 90);
  const [first, second] = await Promise.all([retain(house.db, NOW, retaining), retain(house.db, NOW, retaining)]);
  expect([first, second].filter((gone) => gone?.TOUCHPOINTS === 3)).toHaveLength(1);
  await house.db.orm.retentionRun.deleteMany();
  await retainDaily(house.db, NOW, retaining);
  await retainDaily(house.db, new Date(NOW.getTime() + DAY_MS / 2), retaining);
  expect(await runs()).toBe(1);
  await retainDaily(house.db, new Date(NOW.getTime() + DAY_MS + 1), retaining);
  expect(await runs()).toBe(2);
});

test("earlier versions and rejections go by when they came", async () => {
  const body = { source: "web", sourceId: "x", occurredAt: "2026-11-20T09:00:00Z", channel: "WEB", kind: "PAGE_VIEW" };
  const identities = [{ namespace: "custid", value: "1" }];
  for (const day of [21, 22]) {
    const revised = { ...body, identities, revision: `2026-11-${day}T00:00:00Z`, name: `page ${day}` };
    await ingest.accept([{ kind: "touchpoint", body: revised }], { entryPoint: "test" });
  }
  await ingest.accept([{ kind: "touchpoint", body: { ...body, sourceId: "y", kind: "?" } }], { entryPoint: "test" });
  await ingest.accept(
    [{ kind: "customer", body: { source: "crm", sourceId: "c", observedAt: "2026-11-20T09:00:00Z", identities } }],
    { entryPoint: "test" },
  );
  await rule("EARLIER_VERSIONS", 30);
  await rule("REJECTIONS", 30);
  const inTwoMonths = new Date(Date.now() + 60 * DAY_MS);

  expect(await retain(house.db, new Date(), retaining)).toEqual({ EARLIER_VERSIONS: 0, REJECTIONS: 0 });
  expect(await retain(house.db, inTwoMonths, retaining)).toEqual({ EARLIER_VERSIONS: 1, REJECTIONS: 1 });
  expect(await read(house.db, sql`select from revisions where body ? 'row'`)).toEqual([]);
  expect(await read(house.db, sql`select from revisions`)).toHaveLength(1);
});

test("what rows said before goes by when they were changed, and what was known then is refused", async () => {
  await told();
  const first = new Date(Date.now() + 5);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const revised = { ...view, sourceId: "new-1", occurredAt: "2026-11-20T11:00:00Z", revision: "2026-11-21T00:00:00Z" };
  const identities = [{ namespace: "custid", value: "1" }];
  await ingest.accept([{ kind: "touchpoint", body: { ...revised, identities } }], { entryPoint: "test" });
  expect(await report(first)).toMatchObject({ events: 4 });
  await rule("HISTORY", 1);

  const isGone = async () => (await read(house.db, sql`select from history`)).length === 0;
  expect(await retain(house.db, new Date(), retaining)).toEqual({ HISTORY: 0 });
  expect(await isGone()).toBe(false);
  expect(await report(first)).toMatchObject({ events: 4 });
  const tomorrow = new Date(Date.now() + DAY_MS + 1);
  expect((await retain(house.db, tomorrow, retaining))!.HISTORY).toBeGreaterThan(0);

  expect(await isGone()).toBe(true);
  const knownSince = new Date(tomorrow.getTime() - DAY_MS);
  await expect(report(first)).rejects.toThrow(`What was known before ${knownSince.toISOString()} is kept no longer`);
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await report(new Date())).toMatchObject({ events: 4 });
  expect(await report()).toMatchObject({ events: 4, wholeSince: null });
});

test("a run says from when on reports are whole before anything goes, so that one that is killed has said it", async () => {
  await told();
  await rule("TOUCHPOINTS", 90);
  let kill = () => {};
  const killed = new Promise<never>((_, reject) => {
    kill = () => reject(new Error("killed"));
  });
  const stuck = { ...house.db, longTransaction: () => killed };

  const run = retain(stuck, NOW, retaining).catch(() => "killed");
  const said = () => house.db.orm.retentionRun.findMany({ select: { wholeSince: true, gone: true, endedAt: true } });

  const wholeSince = new Date(NOW.getTime() - 90 * DAY_MS);
  await expect.poll(said).toEqual([{ wholeSince, gone: {}, endedAt: null }]);
  kill();
  expect(await run).toBe("killed");
});
