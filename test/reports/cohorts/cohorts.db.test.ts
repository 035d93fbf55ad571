import fc from "fast-check";
import { expect, test } from "vitest";
import { readCohorts } from "../../../src/reports/cohorts/cohorts.report.ts";
import { CohortsInput } from "../../../src/reports/cohorts/cohorts.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import * as random from "../kit/random.ts";
import { clearWorld } from "../kit/rows.ts";
import { at, given } from "../kit/world.ts";
import { behind, crowds, expectToAddUp } from "../people/open.ts";
import { cameBack, cellsOf, type Member, membersOf, startsOf } from "./recount.ts";

const house = useDatabase();
const journeys = useJourneys(house);

const call = { anyOf: [{ kinds: ["CALL" as const] }], atLeast: 1 };
const page = { anyOf: [{ kinds: ["PAGE_VIEW" as const] }], atLeast: 1 };
const fourDays = { from: at("2T00:00"), to: at("6T00:00") };

const tellAll = () =>
  given(house.db, {
    ann: "page /home 2T08:00 > call 2T09:00 > page /home 3T09:00 > page /home 5T09:00",
    bob: "call invoice 2T10:00 > page /home 4T10:00",
    cat: "page /home 2T09:00 > call 3T09:00 > call 4T09:00 > page /home 4T10:00",
    dan: "page /home 2T09:00",
    eve: { identity: "RECORD", events: [{ at: at("2T09:00"), channel: "VOICE", kind: "CALL" }] },
  });

test("puts a customer into the cohort of their first call, and counts on which days they came back", async () => {
  await tellAll();
  const input = ask(CohortsInput, { period: fourDays, interval: "DAY", inclusion: [call], returns: [page] });

  const { rows, intervals } = await readCohorts(journeys, input);
  const rolling = await readCohorts(journeys, { ...input, rolling: true });
  const latency = await readCohorts(journeys, { ...input, latency: true });

  expect(rows.map(({ start, customers }) => [start, customers])).toEqual([
    [at("2T00:00"), 2],
    [at("3T00:00"), 1],
    [at("4T00:00"), 0],
    [at("5T00:00"), 0],
  ]);
  expect(rows[0]!.cells).toEqual([
    { offset: 1, eligible: 2, returned: 1, retention: 1 / 2, churn: 1 / 2 },
    { offset: 2, eligible: 2, returned: 1, retention: 1 / 2, churn: 1 / 2 },
    { offset: 3, eligible: 2, returned: 1, retention: 1 / 2, churn: 1 / 2 },
  ]);
  expect(rolling.rows[0]!.cells.map(({ returned }) => returned)).toEqual([1, 0, 0]);
  expect(latency.rows[1]!.cells.map(({ offset, returned }) => [offset, returned])).toEqual([
    [-1, 1],
    [1, 1],
    [2, 0],
  ]);
  expect(intervals.every(({ isComplete }) => isComplete)).toBe(true);
});

test("counts by what the event has that includes a customer", async () => {
  await tellAll();

  const { rows } = await readCohorts(
    journeys,
    ask(CohortsInput, {
      period: fourDays,
      interval: "DAY",
      inclusion: [call],
      returns: [page],
      dimension: "CALL_REASON",
    }),
  );

  expect(rows.map(({ value, customers, cells }) => [value, customers, cells.map((cell) => cell.eligible)])).toEqual([
    [null, 2, [2, 2, 1]],
    ["invoice", 1, [1, 1, 1]],
  ]);
});

test("says which intervals the period cuts, and what to change about criteria that hold always or never", async () => {
  await tellAll();
  const input = ask(CohortsInput, { period: fourDays, interval: "DAY", inclusion: [call], returns: [page] });

  const cut = await readCohorts(journeys, { ...input, period: { from: at("2T09:30"), to: at("4T12:00") } });

  expect(cut.intervals.map(({ isComplete }) => isComplete)).toEqual([false, true, false]);
  expect(cut.rows.map(({ customers }) => customers)).toEqual([1, 1, 0]);
  await expect(readCohorts(journeys, { ...input, inclusion: [] })).rejects.toThrow("1 to 3 criteria of `inclusion`");
  await expect(readCohorts(journeys, { ...input, returns: [{ anyOf: [], atLeast: 1 }] })).rejects.toThrow("`anyOf`");
  await expect(
    readCohorts(journeys, { ...input, interval: "HOUR", period: { from: at("1T00:00"), to: at("9T00:00") } }),
  ).rejects.toThrow("more than 100 intervals");
});

const criteria = fc.array(
  fc.record({
    anyOf: fc.array(random.matchers, { minLength: 1, maxLength: 2 }),
    atLeast: fc.constantFrom(1, 1, 2),
  }),
  { minLength: 1, maxLength: 2 },
);
const questions = fc.record({
  period: fc.constantFrom({ from: at("2T00:00"), to: at("3T12:00") }, { from: at("2T00:30"), to: at("2T03:15") }),
  interval: fc.constantFrom("HOUR" as const, "HOUR" as const, "DAY" as const),
  inclusion: criteria,
  returns: criteria,
  rolling: fc.boolean(),
  latency: fc.boolean(),
  dimension: random.seldom(random.dimensions),
  audience: random.audiences,
});

test("finds whom a slow recount of any world finds, and the same customers behind its cells", async () => {
  await fc.assert(
    fc.asyncProperty(crowds, questions, async (people, question) => {
      await clearWorld(house.db);
      const world = await given(house.db, people);
      const report = ask(CohortsInput, question);

      const { rows } = await readCohorts(journeys, report);

      const members = membersOf(world, report);
      const starts = startsOf(report);
      const rowOf = (start: Date | null, value: string | null) => (member: Member) =>
        start ? starts[member.interval]!.getTime() === start.getTime() : member.value === value;
      expect(rows.reduce((sum, { customers }) => sum + customers, 0)).toBe(members.length);
      for (const { start, value, customers, cells } of rows) {
        const own = members.filter(rowOf(start, value));
        expect(customers).toBe(own.length);
        expect(cells.map(({ retention: _, churn: __, ...cell }) => cell)).toEqual(cellsOf(own, report));
        const cellOf = (figure: "CUSTOMERS" | "RETURNED" | "CHURNED", offset: number | null) => ({
          cohorts: { report, cell: { start, value, figure, offset } },
        });
        for (const { offset, eligible, returned } of cells.slice(0, 2)) {
          const found = await behind(journeys, cellOf("RETURNED", offset));
          expect(found.map(({ customerId }) => customerId)).toEqual(
            own.flatMap((one) => (cameBack(one, offset, report.rolling) ? [one.customerId] : [])).sort(),
          );
          await expectToAddUp(journeys, [{ cell: cellOf("CHURNED", offset), figure: eligible - returned }]);
        }
        if (customers > 0) await expectToAddUp(journeys, [{ cell: cellOf("CUSTOMERS", null), figure: customers }]);
      }
    }),
    draws(8),
  );
});
