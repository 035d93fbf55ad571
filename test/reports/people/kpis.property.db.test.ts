import fc from "fast-check";
import { test } from "vitest";
import type { KpiPart } from "../../../src/reports/contact-centre-kpis/cell.type.ts";
import { readContactCentreKpis } from "../../../src/reports/contact-centre-kpis/contact-centre-kpis.report.ts";
import { KpiInput } from "../../../src/reports/contact-centre-kpis/contact-centre-kpis.type.ts";
import type { KpiRowType } from "../../../src/reports/contact-centre-kpis/kpi-row.type.ts";
import type { Dimension } from "../../../src/reports/filter.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { ask } from "../kit/ask.ts";
import { isLeg } from "../kit/contacts.ts";
import { useJourneys } from "../kit/journeys.ts";
import * as random from "../kit/random.ts";
import * as randomAlong from "../kit/random-along.ts";
import { clearWorld } from "../kit/rows.ts";
import { given, type Person } from "../kit/world.ts";
import { crowds, expectToAddUp, type Shown } from "./open.ts";

const house = useDatabase();
const journeys = useJourneys(house);

/** What legs say besides, by their place. */
const MORE = [
  { queue_seconds: 3, agent_seconds: 60, is_transferred: true, csat_score: 4, csat_scale_max: 5 },
  { is_resolved: true, queue_seconds: 30 },
  { is_resolved: false, agent_seconds: 20, hold_seconds: 5, csat_score: 2 },
];
const told = crowds.map((people) =>
  Object.fromEntries(
    Object.entries(people).map(([who, person]): [string, Person] => {
      const events = person.events.map((event, i) => (isLeg(event) ? { ...event, columns: MORE[i % 3] } : event));
      return [who, { ...person, events }];
    }),
  ),
);

const questions = fc.record({
  period: random.periods,
  groupBy: fc.constantFrom<Dimension[][]>([], ["TEAM"], ["CHANNEL", "TEAM"]),
  facets: random.seldom(randomAlong.facets),
  interval: fc.option(fc.constantFrom("HOUR" as const, "DAY" as const)),
  bucketBy: fc.constantFrom("START" as const, "START" as const, "END" as const),
  audience: random.audiences,
});

const COUNTS = ["contacts", "legs", "calls", "queued", "handled", "abandoned", "shortAbandoned"] as const;
const COVERED = [
  "transferRate",
  "averageHandleSeconds",
  "costPerContact",
  "repeatCallerRate",
  "channelSwitchRate",
] as const;

/** Each figure of a row that says what it divides, and how many it knows of. */
function shownIn(report: KpiInput, row: KpiRowType): Shown[] {
  const cellOf = (figure: string, part: KpiPart = "NUMERATOR") => {
    const at = { group: row.group.map(({ value }) => value), facet: row.facet, bucketStart: row.bucketStart };
    return { contactCentreKpis: { report, cell: { figure, part, ...at } } };
  };
  const methods = { serviceLevels: row.serviceLevels, firstContactResolution: row.firstContactResolution };
  return [
    ...COUNTS.map((figure) => ({ cell: cellOf(figure), figure: row[figure] })),
    ...COVERED.flatMap((figure) => [
      { cell: cellOf(figure, "KNOWN"), figure: row.coverage[figure].known },
      { cell: cellOf(figure, "ELIGIBLE"), figure: row.coverage[figure].eligible },
    ]),
    ...Object.entries(methods).flatMap(([name, all]) =>
      all.slice(0, 3).flatMap(({ method, numerator, denominator }) => [
        { cell: cellOf(`${name}/${method}`), figure: numerator },
        { cell: cellOf(`${name}/${method}`, "DENOMINATOR"), figure: denominator },
      ]),
    ),
    ...row.costPerContact.map(({ currency, amount }) => ({
      cell: cellOf(`costPerContact/${currency}`),
      figure: Math.round(Number(amount) * row.coverage.costPerContact.known * 1e4) / 1e4,
    })),
    ...row.csat.map(({ source, scaleMax, scores }) => ({
      cell: cellOf(["csat", source, ...(scaleMax === null ? [] : [scaleMax])].join("/"), "DENOMINATOR"),
      figure: scores,
    })),
  ];
}

test("the customers behind every key figure add up to it, those who share a contact included", async () => {
  await fc.assert(
    fc.asyncProperty(told, questions, fc.nat(), async (people, question, some) => {
      await clearWorld(house.db);
      await given(house.db, people);
      const report = ask(KpiInput, question);

      const { rows } = await readContactCentreKpis(journeys, report);

      for (const row of rows.slice(some % 3, (some % 3) + 2)) await expectToAddUp(journeys, shownIn(report, row));
    }),
    draws(4),
  );
});
