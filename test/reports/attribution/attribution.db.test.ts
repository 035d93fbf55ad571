import { expect, test } from "vitest";
import { readAttribution } from "../../../src/reports/attribution/attribution.report.ts";
import {
  AttributionInput,
  type AttributionModelResultType,
} from "../../../src/reports/attribution/attribution.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import { at, day, given } from "../kit/world.ts";

const house = useDatabase();
const journeys = useJourneys(house);

/** What a model credits to each item, and to nothing. */
function creditsOf(model: AttributionModelResultType): Record<string, number> {
  const credits = Object.fromEntries(model.rows.map((row) => [row.item, row.credit]));
  return model.unattributed.total === 0 ? credits : { ...credits, none: model.unattributed.total };
}

test("gives the credit of Adobe's published case", async () => {
  const touch = (campaign: string, daysBefore: number, seconds: number) => ({
    at: new Date(Date.UTC(2020, 8, 24 - daysBefore, 12, 0, 0) - seconds * 1000),
    channel: "WEB",
    kind: "PAGE_VIEW",
    name: "/",
    campaign,
  });
  await given(house.db, {
    ann: {
      events: [
        touch("search", 9, 0),
        touch("social", 6, 0),
        touch("email", 0, 0),
        { ...touch("display", 0, 0), channel: "APP" },
        { at: new Date(Date.UTC(2020, 8, 24, 12)), channel: "VOICE", kind: "CALL", revenue: [50, "USD"] },
      ],
    },
  });
  const ofContainer = async (container: "SESSION" | "CUSTOMER") => {
    const { models } = await readAttribution(
      journeys,
      ask(AttributionInput, {
        period: { from: new Date("2020-09-24T00:00Z"), to: new Date("2020-09-25T00:00Z") },
        dimension: "CAMPAIGN",
        measure: "REVENUE",
        currency: "USD",
        container,
        models: [
          { kind: "FIRST_TOUCH" },
          { kind: "LINEAR" },
          { kind: "J_SHAPED" },
          { kind: "PARTICIPATION" },
          { kind: "TIME_DECAY" },
        ],
      }),
    );
    return models.map(creditsOf);
  };

  const [first, linear, jShaped, participation, decay] = await ofContainer("CUSTOMER");
  const [firstOfSession, linearOfSession] = await ofContainer("SESSION");

  expect(first).toEqual({ search: 50 });
  expect(linear).toEqual({ search: 12.5, social: 12.5, email: 12.5, display: 12.5 });
  expect(jShaped).toEqual({ display: 30, search: 10, social: 5, email: 5 });
  expect(participation).toEqual({ display: 50, search: 50, social: 50, email: 50 });
  expect(decay!.search).toBeCloseTo(6.92333326907179, 9);
  expect(decay!.social).toBeCloseTo(9.318115580501726, 9);
  expect(decay!.email).toBeCloseTo(16.879275575213242, 9);
  expect(decay!.display).toBeCloseTo(16.879275575213242, 9);
  expect(firstOfSession).toEqual({ email: 50 });
  expect(linearOfSession).toEqual({ email: 25, display: 25 });
});

test("gives the credit of the seed's session by every model", async () => {
  await given(house.db, {
    ann: "page /home 10:00 > page /billing 10:10 > page /billing 10:20 > page /contact 10:30 > call invoice 10:45",
  });
  const input = ask(AttributionInput, {
    period: day,
    models: [
      { kind: "TIME_DECAY", halfLifeMinutes: 15 },
      { kind: "LINEAR" },
      { kind: "U_SHAPED" },
      { kind: "J_SHAPED" },
      { kind: "INVERSE_J" },
      { kind: "PARTICIPATION" },
      { kind: "LAST_TOUCH" },
      { kind: "SAME_TOUCH" },
    ],
  });

  const { models } = await readAttribution(journeys, input);
  const collapsed = await readAttribution(journeys, { ...input, touchDedup: "CONSECUTIVE" });

  const [decay, ...rest] = models.map(creditsOf);
  expect(decay!["/home"]).toBeCloseTo(0.1098, 4);
  expect(decay!["/billing"]).toBeCloseTo(0.451, 4);
  expect(decay!["/contact"]).toBeCloseTo(0.4392, 4);
  const close = (credits: Record<string, number>) =>
    Object.fromEntries(Object.entries(credits).map(([item, credit]) => [item, expect.closeTo(credit, 12)]));
  expect(rest).toEqual([
    close({ "/home": 0.25, "/billing": 0.5, "/contact": 0.25 }),
    close({ "/home": 0.4, "/billing": 0.2, "/contact": 0.4 }),
    close({ "/home": 0.2, "/billing": 0.2, "/contact": 0.6 }),
    close({ "/home": 0.6, "/billing": 0.2, "/contact": 0.2 }),
    { "/home": 1, "/billing": 1, "/contact": 1 },
    { "/contact": 1 },
    { none: 1 },
  ]);
  expect(creditsOf(collapsed.models[1]!)).toEqual(close({ "/home": 1 / 3, "/billing": 1 / 3, "/contact": 1 / 3 }));
});

test("shares five touches and odd weights as the published positions do", async () => {
  await given(house.db, {
    ann: "page /a 10:00 > page /b 10:01 > page /c 10:02 > page /d 10:03 > page /e 10:04 > call 10:05",
    bob: "page /a 3T10:00 > page /b 3T10:01 > page /c 3T10:02 > page /d 3T10:03 > call 3T10:05",
    cat: "page /a 4T10:00 > page /b 4T10:01 > call 4T10:05",
  });
  const custom = { kind: "CUSTOM" as const, firstWeight: 30, middleWeight: 10, lastWeight: 40 };
  const creditsOn = async (date: number, model: AttributionInput["models"][number]) => {
    const period = { from: at(`${date}T00:00`), to: at(`${date + 1}T00:00`) };
    const { models } = await readAttribution(journeys, ask(AttributionInput, { period, models: [model] }));
    return models[0]!.rows.toSorted((a, b) => (a.item < b.item ? -1 : 1)).map((row) => row.credit);
  };

  const five = await creditsOn(2, { kind: "U_SHAPED" });
  const four = await creditsOn(3, custom);
  const two = await creditsOn(4, custom);

  const close = (numbers: number[]) => numbers.map((number) => expect.closeTo(number, 12));
  expect(five).toEqual(close([0.4, 0.2 / 3, 0.2 / 3, 0.2 / 3, 0.4]));
  expect(four).toEqual(close([0.375, 0.0625, 0.0625, 0.5]));
  expect(two).toEqual(close([3 / 7, 4 / 7]));
});

test("answers an empty period with zeros", async () => {
  await given(house.db, { ann: "page /home 3T10:00 > call 3T10:05" });

  const report = await readAttribution(
    journeys,
    ask(AttributionInput, { period: day, models: [{ kind: "LINEAR" }, { kind: "MARKOV" }, { kind: "ALGORITHMIC" }] }),
  );

  const reasons = ["NO_IDENTITY", "NO_TOUCH_IN_WINDOW", "OUT_OF_SESSION", "EXCLUDED_BY_FILTER"];
  const byReason = reasons.map((reason) => ({ reason, value: 0 }));
  const nothing = { rows: [], attributed: 0, otherRows: 0, unattributed: { total: 0, byReason } };
  expect(report).toEqual({
    knownAt: expect.any(Date),
    forgottenSince: 0,
    excludedByConsent: 0,
    wholeSince: null,
    archivedMonths: [],
    models: [
      { kind: "LINEAR", ...nothing },
      { kind: "MARKOV", ...nothing },
      { kind: "ALGORITHMIC", ...nothing },
    ],
    conversions: 0,
    total: 0,
    otherCurrencies: 0,
  });
});

test("says of each call without a touch why it has none", async () => {
  await given(house.db, {
    ann: "page /home 08:00 > call 12:00",
    bob: "call 12:00",
    cat: "page /legal 11:55 > call 12:00",
    dan: { identity: "RECORD", events: [{ at: at("12:00"), channel: "VOICE", kind: "CALL" }] },
    eve: "page /home 11:55 > call 12:00",
  });
  const input = ask(AttributionInput, {
    period: day,
    models: [{ kind: "LINEAR" }],
    exclude: { namePattern: "/legal*" },
  });

  const { models, total } = await readAttribution(journeys, input);
  const soon = await readAttribution(journeys, { ...input, lookbackMinutes: 60 });

  const valuesOf = ({ unattributed }: AttributionModelResultType) => unattributed.byReason.map(({ value }) => value);
  expect(total).toBe(5);
  expect(valuesOf(models[0]!)).toEqual([1, 1, 1, 1]);
  expect(valuesOf(soon.models[0]!)).toEqual([1, 2, 0, 1]);
});

test("keeps a session open through a long call, and for as long as the timeout after it", async () => {
  await given(house.db, {
    ann: "page /before 08:30 > call first 09:00-10:00 > page /after 10:30 > call second 10:31",
    bob: "page /before 08:30 > call first 09:00-10:00 > call second 10:31",
  });
  const input = ask(AttributionInput, {
    period: { from: at("10:00"), to: at("11:00") },
    models: [{ kind: "LINEAR" }],
  });

  const { models } = await readAttribution(journeys, input);

  expect(creditsOf(models[0]!)).toEqual({ "/before": 0.5, "/after": 0.5, none: 1 });
});

test("counts a call once a session, and worth what it cost in one currency", async () => {
  const call = (time: string, cost: [number, string]) => ({ at: at(time), channel: "VOICE", kind: "CALL", cost });
  const page = { at: at("09:00"), channel: "WEB", kind: "PAGE_VIEW", name: "/home" };
  await given(house.db, {
    ann: { events: [page, call("09:05", [4, "EUR"]), call("09:10", [6, "EUR"])] },
    bob: { events: [page, call("09:05", [9, "SEK"])] },
  });
  const input = ask(AttributionInput, {
    period: day,
    models: [{ kind: "LAST_TOUCH" }],
    measure: "COST",
    currency: "EUR",
    dedup: { scope: "SESSION", keep: "LAST" },
  });

  const report = await readAttribution(journeys, input);

  expect(report).toMatchObject({ conversions: 2, total: 6, otherCurrencies: 1 });
  expect(report.models[0]!.rows).toEqual([
    { item: "/home", section: null, credit: 6, share: 1, conversions: 2, split: [] },
  ]);
});

test.each([
  [{ models: [] }, "Name 1 to 12 `models` to compare."],
  [{ models: [{ kind: "CUSTOM" as const }] }, "Give CUSTOM at least one weight above 0."],
  [{ models: [{ kind: "LINEAR" as const, halfLifeMinutes: 5 }] }, "LINEAR has no `halfLifeMinutes`: leave it out."],
  [{ models: [{ kind: "TIME_DECAY" as const, halfLifeMinutes: 0 }] }, "Give TIME_DECAY a half-life"],
  [{ measure: "COST" as const }, "Name the `currency` to add COST up in"],
  [{ currency: "EUR" }, "`currency` has no meaning for COUNT"],
  [{ period: { from: at("10:00"), to: at("10:00") } }, "The period ends before it begins"],
  [{ period: { from: at("10:00"), to: new Date("2060-01-01") } }, "Ask for a period of at most 20 years."],
  [{ sessionTimeoutMinutes: 0 }, "`sessionTimeoutMinutes` is 0: give a number from 1"],
  [{ first: 1_001 }, "`first` is 1001: give a number from 1 to 1000."],
])("says what to change about %j", async (given, sentence) => {
  const input = ask(AttributionInput, { period: day, models: [{ kind: "LINEAR" }], ...given });

  await expect(readAttribution(journeys, input)).rejects.toThrow(sentence);
});
