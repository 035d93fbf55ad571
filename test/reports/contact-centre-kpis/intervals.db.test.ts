import { expect, test } from "vitest";
import { readContactCentreKpis } from "../../../src/reports/contact-centre-kpis/contact-centre-kpis.report.ts";
import { KpiInput } from "../../../src/reports/contact-centre-kpis/contact-centre-kpis.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import { at, day, given } from "../kit/world.ts";
import { leg } from "./legs.ts";

const house = useDatabase();
const journeys = useJourneys(house);

const reading = (question: Partial<KpiInput> = {}) =>
  readContactCentreKpis(journeys, ask(KpiInput, { period: day, ...question }));

test("groups by what contacts have in common, and counts each by the instant asked for", async () => {
  await given(house.db, {
    ann: { events: [leg({ start: "23:59", answer: 90, end: 100, team: "red", outcome: "HANDLED" })] },
    bob: { events: [leg({ team: "red", outcome: "ABANDONED", queue_seconds: 9 }), leg({ channel: "CHAT" })] },
  });
  const groups = async (question: Partial<KpiInput>) =>
    (await reading({ groupBy: ["TEAM", "CHANNEL"], ...question })).rows.map(({ group, contacts }) => [
      ...group.map(({ value }) => value),
      contacts,
    ]);

  expect(await groups({})).toEqual([
    ["red", "VOICE", 2],
    [null, "CHAT", 1],
  ]);
  expect(await groups({ bucketBy: "ANSWER" })).toEqual([]);
  expect(await groups({ bucketBy: "ANSWER", period: { from: day.to, to: at("4T00:00") } })).toEqual([
    ["red", "VOICE", 1],
  ]);
  expect(await groups({ bucketBy: "ENQUEUE" })).toEqual([["red", "VOICE", 2]]);
  expect(await groups({ filter: { teams: ["red"], outcomes: ["ABANDONED"] } })).toEqual([["red", "VOICE", 1]]);
});

test("cuts days where a zone's clocks do, and weeks on Monday", async () => {
  const calls = [
    "2026-10-24T21:59Z",
    "2026-10-24T22:00Z",
    "2026-10-25T00:30Z",
    "2026-10-25T01:30Z",
    "2026-10-25T23:00Z",
  ];
  await given(house.db, { ann: { events: calls.map((time) => ({ ...leg({}), at: new Date(time) })) } });
  const starts = async (question: Partial<KpiInput>) =>
    (
      await reading({
        period: { from: new Date("2026-10-24T00:00Z"), to: new Date("2026-10-26T23:00Z") },
        timeZone: "Europe/Stockholm",
        ...question,
      })
    ).rows
      .filter(({ contacts }) => contacts > 0)
      .map(({ bucketStart, contacts }) => [bucketStart!.toISOString(), contacts]);

  expect(await starts({ interval: "DAY" })).toEqual([
    ["2026-10-23T22:00:00.000Z", 1],
    ["2026-10-24T22:00:00.000Z", 3],
    ["2026-10-25T23:00:00.000Z", 1],
  ]);
  expect(await starts({ interval: "WEEK" })).toEqual([
    ["2026-10-18T22:00:00.000Z", 4],
    ["2026-10-25T23:00:00.000Z", 1],
  ]);
  // The hour from two to three comes twice.
  expect((await starts({ interval: "HOUR" })).slice(2, 4)).toEqual([
    ["2026-10-25T00:00:00.000Z", 1],
    ["2026-10-25T01:00:00.000Z", 1],
  ]);
  expect(await starts({ interval: "MONTH" })).toEqual([["2026-09-30T22:00:00.000Z", 5]]);
});

test("begins a day whose first hour comes twice with the first of the two", async () => {
  const calls = ["2026-11-01T03:59Z", "2026-11-01T04:30Z", "2026-11-01T05:30Z", "2026-11-02T04:59Z"];
  await given(house.db, { ann: { events: calls.map((time) => ({ ...leg({}), at: new Date(time) })) } });

  const { rows } = await reading({
    period: { from: new Date("2026-10-31T04:00Z"), to: new Date("2026-11-02T05:00Z") },
    timeZone: "America/Havana",
    interval: "DAY",
  });

  expect(rows.map(({ bucketStart, contacts }) => [bucketStart!.toISOString(), contacts])).toEqual([
    ["2026-10-31T04:00:00.000Z", 1],
    ["2026-11-01T04:00:00.000Z", 3],
  ]);
});

test("answers an empty period with zeros, and every interval of it", async () => {
  await given(house.db, { ann: { events: [leg({ start: "5T10:00" })] } });

  const {
    serviceLevels,
    firstContactResolution,
    coverage,
    group,
    attributes,
    costPerContact,
    csat,
    bucketStart,
    ...figures
  } = (await reading()).rows[0]!;
  const { rows } = await reading({ interval: "HOUR" });

  const counts = ["contacts", "legs", "calls", "queued", "handled", "abandoned", "shortAbandoned"];
  expect(
    Object.entries(figures)
      .filter(([, value]) => value === 0)
      .map(([name]) => name),
  ).toEqual(counts);
  expect(Object.entries(figures).filter(([, value]) => value !== 0 && value !== null)).toEqual([]);
  expect([group, attributes, costPerContact, csat, bucketStart]).toEqual([[], [], [], [], null]);
  expect(Object.values(coverage).filter(({ known, eligible, share }) => known || eligible || share !== null)).toEqual(
    [],
  );
  expect(serviceLevels).toHaveLength(6);
  expect(firstContactResolution).toHaveLength(4);
  expect(
    [...serviceLevels, ...firstContactResolution].every(
      ({ value, denominator }) => value === null && denominator === 0,
    ),
  ).toBe(true);
  expect(rows).toHaveLength(24);
  expect(await reading({ groupBy: ["TEAM"] })).toEqual({
    knownAt: expect.any(Date),
    forgottenSince: 0,
    excludedByConsent: 0,
    wholeSince: null,
    archivedMonths: [],
    rows: [],
  });
});

test("says what to change in an impossible question", async () => {
  await expect(reading({ groupBy: ["TEAM", "TEAM"] })).rejects.toThrow("each once");
  await expect(reading({ groupBy: ["PAGE"] })).rejects.toThrow("A leg of contact has no PAGE");
  await expect(reading({ timeZone: "Mars/Olympus" })).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: "Name the `timeZone` as IANA does: UTC, Europe/Stockholm.",
  });
  await expect(reading({ timeZone: "+01:00" })).rejects.toThrow("as IANA does");
  await expect(reading({ filter: { channels: [] } })).rejects.toMatchObject({
    code: "BAD_INPUT",
    inputPath: ["filter", "channels"],
  });
  await expect(reading({ repeatWindowDays: 0 })).rejects.toThrow("`repeatWindowDays` is 0: give a number from 1");
  await expect(
    reading({ interval: "HOUR", period: { from: day.from, to: new Date("2040-01-01T00:00Z") } }),
  ).rejects.toThrow("a longer `interval`");
});
