import "reflect-metadata";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { type Journeys, openJourneys } from "../src/journeys/journeys.ts";
import { openWorkers } from "../src/journeys/workers.ts";
import { readAggregate } from "../src/reports/aggregate/aggregate.report.ts";
import { AggregateInput } from "../src/reports/aggregate/aggregate.type.ts";
import { CarriedInput } from "../src/reports/along.type.ts";
import { readCohorts } from "../src/reports/cohorts/cohorts.report.ts";
import { CohortsInput } from "../src/reports/cohorts/cohorts.type.ts";
import { findFalloutPeople, readFallout } from "../src/reports/fallout/fallout.report.ts";
import { FalloutInput, FalloutStepInput } from "../src/reports/fallout/fallout.type.ts";
import { cloneDatabase } from "../test/kit/clone.ts";
import { startTestServer } from "../test/kit/server.ts";
import { buildDataSet, type DataSet } from "./data-set.ts";
import { timed } from "./kit.ts";
import { DURABLE } from "./place.ts";

// What docs/questions.md asks, by kind: how long each takes, the first time and at best.

const { values } = parseArgs({ options: { touchpoints: { type: "string", default: "1000000" } } });
const ROUNDS = 5;

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

const server = await startTestServer(DURABLE);
try {
  const { db, drop } = await cloneDatabase(server);
  const { touchpoints, period } = await buildDataSet(db, Number(values.touchpoints));
  const workers = openWorkers(new URL("../src/fold-worker.mjs", import.meta.url));
  const journeys = openJourneys(db, { workers });
  const loaded = await timed(() => journeys.answer(async () => {}));
  console.log(`${touchpoints} touchpoints, read in ${(loaded.ms / 1000).toFixed(1)} s`);
  for (const [name, ask] of Object.entries(QUESTIONS)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) times.push((await timed(() => ask(journeys, period))).ms);
    console.log(`| ${name} | ${Math.round(times[0]!)} ms | ${Math.round(Math.min(...times))} ms |`);
  }
  console.log(`load ${loadavg()[0]?.toFixed(1)}`);
  await workers.close();
  await drop();
} finally {
  await server.stop();
}
