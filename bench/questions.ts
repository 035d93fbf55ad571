import "reflect-metadata";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { type Journeys, openJourneys } from "../src/journeys/journeys.ts";
import { bytesOf } from "../src/journeys/kept.ts";
import { openWorkers } from "../src/journeys/workers.ts";
import { readAggregate } from "../src/reports/aggregate/aggregate.report.ts";
import { AggregateInput } from "../src/reports/aggregate/aggregate.type.ts";
import { CarriedInput } from "../src/reports/along.type.ts";
import { readCohorts } from "../src/reports/cohorts/cohorts.report.ts";
import { CohortsInput } from "../src/reports/cohorts/cohorts.type.ts";
import { findFalloutPeople, readFallout } from "../src/reports/fallout/fallout.report.ts";
import { FalloutInput, FalloutStepInput } from "../src/reports/fallout/fallout.type.ts";
import type { DataSet } from "./data-set.ts";
import { timed } from "./kit.ts";
import { openLaid } from "./laid.ts";
import { builtFoldWorker } from "./serve.ts";

// What docs/questions.md asks, by kind: how long each takes, the first time and at best, and how many processes the
// machine had to serve then.

const { values } = parseArgs({
  options: {
    touchpoints: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
    /** Where the data set stays for the next run. */
    folder: { type: "string" },
  },
});

type Ask = (journeys: Journeys, period: DataSet["period"]) => Promise<unknown>;

const given = <Input extends object>(type: new () => Input, more: Partial<Input>): Input =>
  Object.assign(new type(), more);
const aggregate =
  (question: Partial<AggregateInput>): Ask =>
  (journeys, period) =>
    readAggregate(journeys, given(AggregateInput, { period, ...question }));

const CALLS = { kinds: ["CALL" as const] };
const PAGES = { kinds: ["PAGE_VIEW" as const] };

/** Twenty pages in a row, and everybody who took the last. */
const falloutOf = (period: DataSet["period"]): FalloutInput => {
  const sections = ["home", "billing", "support", "shop", "contact"];
  const steps = Array.from({ length: 20 }, (_, i) =>
    given(FalloutStepInput, { name: `${i}`, anyOf: [{ sections: [sections[i % sections.length]!] }] }),
  );
  return given(FalloutInput, { period, steps });
};

const QUESTIONS: Readonly<Record<string, Ask>> = {
  "interactions by channel": aggregate({ of: "INTERACTIONS", groupBy: [{ dimension: "CHANNEL" }] }),
  "calls by reason: mean and percentile of their length": aggregate({
    of: "INTERACTIONS",
    matcher: CALLS,
    groupBy: [{ dimension: "CALL_REASON" }],
    measures: [
      { measure: "AVERAGE", attribute: "queueSeconds" },
      { measure: "PERCENTILE", attribute: "queueSeconds", percentile: 0.9 },
    ],
  }),
  "customers by channel": aggregate({ of: "CUSTOMERS", groupBy: [{ dimension: "CHANNEL" }] }),
  "journeys by where they begin": aggregate({ of: "JOURNEYS", groupBy: [{ dimension: "CHANNEL" }] }),
  "calls by the last page before them": aggregate({
    of: "INTERACTIONS",
    matcher: CALLS,
    groupBy: [{ carried: given(CarriedInput, { dimension: "PAGE" }) }],
  }),
  "touchpoints by page": aggregate({ of: "TOUCHPOINTS", groupBy: [{ dimension: "PAGE" }], first: 20 }),
  "customers who come back, by week": (journeys, period) =>
    readCohorts(
      journeys,
      given(CohortsInput, {
        period,
        inclusion: [{ anyOf: [PAGES], atLeast: 1 }],
        returns: [{ anyOf: [PAGES], atLeast: 1 }],
      }),
    ),
  "a fallout of twenty steps": (journeys, period) => readFallout(journeys, falloutOf(period)),
  "who took the last of twenty steps": (journeys, period) =>
    findFalloutPeople(
      journeys,
      { report: falloutOf(period), cell: { step: 20, figure: "COUNT" } },
      { first: 100, after: null },
    ),
};

const laid = await openLaid(Number(values.touchpoints), values.folder);
const { touchpoints, period } = laid.dataSet;
const workers = openWorkers(builtFoldWorker());
try {
  const journeys = openJourneys(laid.db, { workers });
  const { ms, answer: bytes } = await timed(() => journeys.answer(async ({ partitions }) => bytesOf(partitions)));
  console.log(`${touchpoints} touchpoints, read in ${(ms / 1000).toFixed(1)} s, ${(bytes / 2 ** 20).toFixed(0)} MB`);
  for (const [name, ask] of Object.entries(QUESTIONS)) {
    const times: number[] = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      times.push((await timed(() => ask(journeys, period))).ms);
    }
    const seconds = (time: number) => (time / 1000).toFixed(2);
    console.log(
      `| ${name} | ${seconds(times[0]!)} s | ${seconds(Math.min(...times))} s | ${loadavg()[0]?.toFixed(1)} |`,
    );
  }
} finally {
  await workers.close();
  await laid.close();
}
