import fc from "fast-check";
import { expect, test } from "vitest";
import { readAggregate } from "../../../src/reports/aggregate/aggregate.report.ts";
import {
  AggregateInput,
  type AggregateReportType,
  type AggregateRowType,
} from "../../../src/reports/aggregate/aggregate.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import { clearWorld } from "../kit/rows.ts";
import { at, day, given } from "../kit/world.ts";
import { expectToAddUp } from "../people/open.ts";
import { questions, worlds } from "./questions.ts";
import { measured, rowsOf, type Unit, unitsOf } from "./recount.ts";

const house = useDatabase();
const journeys = useJourneys(house);

/** What each row counts, by its values. */
const counted = ({ rows, other, total }: AggregateReportType) => [
  ...rows.map(({ group, units }) => [...group.map(({ value }) => value), units]),
  ...(other ? [["other", other.units]] : []),
  ["total", total.units],
];

test("counts interactions by channel, visits among them, the commonest first and the rest together", async () => {
  await given(house.db, {
    ann: "page /home 09:00 > call billing 09:30-09:40 > call billing 11:00",
    bob: "call moving 10:00 > chat hello 10:20",
    cat: "bot balance 12:00 > page /home 4T12:00",
  });
  const asked = { of: "INTERACTIONS" as const, period: day };

  const all = await readAggregate(journeys, ask(AggregateInput, { ...asked, groupBy: [{ dimension: "CHANNEL" }] }));
  const two = await readAggregate(
    journeys,
    ask(AggregateInput, { ...asked, groupBy: [{ dimension: "CALL_REASON" }], first: 2 }),
  );

  expect(counted(all)).toEqual([
    ["VOICE", 3],
    ["BOT", 1],
    ["CHAT", 1],
    ["WEB", 1],
    ["total", 6],
  ]);
  expect(counted(two)).toEqual([
    [null, 3],
    ["billing", 2],
    ["other", 1],
    ["total", 6],
  ]);
});

test("a visit, a journey and a customer count once, with the values of their first event that is meant", async () => {
  await given(house.db, { ann: "page /home 09:00 > page /help 09:10 > call billing 09:30 > page /home 14:00" });
  const of = (unit: AggregateInput["of"]) =>
    readAggregate(
      journeys,
      ask(AggregateInput, {
        of: unit,
        period: day,
        matcher: { not: { names: ["/home"] } },
        groupBy: [{ dimension: "CHANNEL" }],
      }),
    ).then(counted);

  const customers = await of("CUSTOMERS");
  const touchpoints = await of("TOUCHPOINTS");
  const contacts = await of("CONTACTS");

  expect(customers).toEqual([
    ["WEB", 1],
    ["total", 1],
  ]);
  expect(touchpoints).toEqual([
    ["VOICE", 1],
    ["WEB", 1],
    ["total", 2],
  ]);
  expect(contacts).toEqual([
    ["VOICE", 1],
    ["total", 1],
  ]);
});

test("counts by quarter and year of a time zone, in the order of the calendar", async () => {
  const touch = (at: string) => ({ at: new Date(at), channel: "WEB", kind: "PAGE_VIEW", name: "/home" });
  const ann = ["2025-12-31T22:00Z", "2025-12-31T23:30Z", "2026-03-31T22:30Z", "2026-07-01T12:00Z"].map(touch);
  await given(house.db, { ann: { events: ann } });
  const by = async (interval: "QUARTER" | "YEAR") => {
    const period = { from: new Date("2025-01-01T00:00Z"), to: new Date("2027-01-01T00:00Z") };
    const asked = { of: "TOUCHPOINTS" as const, period, groupBy: [{ interval }], timeZone: "Europe/Stockholm" };
    return counted(await readAggregate(journeys, ask(AggregateInput, asked)));
  };

  const quarters = await by("QUARTER");
  const years = await by("YEAR");

  expect(quarters).toEqual([
    ["2025-09-30T22:00:00.000Z", 1],
    ["2025-12-31T23:00:00.000Z", 1],
    ["2026-03-31T22:00:00.000Z", 1],
    ["2026-06-30T22:00:00.000Z", 1],
    ["total", 4],
  ]);
  expect(years).toEqual([
    ["2024-12-31T23:00:00.000Z", 1],
    ["2025-12-31T23:00:00.000Z", 3],
    ["total", 4],
  ]);
});

test("adds amounts up to the penny", async () => {
  const call = (i: number) => ({
    at: at(`0${i % 9}:00`),
    channel: "VOICE",
    kind: "CALL",
    cost: [0.1, "EUR"] as [number, string],
  });
  const world = Array.from({ length: 30 }, (_, i) => [`p${i}`, { events: [call(i)] }] as const);
  await given(house.db, Object.fromEntries(world));
  const asked = {
    of: "INTERACTIONS" as const,
    period: day,
    measures: [{ measure: "SUM" as const, attribute: "cost.EUR" }],
  };

  const { total } = await readAggregate(journeys, ask(AggregateInput, asked));

  expect(total.figures[0]!.value).toBe(3);
});

test("answers an empty period with nothing but a total of none", async () => {
  const asked = { of: "CUSTOMERS" as const, period: day, groupBy: [{ dimension: "CHANNEL" as const }] };

  const report = await readAggregate(journeys, ask(AggregateInput, asked));

  expect(report).toMatchObject({ rows: [], other: null, total: { units: 0 }, combinations: 0 });
});

test("puts every unit into the rows that a slow recount of any world does, with the same figures", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, questions, async (people, question) => {
      await clearWorld(house.db);
      const world = await given(house.db, people);
      const input = ask(AggregateInput, question);

      const report = await readAggregate(journeys.seenBy(EVERYTHING), input);

      const all = unitsOf(world, input);
      const rows = new Map(all.map((unit) => [unit, rowsOf(world, unit, input)]));
      const agrees = (row: AggregateRowType, units: readonly Unit[]) => {
        expect(row.units).toBe(units.length);
        for (const [place, asked] of input.measures!.entries()) {
          const expected = measured(world, { units, all }, asked);
          const { value } = row.figures[place]!;
          if (expected === null || value === null) expect({ asked, value }).toEqual({ asked, value: expected });
          else expect(value).toBeCloseTo(expected, 9);
        }
      };
      const shown = report.rows.map((row) => JSON.stringify(row.group.map(({ value }) => value)));
      for (const [place, row] of report.rows.entries()) {
        agrees(
          row,
          all.filter((unit) => rows.get(unit)!.includes(shown[place]!)),
        );
      }
      agrees(report.total, all);
      const opened = [
        { cell: { part: "TOTAL" as const, group: [] }, row: report.total },
        ...(report.other ? [{ cell: { part: "OTHER" as const, group: [] }, row: report.other }] : []),
        ...report.rows.map((row) => ({
          cell: { part: "ROW" as const, group: row.group.map(({ value }) => value) },
          row,
        })),
      ];
      const ofCustomers = input.measures!.findIndex(({ measure }) => measure === "CUSTOMERS");
      const cells = opened.map(({ cell, row }) => ({
        cell: { aggregate: { report: input, cell } },
        figure: row.units,
        ...(ofCustomers !== -1 && { identified: row.figures[ofCustomers]!.value! }),
      }));
      await expectToAddUp(journeys.seenBy(EVERYTHING), cells);
      if (input.groupBy.length === 0) return;
      const rest = all.filter((unit) => rows.get(unit)!.some((row) => !shown.includes(row)));
      expect(report.other !== null).toBe(rest.length > 0);
      if (report.other) agrees(report.other, rest);
      const combinations = new Set([...rows.values()].flat()).size;
      expect(report.combinations).toBe(combinations);
      expect(report.rows).toHaveLength(Math.min(combinations, input.first));
      const first = report.rows.map((row) => row.figures[0]!.value ?? Number.NEGATIVE_INFINITY);
      const isByName = "interval" in input.groupBy[0]! || input.groupBy[0]?.attribute?.bounds;
      const isNumber = ["age", "csatScore"].includes(input.groupBy[0]?.attribute?.attribute ?? "");
      if (!isByName && !isNumber) expect(first).toEqual(first.toSorted((a, b) => b - a));
    }),
    draws(12),
  );
});

/** The scopes of somebody who may read it all. */
const EVERYTHING = new Set(["customers:personal", "interactions:notes"]);
