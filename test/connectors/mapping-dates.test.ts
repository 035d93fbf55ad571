import fc from "fast-check";
import { Settings } from "luxon";
import { afterEach, describe, expect, test, vi } from "vitest";
import { readMapping } from "../../src/connectors/mapping/read.ts";
import { draws } from "../kit/draws.ts";
import { field } from "./mapping-rows.ts";

afterEach(() => void vi.useRealTimers());

/** The time that a cell is read as, in the zone of its source; or why it is refused. */
function at(cell: string, { format = "", zone = "UTC", top = "", more = "" } = {}): unknown {
  const rule = format ? `{ column: a, format: ${JSON.stringify(format)}${more} }` : "a";
  const time = field("startedAt", rule, { row: { a: cell }, top: `settings: { timeZone: ${zone} }\n${top}` });
  return time instanceof Date ? time.toISOString().replace(":00.000Z", "Z").replace(".000Z", "Z") : time;
}

describe("each part of a time must stand in its cell", () => {
  test.each([
    ["09:30", "BAD_VALUE"],
    ["10:15:00", "BAD_VALUE"],
    ["T10:15", "BAD_VALUE"],
    ["9:30 AM", "BAD_VALUE"],
    ["2026", "BAD_VALUE"],
    ["2026-03", "BAD_VALUE"],
    ["2026-W10", "BAD_VALUE"],
    ["--03-02", "BAD_VALUE"],
    ["03-02", "BAD_VALUE"],
    ["2026-03-02T10", "BAD_VALUE"],
    ["20260302", "BAD_VALUE"],
    ["260302", "BAD_VALUE"],
    ["202603021000", "BAD_VALUE"],
    ["20260302100000", "BAD_VALUE"],
    ["20260302100000123", "BAD_VALUE"],
    ["2603021000", "BAD_VALUE"],
    ["260302100000", "BAD_VALUE"],
    ["46083", "BAD_VALUE"],
    ["46083.4166666667", "BAD_VALUE"],
    ["0.4166666667", "BAD_VALUE"],
    ["101500000", "BAD_VALUE"],
    ["1772445600000000", "BAD_VALUE"],
    ["-1772445600", "BAD_VALUE"],
    ["1.772E+09", "BAD_VALUE"],
    ["02/03/2026 10:00", "BAD_VALUE"],
    ["2 March 2026 10:00", "BAD_VALUE"],
    ["Mon Mar 02 2026", "BAD_VALUE"],
    ["today", "BAD_VALUE"],
    ["now", "BAD_VALUE"],
    ["2026-02-30", "BAD_VALUE"],
    ["2026-03-02", "2026-03-02T00:00Z"],
    ["2026-W10-1", "2026-03-02T00:00Z"],
    ["2026-061", "2026-03-02T00:00Z"],
    ["2026-03-02T10:00Z", "2026-03-02T10:00Z"],
    ["2026-03-02 10:00:30,5", "2026-03-02T10:00:30.500Z"],
    ["20260302T100000Z", "2026-03-02T10:00Z"],
    ["20260302T1000+0100", "2026-03-02T09:00Z"],
    ["1772445600", "2026-03-02T10:00Z"],
    ["1772445600.25", "2026-03-02T10:00:00.250Z"],
    ["1772445600000", "2026-03-02T10:00Z"],
  ])("%s where no format is stated: %s", (cell, expected) => {
    expect(at(cell)).toBe(expected);
  });

  test.each([
    ["yyyyMMddHHmm", "202603021000", "2026-03-02T10:00Z"],
    ["yyyyMMddHHmmss", "20260302100005", "2026-03-02T10:00:05Z"],
    ["yyMMddHHmm", "2603021000", "2026-03-02T10:00Z"],
    ["iso", "20260302", "2026-03-02T00:00Z"],
    ["unix", "915148800", "1999-01-01T00:00Z"],
    ["x", "1772445600123", "2026-03-02T10:00:00.123Z"],
    ["yyyy-ooo", "2026-061", "2026-03-02T00:00Z"],
    ["dd.MM.yyyy", "31.02.2026", "BAD_VALUE"],
    ["dd.MM.yyyy HH:mm", "02.03.2026 24:00", "2026-03-03T00:00Z"],
    ["dd.MM.yyyy HH:mm", "02.03.2026 24:01", "BAD_VALUE"],
    ["dd.MM.yyyy HH:mm", "02.03.2026", "BAD_VALUE"],
    ["M/d/yyyy h:mm a", "3/2/2026 12:05 AM", "2026-03-02T00:05Z"],
    ["M/d/yyyy h:mm a", "3/2/2026 1:05 p.m.", "2026-03-02T13:05Z"],
    ["M/d/yyyy h:mm a", "3/2/2026 13:05 PM", "BAD_VALUE"],
    ["EEE, d MMM yyyy HH:mm:ss ZZZ", "Mon, 2 Mar 2026 10:00:00 +0100", "2026-03-02T09:00Z"],
    ["EEE, d MMM yyyy HH:mm:ss ZZZ", "Tue, 2 Mar 2026 10:00:00 +0100", "BAD_VALUE"],
    ["yyyy-MM-dd HH:mm z", "2026-07-02 10:00 Europe/Stockholm", "2026-07-02T08:00Z"],
    ["yyyy-MM-dd HH:mm z", "2026-07-02 10:00 Nowhere", "BAD_VALUE"],
    ["d 'of' MMMM yyyy", "2 of March 2026", "2026-03-02T00:00Z"],
    ["yyyy-MM-dd", "0026-03-02", "BAD_VALUE"],
  ])("as %s, %s is %s", (format, cell, expected) => {
    expect(at(cell, { format })).toBe(expected);
  });

  test.each([
    ["HH:mm", /"HH:mm" names no whole day.*template/],
    ["dd/MM HH:mm", /names no whole day/],
    ["yyyy-MM", /names no whole day/],
    ["dd/MM/yyyy hh:mm", /h \(hours to 12\) goes with a/],
    ["dd/MM/yyyy HH:mm a", /h \(hours to 12\) goes with a/],
    ["dd/mm/yyyy", /names no whole day/],
    ["DD/MM/YYYY", /"DD" is no part of a time; the parts are yyyy,/],
    ["yyyy-MM-ddTHH:mm", /"T" is no part.*words stand in 'quotes'/],
  ])("a mapping with the format %s is refused when it is read", (format, expected) => {
    expect(() => at("x", { format })).toThrow(expected);
  });

  test("a clock time takes the day of the time that it follows, and nobody's of today", () => {
    const top = "values: { start: { column: s, as: date, format: dd/MM/yyyy HH:mm } }";
    const end = (s: string, e: string) => {
      const row = { s, e };
      return field("endedAt", "{ column: e, format: HH:mm, rollsOver: start }", { row, top });
    };

    expect(end("02/03/2026 23:50", "00:10")).toEqual(new Date("2026-03-03T00:10:00Z"));
    expect(end("02/03/2026 09:50", "10:10")).toEqual(new Date("2026-03-02T10:10:00Z"));
    expect(end("", "10:10")).toBe("BAD_VALUE");
  });
});

describe("months have names", () => {
  const NAMES = "January February March April May June July August September October November December".split(" ");
  const ends = fc.constantFrom("", ".");
  const cased = fc.constantFrom(
    String,
    (name: string) => name.toUpperCase(),
    (name: string) => name.toLowerCase(),
  );

  test("in full, in three letters and in four, whatever the format's M", () => {
    fc.assert(
      fc.property(
        fc.nat(11),
        fc.constantFrom(3, 4, 99),
        cased,
        ends,
        fc.constantFrom("MMM", "MMMM", "LLL"),
        (month, length, letters, end, token) => {
          const name = letters(NAMES[month]!.slice(0, length)) + end;
          const number = String(month + 1).padStart(2, "0");

          expect(at(`05-${name}-2024`, { format: `dd-${token}-yyyy` })).toBe(`2024-${number}-05T00:00Z`);
          expect(at(`05${letters(NAMES[month]!.slice(0, 3))}2024`, { format: `dd${token}yyyy` })).toBe(
            `2024-${number}-05T00:00Z`,
          );
        },
      ),
      draws(40),
    );
  });

  test.each([
    ["sv-SE", "d MMM yyyy", ["5 mars 2024", "5 mar 2024", "5 Mars. 2024", "5 March 2024"], "2024-03-05T00:00Z"],
    ["de", "d. MMMM yyyy", ["5. März 2024", "5. Mär 2024", "5. mar. 2024", "5. MÄRZ 2024"], "2024-03-05T00:00Z"],
    ["de-AT", "d. MMMM yyyy", ["5. Jänner 2024", "5. Jän. 2024", "5. January 2024"], "2024-01-05T00:00Z"],
    ["fr-FR", "d MMM yyyy", ["5 août 2024", "5 AOUT 2024", "5 Aug 2024"], "2024-08-05T00:00Z"],
    ["fr-FR", "d MMM yyyy", ["5 juil. 2024", "5 juillet 2024", "5 July 2024"], "2024-07-05T00:00Z"],
    ["fr-FR", "d MMM yyyy", ["5 jui 2024"], "BAD_VALUE"],
    [
      "es",
      "d 'de' MMMM 'de' yyyy",
      ["5 de septiembre de 2024", "5 de sept. de 2024", "5 de SEP de 2024"],
      "2024-09-05T00:00Z",
    ],
    ["pl-PL", "d MMMM yyyy", ["5 września 2024", "5 wrzesień 2024", "5 wrz 2024"], "2024-09-05T00:00Z"],
    ["ru", "d MMMM yyyy", ["5 сентября 2024", "5 сентябрь 2024", "5 сен 2024", "5 сент. 2024"], "2024-09-05T00:00Z"],
    ["tr", "d MMMM yyyy", ["5 Ağustos 2024", "5 Ağu 2024"], "2024-08-05T00:00Z"],
    ["sv", "EEEE d MMM yyyy", ["tisdag 5 mars 2024", "tis 5 mars 2024", "Tuesday 5 March 2024"], "2024-03-05T00:00Z"],
    ["sv", "EEEE d MMM yyyy", ["onsdag 5 mars 2024"], "BAD_VALUE"],
  ])("of %s too", (locale, format, cells, expected) => {
    expect(cells.map((cell) => at(cell, { format, top: `locale: ${locale}` }))).toEqual(cells.map(() => expected));
  });

  test("only of the language that is stated, and of English", () => {
    expect(at("5 März 2024", { format: "d MMMM yyyy" })).toBe("BAD_VALUE");
    expect(at("5 augusti 2024", { format: "d MMMM yyyy" })).toBe("BAD_VALUE");
    expect(() => readMapping("source: x\nformat: csv\nlocale: swedish please\nrecords: []", "t")).toThrow(
      /locale: is no language/,
    );
  });
});

describe("what is read does not depend on the day that it is read on", () => {
  const CELLS: readonly [cell: string, format: string][] = [
    ["2026-10-25 01:30:00", ""],
    ["2026-03-29 01:30:00", ""],
    ["25/10/2026 01:30", "dd/MM/yyyy HH:mm"],
    ["01/11/2026 01:30", "dd/MM/yyyy HH:mm"],
    ["2026-W44-7", "iso"],
    ["2026-10-25 01:30 America/New_York", "yyyy-MM-dd HH:mm z"],
    ["29-Feb-2024", "dd-MMM-yyyy"],
    ["31.12.60", "dd.MM.yy"],
    ["09:30", ""],
    ["2026", ""],
  ];
  const ZONES = ["Europe/London", "Europe/Stockholm", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "UTC"];
  const readAll = () => ZONES.flatMap((zone) => CELLS.map(([cell, format]) => at(cell, { format, zone })));

  test.each(["2026-01-15T12:00:00Z", "2026-07-15T12:00:00Z", "2026-11-15T12:00:00Z", "2028-02-29T00:30:00Z"])(
    "read on %s",
    (now) => {
      const today = readAll();
      vi.useFakeTimers({ toFake: ["Date"], now: new Date(now) });

      expect(readAll()).toEqual(today);
      expect(new Date(Settings.now()).toISOString().slice(0, 10)).toBe(now.slice(0, 10));
    },
  );

  test("of an hour that comes twice it is the first", () => {
    expect(at("2026-10-25 01:30:00", { zone: "Europe/London" })).toBe("2026-10-25T00:30Z");
    expect(at("25/10/2026 02:30", { zone: "Europe/Stockholm", format: "dd/MM/yyyy HH:mm" })).toBe("2026-10-25T00:30Z");
    expect(at("01/11/2026 01:30", { zone: "America/New_York", format: "dd/MM/yyyy HH:mm" })).toBe("2026-11-01T05:30Z");
  });
});
