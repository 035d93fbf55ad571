import fc from "fast-check";
import { expect, test } from "vitest";
import { fromUnix, instantIn, isDay } from "../../src/kit/instant.ts";
import { draws } from "./draws.ts";

const moments = fc.date({
  min: new Date("0001-01-02T00:00:00Z"),
  max: new Date("9999-12-30T00:00:00Z"),
  noInvalidDate: true,
});
const minutes = fc.integer({ min: 0, max: 23 * 60 + 59 });

/** The moment as text, in a zone that is `offset` minutes ahead of UTC. */
function spell(
  moment: Date,
  offset: number,
  { gap, colon, zulu }: { gap: string; colon: string; zulu: string },
): string {
  const shown = new Date(moment.getTime() + offset * 60_000).toISOString();
  const ahead = Math.abs(offset);
  const digits = (value: number) => String(value).padStart(2, "0");
  const zone = `${offset < 0 ? "-" : "+"}${digits(Math.floor(ahead / 60))}${colon}${digits(ahead % 60)}`;
  return `${shown.slice(0, 10)}${gap}${shown.slice(11, 23)}${offset === 0 ? zulu : zone}`;
}

const spellings = fc.record({
  gap: fc.constantFrom("T", "t", " "),
  colon: fc.constantFrom(":", ""),
  zulu: fc.constantFrom("Z", "z", "+00:00", "-0000"),
});

test("every spelling of an instant, in any zone, is that instant", () => {
  fc.assert(
    fc.property(moments, minutes, fc.boolean(), spellings, (moment, ahead, isWest, spelling) => {
      const text = spell(moment, isWest ? -Math.min(ahead, 720) : Math.min(ahead, 840), spelling);

      expect(instantIn(text)).toEqual(moment);
      expect(instantIn(` ${text}\n`)).toEqual(moment);
    }),
    draws(300),
  );
});

test("seconds and milliseconds since 1970 are told apart", () => {
  const days = fc.date({
    min: new Date("1977-01-01T00:00:00Z"),
    max: new Date("5000-01-01T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(days, (moment) => {
      expect(instantIn(moment.getTime())).toEqual(moment);
      expect(instantIn(moment.getTime() / 1_000)).toEqual(moment);
    }),
    draws(300),
  );
});

test("a time without a zone is one of the zone that is given, and of none otherwise", () => {
  expect(instantIn("2026-07-01 09:30", "Europe/Stockholm")).toEqual(new Date("2026-07-01T07:30:00Z"));
  expect(instantIn("2026-12-01T09:30:00.25", "Europe/Stockholm")).toEqual(new Date("2026-12-01T08:30:00.250Z"));
  expect(instantIn("2026-12-01T09:30:00Z", "Europe/Stockholm")).toEqual(new Date("2026-12-01T09:30:00Z"));
  expect(instantIn("2026-07-01 09:30")).toBeNull();
});

test("what logs and databases write is read", () => {
  expect(instantIn("2026-11-20 09:30:00,25+01")).toEqual(new Date("2026-11-20T08:30:00.250Z"));
});

test.each([
  "2026-02-30T10:00:00Z",
  "2025-02-29T10:00:00+01:00",
  "2026-11-20T25:00:00Z",
  "2026-11-20T09:60:00Z",
  "2026-11-20T09:30:00+25:00",
  "2026-11-20",
  "2026-11-20T09Z",
  "26-11-20T09:30:00Z",
  "1763631000",
  "tomorrow",
  "",
  true,
  null,
  undefined,
  {},
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e300,
  202603021000,
  197001010000,
  new Date("never"),
])("%j is no instant", (given) => {
  expect(instantIn(given)).toBeNull();
  expect(instantIn(given, "UTC")).toBeNull();
});

test("whatever is sent, the answer is an instant or null", () => {
  fc.assert(
    fc.property(fc.anything({ withDate: true }), (given) => {
      const instant = instantIn(given);

      expect(instant === null || Number.isFinite(instant.getTime())).toBe(true);
    }),
    draws(1_000),
  );
});

test("a day is one of the calendar", () => {
  expect(["2026-02-28", "2024-02-29", "0001-01-01"].filter((day) => !isDay(day))).toEqual([]);
  expect(["2026-02-29", "2026-13-01", "2026-1-1", "", "2026-11-20T00:00:00Z"].filter(isDay)).toEqual([]);
});

test("Unix time keeps milliseconds and rounds beyond", () => {
  expect(fromUnix(1_763_631_000.1234)).toEqual(new Date(1_763_631_000_123));
});
