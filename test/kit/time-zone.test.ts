import { expect, test } from "vitest";
import { isTimeZone } from "../../src/kit/time-zone.ts";

test("a time zone is what IANA names", () => {
  const names = [
    "UTC",
    "GMT",
    "EST",
    "CET",
    "PRC",
    "Europe/Stockholm",
    "europe/stockholm",
    "Asia/Calcutta",
    "Etc/GMT+1",
  ];

  expect(names.filter((name) => !isTimeZone(name))).toEqual([]);
});

test("a time zone is no offset, and no abbreviation that means two places", () => {
  const names = ["", "+01:00", "UTC+1", "Mars/Base", "IST", "bst", "CST", "AET", "SystemV/PST8", "US/Pacific-New"];

  expect(names.filter(isTimeZone)).toEqual([]);
});
