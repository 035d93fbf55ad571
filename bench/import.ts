import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, createWriteStream, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Database, Db } from "../src/db/client.ts";
import { sql } from "../src/db/sql.ts";
import { type Clone, cloneDatabase } from "../test/kit/clone.ts";
import { read } from "../test/kit/read.ts";
import { startTestServer } from "../test/kit/server.ts";
import { timed, webLog } from "./kit.ts";
import { DURABLE } from "./place.ts";
import { type Spent, spentBy } from "./processor.ts";
import { programOf } from "./serve.ts";

// `npm run import` of a web log, stitched, durable, at three file sizes; beside COPY and unnest of the rows that it made
// into a table of the same shape and indexes.

const { values } = parseArgs({ options: { touchpoints: { type: "string", default: "900000" } } });
const LARGEST = Number(values.touchpoints);
const ROOT = fileURLToPath(new URL("../", import.meta.url));
const COLUMNS = ["sourceId", "occurredAt", "kind", "channel", "url", "sessionId", "cookie", "custid"] as const;

/** What the peers store of a touchpoint. */
const CELLS = {
  subject_id: "uuid",
  occurred_at: "timestamptz",
  id: "uuid",
  ingested_at: "timestamptz",
  batch_id: "uuid",
  customer_id: "uuid",
  interaction_id: "uuid",
  source: "text",
  channel: "channel",
  kind: "touchpoint_kind",
  item_id: "bigint",
  url_id: "bigint",
};

interface Imported {
  touchpoints: number;
  seconds: number;
  peakMegabytes: number;
  /** Of the processor, by the command and by PostgreSQL. */
  spent: Spent;
  /** Bytes that the database grew by, and of write-ahead log. */
  grown: Size;
}

const server = await startTestServer(DURABLE);
try {
  console.log(
    "| touchpoints | file MB | seconds | touchpoints/s | peak memory MB | customers | Node, µs each | PostgreSQL, µs each | disk, bytes each | log, bytes each |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
  );
  for (const touchpoints of [LARGEST / 9, LARGEST / 3]) await (await importInto(touchpoints)).drop();
  const { db, drop, imported } = await importInto(LARGEST);
  const ours = imported.touchpoints / imported.seconds;
  await comparePeers(db, ours);
  await drop();
} finally {
  await server.stop();
}

async function importInto(touchpoints: number) {
  const clone = await cloneDatabase(server);
  const file = await writeLog(Math.round(touchpoints));
  const imported = await runImport(file, clone);
  const { touchpoints: stored, seconds, peakMegabytes, spent, grown } = imported;
  const megabytes = (statSync(file).size / 1e6).toFixed(0);
  const customers = await customersIn(clone.db);
  const each = [spent.server * 1_000, spent.postgres * 1_000, grown.disk, grown.log].map((sum) => sum / stored);
  const figures = [stored / seconds, peakMegabytes, customers, ...each].map((figure) => figure.toFixed(0));
  console.log(`| ${[stored, megabytes, seconds.toFixed(1), ...figures].join(" | ")} |`);
  return { ...clone, imported };
}

async function writeLog(touchpoints: number): Promise<string> {
  const path = join(server.directory, `web-log-${touchpoints}.csv`);
  const file = createWriteStream(path);
  file.write(`${COLUMNS.join(",")}\n`);
  for (const { body } of webLog(touchpoints)) {
    const { identities, ...fields } = body as Record<string, unknown> & {
      identities: { namespace: string; value: string }[];
    };
    const carried = Object.fromEntries(identities.map(({ namespace, value }) => [namespace, value]));
    const cells: Record<string, unknown> = { ...fields, ...carried };
    const line = COLUMNS.map((column) => cells[column] ?? "").join(",");
    if (!file.write(`${line}\n`)) await once(file, "drain");
  }
  file.end();
  await finished(file);
  return path;
}

/** The command as a person runs it, and the most memory that it ever held. */
async function runImport(file: string, { db, url }: Clone): Promise<Imported> {
  const [node, ...args] = programOf("cli");
  const before = await sizeOf(db);
  const child = spawn(node, [...args, "import", file, "--mapping", "pages"], {
    cwd: ROOT,
    env: { DATABASE_URL: url },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const pid = child.pid!;
  const atStart = await spentBy({ pid }, db);
  let peak = 0;
  let server = 0;
  const watch = setInterval(async () => {
    peak = Math.max(peak, peakOf(pid));
    server = Math.max(server, (await spentBy({ pid }, db)).server || 0);
  }, 100);
  let last = "";
  for await (const line of createInterface({ input: child.stdout })) last = line;
  clearInterval(watch);
  const { event, receipts, seconds } = JSON.parse(last);
  if (event !== "import.finished") throw new Error("The import did not finish.");
  const after = await sizeOf(db);
  const postgres = (await spentBy({ pid }, db)).postgres - atStart.postgres;
  const grown = { disk: after.disk - before.disk, log: after.log - before.log };
  return { touchpoints: receipts.ACCEPTED, seconds, peakMegabytes: peak, spent: { server, postgres }, grown };
}

interface Size {
  disk: number;
  log: number;
}

async function sizeOf(db: Db): Promise<Size> {
  const [size] = await read<Size>(
    db,
    sql`
      select
        pg_database_size(current_database())::float8 as disk,
        (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float8 as log
    `,
  );
  return size!;
}

/** Megabytes that a process has held at most; 0 where the system does not say. */
function peakOf(pid: number): number {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kilobytes ?? 0) / 1_000;
  } catch {
    return 0;
  }
}

async function customersIn(db: Db): Promise<number> {
  const [row] = await read<{ count: number }>(db, sql`select count(*) as count from customers`);
  return row!.count;
}

async function comparePeers({ pool }: Database, ours: number): Promise<void> {
  const path = join(server.directory, "touchpoints.csv");
  // PostgreSQL writes it, under another user where we are root.
  chmodSync(server.directory, 0o777);
  await pool.query(`copy touchpoints to '${path}' (format csv)`);
  await pool.query("create table copied (like touchpoints including all)");
  const copying = await timed(() => pool.query(`copy copied from '${path}' (format csv)`));
  await pool.query("create table unnested (like touchpoints including all)");
  const peers = [
    { name: "COPY of the same rows", ms: copying.ms },
    { name: "unnest of the same rows, 3,000 a commit", ms: await unnestAll(pool) },
  ];
  console.log("\n| beside it | touchpoints/s | ours / it |\n| --- | --- | --- |");
  for (const { name, ms } of peers) {
    const rate = (LARGEST / ms) * 1_000;
    console.log(`| ${name} | ${rate.toFixed(0)} | ${(ours / rate).toFixed(2)} |`);
  }
}

/** Milliseconds of the inserts alone: what it takes to read the rows that they insert does not count. */
async function unnestAll(pool: Database["pool"]): Promise<number> {
  const names = Object.keys(CELLS);
  const arrays = Object.values(CELLS).map((type, n) => `$${n + 1}::text[]::${type}[]`);
  const insert = `insert into unnested (${names.join(", ")}) select * from unnest(${arrays.join(", ")})`;
  const read = names.map((name) => `array_agg(${name}::text) as ${name}`);
  await pool.query("create table numbered as select row_number() over () - 1 as n, * from touchpoints");
  await pool.query("create index on numbered (n)");
  let ms = 0;
  for (let from = 0; from < LARGEST; from += 3_000) {
    const { rows } = await pool.query(`select ${read.join(", ")} from numbered where n >= $1 and n < $1 + 3000`, [
      from,
    ]);
    ms += (await timed(() => pool.query({ name: "unnest", text: insert, values: names.map((name) => rows[0][name]) })))
      .ms;
  }
  return ms;
}
