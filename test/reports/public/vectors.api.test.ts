import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { useApp } from "../../app/use-app.ts";
import { type Attribution, type Credits, type Moment, rounded, storyOf } from "./story.ts";

const VECTORS = fileURLToPath(new URL("../../../../shared/data/vectors/", import.meta.url));
// biome-ignore lint/suspicious/noExplicitAny: each file has a shape of its own
const read = (name: string): any => JSON.parse(readFileSync(`${VECTORS}${name}.json`, "utf8"));

const NOON = Date.UTC(2026, 10, 20, 12);
const minutesBefore = (minutes: number) => new Date(NOON - minutes * 60_000);
const DAY = 24 * 60;

const house = useApp();

/** A path of pages, a minute apart, that ends in a call unless nothing came of it. */
function journey(pages: readonly (string | null)[], isCall = true): Moment[] {
  const views = pages.map((page, i) => ({ at: minutesBefore(pages.length - i), page }));
  return isCall ? [...views, { at: minutesBefore(0), call: "any" }] : views;
}

/** `a > b` as pages; an empty step is a page without a name. */
function path(text: string): (string | null)[] {
  return text.split(">").map((page) => page.trim() || null);
}

test("four pages before a call share it by every model as worked out by hand", async () => {
  const { tell, credits } = storyOf(house, "gv2");
  const pages = [
    ["/home", 45],
    ["/billing", 35],
    ["/billing", 25],
    ["/contact", 15],
  ] as const;
  await tell([
    [...pages.map(([page, ago]) => ({ at: minutesBefore(ago), page })), { at: minutesBefore(0), call: "bill" }],
  ]);

  const of = async (kind: string, rest = {}, more = {}) => rounded(await credits({ kind, ...rest }, more), 4);

  expect(await of("TIME_DECAY", { halfLifeMinutes: 15 })).toEqual({
    "/billing": 0.451,
    "/contact": 0.4392,
    "/home": 0.1098,
  });
  expect(await of("LINEAR")).toEqual({ "/billing": 0.5, "/contact": 0.25, "/home": 0.25 });
  expect(await of("LINEAR", {}, { touchDedup: "CONSECUTIVE" })).toEqual({
    "/billing": 0.3333,
    "/contact": 0.3333,
    "/home": 0.3333,
  });
  expect(await of("U_SHAPED")).toEqual({ "/billing": 0.2, "/contact": 0.4, "/home": 0.4 });
  expect(await of("J_SHAPED")).toEqual({ "/billing": 0.2, "/contact": 0.6, "/home": 0.2 });
  expect(await of("INVERSE_J")).toEqual({ "/billing": 0.2, "/contact": 0.2, "/home": 0.6 });
  expect(await of("PARTICIPATION")).toEqual({ "/billing": 1, "/contact": 1, "/home": 1 });
  expect(await of("LAST_TOUCH")).toEqual({ "/contact": 1 });
  expect(await of("SAME_TOUCH")).toEqual({ NO_TOUCH_IN_WINDOW: 1 });
});

test("a click at 12:17 and a call at 17:05 are no one session", async () => {
  const { tell, credits } = storyOf(house, "late");
  await tell([
    [
      { at: minutesBefore(288), page: "ad" },
      { at: minutesBefore(0), call: "any" },
    ],
  ]);

  expect(await credits({ kind: "LAST_TOUCH" })).toEqual({ OUT_OF_SESSION: 1 });
  expect(await credits({ kind: "LAST_TOUCH" }, { container: "CUSTOMER" })).toEqual({ ad: 1 });
});

// The vectors may not be copied into the project: without them beside the project these are skipped.
describe.skipIf(!existsSync(VECTORS))("published vectors", () => {
  test("Adobe's purchase of 50 dollars after four channels in three sessions", async () => {
    const { case: purchase } = read("attribution-adobe-cja");
    const KINDS: Record<string, string> = {
      firstTouch: "FIRST_TOUCH",
      linear: "LINEAR",
      jCurve: "J_SHAPED",
      timeDecay: "TIME_DECAY",
    };
    const { tell, credits } = storyOf(house, "cja");
    const end = Date.parse(purchase.conversionAt);
    const touches = purchase.touches.map(({ channel, day }: Record<string, string>) => {
      const ago = (end - Date.parse(day!)) / 60_000;
      return { at: minutesBefore(ago), page: channel };
    });
    await tell([[...touches, { at: minutesBefore(0), call: "buy", revenue: purchase.revenue }]]);

    for (const { model, lookback, credit, halfLifeDays, tolerance = 1e-9 } of purchase.expected) {
      const input = { kind: KINDS[model]!, ...(halfLifeDays && { halfLifeMinutes: halfLifeDays * DAY }) };
      const container = lookback === "session" ? "SESSION" : "CUSTOMER";
      const got = await credits(input, { container, measure: "REVENUE", currency: "USD" });

      expect(Object.keys(got).sort(), `${model} ${lookback}`).toEqual(Object.keys(credit).sort());
      for (const [channel, share] of Object.entries(credit)) {
        expect(Math.abs(got[channel]! - (share as number)), `${model} ${channel}`).toBeLessThanOrEqual(tolerance);
      }
    }
  });

  test("journeys that led to conversions, and journeys that led to none", async () => {
    const { journeys, expected } = read("attribution-mta");
    const { tell, credits } = storyOf(house, "mta");
    await tell(
      journeys.flatMap(([text, conversions, nulls]: [string, number, number]) => [
        ...Array.from({ length: conversions }, () => journey(path(text))),
        ...Array.from({ length: nulls }, () => journey(path(text), false)),
      ]),
    );

    expect(rounded(await credits({ kind: "FIRST_TOUCH" }))).toEqual(rounded(expected.firstTouch));
    expect(rounded(await credits({ kind: "LAST_TOUCH" }))).toEqual(rounded(expected.lastTouch));
    expect(rounded(await credits({ kind: "LINEAR" }))).toEqual(rounded(expected.linear));
    expect(rounded(await credits({ kind: "U_SHAPED" }))).toEqual(rounded(expected.position40_20_40));
    const decayed = await credits({ kind: "TIME_DECAY", halfLifeMinutes: 1 });
    expect(decayed.email!).toBeGreaterThan(decayed.search!);
    expect(decayed.search!).toBeGreaterThan(decayed.social!);
    expect(Object.values(decayed).reduce((sum, credit) => sum + credit)).toBeCloseTo(10, 9);
  });

  // Counting conversions, Shapley's value is linear over distinct items (definitions §3.4); ours counts rates.
  test.each([
    [0, "linearProportional", { kind: "LINEAR" }, {}],
    [1, "position40_40", { kind: "U_SHAPED" }, {}],
    [1, "position30_70", { kind: "CUSTOM", firstWeight: 30, lastWeight: 70 }, {}],
    [2, "firstTouch", { kind: "FIRST_TOUCH" }, {}],
    [2, "lastTouch", { kind: "LAST_TOUCH" }, {}],
    [4, "shapley", { kind: "LINEAR" }, { touchDedup: "FIRST" }],
    [5, "shapley", { kind: "LINEAR" }, { touchDedup: "FIRST" }],
    [6, "shapley", { kind: "LINEAR" }, { touchDedup: "FIRST" }],
  ])("journeys %i: %s", async (place, name, model, rest) => {
    const { [place]: vector } = read("attribution-mta").more;
    const { tell, credits } = storyOf(house, `mta ${place} ${name}`);
    await tell(
      vector.journeys.flatMap(([text, conversions]: [string, number]) =>
        Array.from({ length: conversions }, () => journey(path(text))),
      ),
    );

    expect(rounded(await credits(model, rest))).toEqual(rounded(vector[name]));
  });

  test("what became of a path: repeats in a row, later repeats and a channel that is left out", async () => {
    const { rows } = read("attribution-path-transforms");
    const { tell, ask, nameOf, plainOf } = storyOf(house, "paths");
    await tell(
      rows.map(([raw]: string[], i: number) => [
        ...journey(path(raw!), false),
        { at: minutesBefore(0), call: String(i) },
      ]),
    );
    const shares = async (rest: object) => {
      const { models } = await ask<Attribution>("attribution", {
        models: [{ kind: "LINEAR" }],
        splitBy: "CALL_REASON",
        ...rest,
      });
      return rows.map((_: unknown, i: number) => {
        const of = models[0]!.rows.map(({ item, split }) => [
          plainOf(item),
          split.find(({ value }) => value === String(i)),
        ]);
        return rounded(
          Object.fromEntries(of.flatMap(([item, part]) => (part ? [[item, (part as Share).credit]] : []))),
        );
      });
    };
    const shown = (column: number) => rows.map((row: string[]) => rounded(linear(path(row[column]!))));

    expect(await shares({})).toEqual(shown(3));
    expect(await shares({ touchDedup: "CONSECUTIVE" })).toEqual(shown(5));
    expect(await shares({ touchDedup: "FIRST" })).toEqual(shown(6));
    // Ours leaves it out even where it is all there is, and says EXCLUDED_BY_FILTER.
    const isAll = ({ Direct = 0 }: Credits) => Direct === 1;
    expect(await shares({ exclude: { names: [nameOf("Direct")] } })).toEqual(
      shown(7).map((credits: Credits) => (isAll(credits) ? {} : credits)),
    );
  });

  interface Share {
    credit: number;
  }

  function linear(pages: readonly (string | null)[]): Credits {
    const named = pages.filter((page) => page !== null);
    return Object.fromEntries(
      named.map((page) => [page, named.filter((other) => other === page).length / named.length]),
    );
  }

  test("Adobe's sessions after a pause of more than thirty minutes", async () => {
    const { rows } = read("sessionization-adobe");
    const { tell, ask, credits } = storyOf(house, "sessions");
    await tell([rows.map(([at]: [string], i: number) => ({ at: new Date(`${at}Z`), page: String(i) }))]);

    const pages = { kinds: ["PAGE_VIEW"] };
    const fallout = { steps: [{ name: "any", anyOf: [pages] }], includeAll: true, container: "SESSION" };
    const { steps } = await ask<{ steps: { count: number }[] }>("fallout", fallout);
    const touched = await credits({ kind: "PARTICIPATION" }, { conversions: pages, touches: pages });

    expect(steps[0]!.count).toBe(Math.max(...rows.map((row: number[]) => row[2]!)));
    // Each view is credited with itself and those that follow it in its session.
    const later = (row: number[]) =>
      rows.filter((other: number[]) => other[2] === row[2] && other[4]! >= row[4]!).length;
    expect(touched).toEqual(Object.fromEntries(rows.map((row: number[], i: number) => [String(i), later(row)])));
  });

  // What is known only later (firstKnown, lastKnown) leads to nothing: no touch after a conversion counts.
  test.each([
    ["mostRecent", "LAST_TOUCH"],
    ["original", "FIRST_TOUCH"],
    ["all", "PARTICIPATION"],
  ])("Adobe's persistence, %s: a value holds for the events after it", async (allocation, kind) => {
    const vector = read("persistence-adobe").cases.find((one: { allocation: string }) => one.allocation === allocation);
    const { tell, ask, plainOf } = storyOf(house, allocation);
    const values: (string | null)[] = vector.in;
    await tell([
      values.flatMap((value, i) => [
        ...(value === null ? [] : [{ at: minutesBefore(20 - 2 * i), page: value }]),
        { at: minutesBefore(19 - 2 * i), call: String(i) },
      ]),
    ]);

    const { models } = await ask<Attribution>("attribution", {
      models: [{ kind }],
      container: "CUSTOMER",
      splitBy: "CALL_REASON",
    });
    const held = values.map((_, i) => {
      const rows = models[0]!.rows.filter(({ split }) => split.some(({ value }) => value === String(i)));
      return rows.map(({ item }) => plainOf(item)).sort();
    });

    expect(held).toEqual(vector.out.map((out: string | string[] | null) => (out === null ? [] : [out].flat())));
  });
});
