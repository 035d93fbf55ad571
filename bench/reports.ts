import { rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Journeys, openJourneys } from "../src/journeys/journeys.ts";
import { bytesOf } from "../src/journeys/kept.ts";
import { openWorkers } from "../src/journeys/workers.ts";
import { printBatches } from "./batch.ts";
import type { DataSet } from "./data-set.ts";
import { openDuck } from "./duck.ts";
import { timed } from "./kit.ts";
import { openLaid } from "./laid.ts";
import { QUESTIONS, type Question } from "./report-questions.ts";
import { builtFoldWorker } from "./serve.ts";

// Each report beside the same question in DuckDB, over the same rows, in turn, in one run.

const { values } = parseArgs({
  options: {
    touchpoints: { type: "string", default: "1000000" },
    rounds: { type: "string" },
    /** Where the data set stays for the next run, and DuckDB's file beside it. */
    folder: { type: "string" },
    /** As C360_REPORTS_MEMORY_MB, and what DuckDB may take before it writes to the disk. */
    "memory-mb": { type: "string" },
    "duck-memory": { type: "string" },
    /** Questions by how their names begin, with commas: all of them otherwise. */
    only: { type: "string", default: "" },
    /** Seconds that DuckDB has for a question. */
    deadline: { type: "string", default: "Infinity" },
    /** Measures reports right after batches of so many page views instead of beside DuckDB. */
    batch: { type: "string" },
  },
});
/** Fewer for a large data set: ten million touchpoints must be done in 25 minutes. */
const ROUNDS = Number(values.rounds ?? (Number(values.touchpoints) > 5e6 ? 2 : 3));

interface Line {
  question: Question;
  ours: number;
  theirs: number;
}

const laying = await timed(() => openLaid(Number(values.touchpoints), values.folder));
const laid = laying.answer;
const { db, dataSet } = laid;
const duckFile = values.folder && join(values.folder, "duck.db");
const workers = openWorkers(builtFoldWorker());
try {
  console.log(
    `${dataSet.touchpoints} touchpoints, ${dataSet.calls} calls, ${dataSet.customers} customers, laid down in ${seconds(laying.ms)} s`,
  );
  const memory = Number(values["memory-mb"] ?? Number.POSITIVE_INFINITY) * 2 ** 20;
  const journeys = openJourneys(db, { workers, memory });
  await printLoading(journeys);
  if (values.batch) {
    // It has none of what comes now.
    if (duckFile) rmSync(duckFile, { force: true });
    await printBatches(laid, journeys, Number(values.batch));
  } else await compareAll(journeys);
  console.log(`load ${loadavg()[0]?.toFixed(1)} on 2 cores`);
} finally {
  await workers.close();
  await laid.close();
}

async function compareAll(journeys: Journeys): Promise<void> {
  const settings: Record<string, string> = values["duck-memory"] ? { memory_limit: values["duck-memory"] } : {};
  const duck = await openDuck(laid.url, laid.directory, { file: duckFile, settings });
  const names = values.only.split(",");
  for (const question of QUESTIONS.filter(({ name }) => names.some((start) => name.startsWith(start)))) {
    const line: Line = { question, ours: Number.POSITIVE_INFINITY, theirs: Number.POSITIVE_INFINITY };
    // The best of several rounds of each, taken in turn: other work on the machine affects both alike.
    for (let round = 0; round < ROUNDS; round += 1) {
      const ours = await timed(() => question.ask({ db, journeys }, dataSet.period));
      line.ours = Math.min(line.ours, ours.ms);
      if (round > 0 && line.theirs === Number.POSITIVE_INFINITY) continue;
      const theirs = await timed(() => duck.rows(question.duck, Number(values.deadline) * 1000));
      if (!theirs.answer) continue;
      compare(question.name, ours.answer, new Map(theirs.answer.map(({ key, value }) => [String(key), Number(value)])));
      line.theirs = Math.min(line.theirs, theirs.ms);
    }
    print(line, dataSet);
  }
  duck.close();
}

/** How long all is read for the first time, and what of the memory it takes meanwhile and then. */
async function printLoading(journeys: Journeys): Promise<void> {
  const before = process.cpuUsage();
  const { ms, answer: bytes } = await timed(() => journeys.answer(async ({ partitions }) => bytesOf(partitions)));
  const cpu = process.cpuUsage(before);
  const { heapUsed, rss } = process.memoryUsage();
  const megabytes = (of: number) => `${(of / 2 ** 20).toFixed(0)} MB`;
  const most = megabytes(process.resourceUsage().maxRSS * 1024);
  console.log(
    `journeys loaded in ${seconds(ms)} s, ${((cpu.user + cpu.system) / 1e6).toFixed(1)} s of the processor: columns ${megabytes(bytes)}, heap ${megabytes(heapUsed)}, the process ${megabytes(rss)}, at most ${most}`,
  );
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
  if (theirs === Number.POSITIVE_INFINITY) {
    console.log(`| ${question.name} | ${seconds(ours)} | not within ${values.deadline} | | | not compared |`);
    return;
  }
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
