import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { sql } from "../src/db/sql.ts";
import { openJourneys } from "../src/journeys/journeys.ts";
import { openWorkers } from "../src/journeys/workers.ts";
import { cloneDatabase } from "../test/kit/clone.ts";
import { startTestServer } from "../test/kit/server.ts";
import { buildDataSet, type DataSet } from "./data-set.ts";
import { openDuck } from "./duck.ts";
import { DURABLE, timed } from "./kit.ts";
import { QUESTIONS, type Question } from "./report-questions.ts";

// Each report beside the same question in DuckDB, over the same rows, in turn, in one run.

const { values } = parseArgs({
  options: { touchpoints: { type: "string", default: "1000000" }, rounds: { type: "string" } },
});
/** Fewer for a large data set: ten million touchpoints must be done in 25 minutes. */
const ROUNDS = Number(values.rounds ?? (Number(values.touchpoints) > 5e6 ? 2 : 3));

interface Line {
  question: Question;
  ours: number;
  theirs: number;
}

const server = await startTestServer(DURABLE);
try {
  const { db, url, drop } = await cloneDatabase(server);
  const { ms, answer: dataSet } = await timed(() => buildDataSet(db, Number(values.touchpoints)));
  console.log(
    `${dataSet.touchpoints} touchpoints, ${dataSet.calls} calls, ${dataSet.customers} customers, laid down in ${seconds(ms)} s`,
  );
  await db.run(sql`vacuum (analyze)`);
  const workers = openWorkers(new URL("../src/fold-worker.mjs", import.meta.url));
  const journeys = openJourneys(db, { workers });
  const loaded = await timed(() => journeys.answer(async () => {}));
  console.log(`journeys loaded in ${seconds(loaded.ms)} s`);
  const duck = await openDuck(url, server.directory);
  for (const question of QUESTIONS) {
    const line: Line = { question, ours: Number.POSITIVE_INFINITY, theirs: Number.POSITIVE_INFINITY };
    // The best of several rounds of each, taken in turn: other work on the machine affects both alike.
    for (let round = 0; round < ROUNDS; round += 1) {
      const ours = await timed(() => question.ask({ db, journeys }, dataSet.period));
      const theirs = await timed(() => duck.rows(question.duck));
      compare(question.name, ours.answer, new Map(theirs.answer.map(({ key, value }) => [String(key), Number(value)])));
      line.ours = Math.min(line.ours, ours.ms);
      line.theirs = Math.min(line.theirs, theirs.ms);
    }
    print(line, dataSet);
  }
  console.log(`load ${loadavg()[0]?.toFixed(1)} on 2 cores`);
  duck.close();
  await workers.close();
  await drop();
} finally {
  await server.stop();
}

/** Every number must be equal; a missing one is 0. */
function compare(name: string, ours: Map<string, number>, theirs: Map<string, number>): void {
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const [a, b] = [ours.get(key) ?? 0, theirs.get(key) ?? 0];
    if (Math.abs(a - b) > 1e-6 * Math.max(1, Math.abs(b))) {
      throw new Error(`${name}: ${key} is ${a} here and ${b} in DuckDB.`);
    }
  }
}

function print({ question, ours, theirs }: Line, { touchpoints }: DataSet): void {
  const ratio = ours / theirs;
  if (question.share === undefined) {
    console.log(`| ${question.name} | ${seconds(ours)} | ${seconds(theirs)} | ${ratio.toFixed(2)} | | |`);
    return;
  }
  const isFast = question.seconds === undefined || touchpoints < 9e6 || ours <= question.seconds * 1000;
  const isMet = ratio <= question.share && isFast;
  console.log(
    `| ${question.name} | ${seconds(ours)} | ${seconds(theirs)} | ${ratio.toFixed(2)} | ≤ ${question.share} | ${isMet ? "met" : "missed"} |`,
  );
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(ms < 1000 ? 3 : 2);
}
