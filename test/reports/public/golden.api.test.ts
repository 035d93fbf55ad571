import { expect, test } from "vitest";
import { useApp } from "../../app/use-app.ts";
import { type Moment, PERIOD, rounded, storyOf } from "./story.ts";

// Worked out by hand in the definitions: positions, service levels and a shared device.

const NOON = Date.UTC(2026, 10, 20, 12);
const at = (minute: number) => new Date(NOON + minute * 60_000);

const house = useApp();

const views = (pages: readonly string[]): Moment[] => pages.map((page, i) => ({ at: at(i), page }));

test("whoever stood in the middle shares what the middle gets", async () => {
  const { tell, credits } = storyOf(house, "places");
  await tell([[...views(["a", "b", "c", "d", "e"]), { at: at(5), call: "any" }]]);

  const shares = rounded(await credits({ kind: "U_SHAPED" }), 4);

  expect(shares).toEqual({ a: 0.4, b: 0.0667, c: 0.0667, d: 0.0667, e: 0.4 });
});

test.each([
  [["a", "b", "c", "d"], { a: 0.375, b: 0.0625, c: 0.0625, d: 0.5 }],
  [["a", "b"], { a: 0.4286, b: 0.5714 }],
])("weights need not add up, and two touches ignore the middle: %s", async (pages, expected) => {
  const { tell, credits } = storyOf(house, `weights ${pages.length}`);
  await tell([[...views(pages), { at: at(5), call: "any" }]]);

  const model = { kind: "CUSTOM", firstWeight: 30, middleWeight: 10, lastWeight: 40 };

  expect(rounded(await credits(model), 4)).toEqual(expected);
});

test("the same thousand calls have six service levels", async () => {
  const waits = [
    ...Array(860).fill(["HANDLED", 10]),
    ...Array(140).fill(["HANDLED", 30]),
    ...Array(10).fill(["ABANDONED", 3]),
    ...Array(10).fill(["ABANDONED", 10]),
    ...Array(40).fill(["ABANDONED", 60]),
  ].map(([outcome, queueSeconds], i) => ({
    source: "acd",
    sourceId: String(i),
    startedAt: at(i % 60),
    durationSeconds: 100,
    queueSeconds,
    outcome,
  }));
  for (let from = 0; from < waits.length; from += 500) await house.post("/v1/calls", waits.slice(from, from + 500));

  const reply = await house.post("/v1/reports/contact-centre-kpis", { period: PERIOD });
  const { rows } = (await reply.json()) as { rows: { serviceLevels: { method: string; value: number }[] }[] };
  const levels = rows[0]!.serviceLevels.map(({ method, value }) => [method, value]);

  expect(rounded(Object.fromEntries(levels), 4)).toEqual({
    ALL_IN: 0.8302,
    ANSWERED_ONLY: 0.86,
    ABANDON_NEGATIVE: 0.8113,
    IGNORE_EARLY_ABANDON: 0.8269,
    SHORT_CREDITED: 0.8208,
    SHORT_EXCLUDED: 0.819,
  });
});

test("a shared device is each one's from their log-in on, and the first one's before it", async () => {
  const device = { namespace: "cookie", value: "device-1" };
  const login = (value: string) => [{ namespace: "login", value }, device];
  const page = { source: "web", kind: "PAGE_VIEW", channel: "WEB" };
  const seen = [
    [1, [device]],
    [2, [device]],
    [3, login("ryan")],
    [7, [device]],
    [8, login("cassidy")],
    [23 * 60, [device]],
  ] as const;
  await house.post(
    "/v1/touchpoints",
    seen.map(([minute, identities], i) => ({ ...page, sourceId: String(i), occurredAt: at(minute), identities })),
  );

  const input = { period: PERIOD, metric: { kinds: ["PAGE_VIEW"] }, bounds: [1, 2, 3, 4, 5] };
  const reply = await house.post("/v1/reports/histogram", input);
  const { buckets } = (await reply.json()) as { buckets: { label: string; customers: number }[] };

  expect(buckets.filter(({ customers }) => customers > 0)).toMatchObject([
    { label: "2", customers: 1 },
    { label: "4", customers: 1 },
  ]);
});
