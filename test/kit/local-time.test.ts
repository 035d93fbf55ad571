import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import type * as LocalTime from "../../src/kit/local-time.ts";
import { AmbiguousTime, instantAt, readingsOf, wallAt } from "../../src/kit/local-time.ts";
import { draws } from "./draws.ts";

afterEach(() => void vi.restoreAllMocks());

const at = (text: string) => Date.parse(`${text}Z`);

const ZONES = [
  "Europe/London",
  "Europe/Stockholm",
  "America/New_York",
  "America/St_Johns",
  "America/Sao_Paulo",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
  "Asia/Tehran",
  "Africa/Casablanca",
  "Pacific/Apia",
  "Pacific/Kiritimati",
  "Etc/GMT+12",
  "UTC",
];
const zones = fc.constantFrom(...ZONES);
const instants = fc.date({
  min: new Date("1975-01-01T00:00:00Z"),
  max: new Date("2038-01-01T00:00:00Z"),
  noInvalidDate: true,
});

test.each([
  ["summer", "Europe/Stockholm", "2026-07-01T10:00:00", "2026-07-01T08:00:00.000Z"],
  ["winter", "Europe/Stockholm", "2026-01-01T10:00:00", "2026-01-01T09:00:00.000Z"],
  ["the minute before an hour that comes twice", "Europe/London", "2026-10-25T00:59:00", "2026-10-24T23:59:00.000Z"],
  ["the minute after it", "Europe/London", "2026-10-25T02:00:00", "2026-10-25T02:00:00.000Z"],
  ["the minute before an hour that is skipped", "Europe/London", "2026-03-29T00:59:00", "2026-03-29T00:59:00.000Z"],
  ["a zone of half an hour", "Asia/Kolkata", "2026-03-02T10:00:00", "2026-03-02T04:30:00.000Z"],
])("%s is read in one way", (_, zone, wall, expected) => {
  const time = instantAt(at(wall), zone);

  expect([time.toISOString(), readingsOf(time)]).toEqual([expected, [time]]);
});

test.each([
  ["London, in autumn", "Europe/London", "2026-10-25T01:30:00", "2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"],
  ["Stockholm", "Europe/Stockholm", "2026-10-25T02:30:00", "2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"],
  ["New York", "America/New_York", "2026-11-01T01:30:00", "2026-11-01T05:30:00.000Z", "2026-11-01T06:30:00.000Z"],
  [
    "half an hour",
    "Australia/Lord_Howe",
    "2026-04-05T01:45:00",
    "2026-04-04T14:45:00.000Z",
    "2026-04-04T15:15:00.000Z",
  ],
  [
    "the skipped hour",
    "Europe/Stockholm",
    "2026-03-29T02:30:00",
    "2026-03-29T01:30:00.000Z",
    "2026-03-29T00:30:00.000Z",
  ],
  ["a skipped day", "Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00.000Z", "2011-12-29T22:00:00.000Z"],
])("%s is read in two ways, the usual one first", (_, zone, wall, first, other) => {
  const time = instantAt(at(wall), zone);

  expect(time).toBeInstanceOf(AmbiguousTime);
  expect(readingsOf(time).map((reading) => reading.toISOString())).toEqual([first, other]);
});

test("what a clock shows at an instant is read as that instant, or may be", () => {
  fc.assert(
    fc.property(instants, zones, (instant, zone) => {
      const readings = readingsOf(instantAt(wallAt(instant, zone), zone));

      expect(readings.map((reading) => reading.getTime())).toContain(instant.getTime());
    }),
    draws(500),
  );
});

describe("what is read does not depend on the day that it is read on", () => {
  const walls = ZONES.flatMap((zone) =>
    [
      "2026-03-29T01:30",
      "2026-03-29T02:30",
      "2026-07-01T12:00",
      "2026-10-25T01:30",
      "2026-10-25T02:30",
      "2026-11-01T01:30",
    ].map((wall) => [zone, at(wall)] as const),
  );
  let loads = 0;
  /** Loads the module anew each time, so that nothing it cached in an earlier call answers a later one. */
  async function readAll() {
    loads += 1;
    const anew = `../../src/kit/local-time.ts?load=${loads}`;
    const fresh: typeof LocalTime = await import(anew);
    return walls.map(([zone, wall]) => fresh.readingsOf(fresh.instantAt(wall, zone)).map((time) => time.getTime()));
  }

  test.each(["2026-01-15", "2026-07-15", "2026-10-25T00:45:00Z", "2026-11-15"])("read on %s", async (day) => {
    const today = await readAll();
    vi.spyOn(Date, "now").mockReturnValue(Date.parse(day));

    expect(await readAll()).toEqual(today);
  });
});
