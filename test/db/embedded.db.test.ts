import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from "vitest";
import { type Embedded, startEmbedded } from "../../src/db/embedded.ts";
import { openLog } from "../../src/kit/log.ts";
import { copyCluster } from "../kit/server.ts";
import { startChild } from "./children/start.ts";

const log = openLog("silent");
/** What is kept differs from test to test. */
const keep = (answer: number) => `drop table if exists kept; create table kept as select ${answer} as answer`;
const dataDir = mkdtempSync(join(inject("directory"), "embedded-"));
let running: Embedded | null;

// One directory for all, since a copy is a thousand files: each test leaves it as a stop does, and the last one damages it.
beforeAll(() => copyCluster(inject("cluster"), dataDir));

beforeEach(() => {
  running = null;
});

afterEach(() => running?.stop());

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test("keeps its data from one start to the next", async () => {
  running = await startEmbedded({ dataDir, log });
  await ask(running.url, keep(41));
  await running.stop();

  running = await startEmbedded({ dataDir, log });

  expect(await ask(running.url, "select answer from kept")).toEqual([{ answer: 41 }]);
});

test("is durable, and listens on the loopback only", async () => {
  running = await startEmbedded({ dataDir, log });

  const settings = await ask(
    running.url,
    "select name, setting from pg_settings where name in ('fsync', 'listen_addresses', 'synchronous_commit') order by name",
  );

  expect(settings.map(({ setting }) => setting)).toEqual(["on", "127.0.0.1", "on"]);
  expect(statSync(join(dataDir, "password")).mode & 0o777).toBe(0o600);
});

test("goes on where a process that was killed left off, and its PostgreSQL with it", async () => {
  const { process: parent, said } = await startChild<{ url: string; pid: number }>("embedded.ts", dataDir);
  await ask(said.url, keep(42));
  await kill(parent);

  running = await startEmbedded({ dataDir, log });

  expect(await ask(running.url, "select answer from kept")).toEqual([{ answer: 42 }]);
  await expect(ask(said.url, "select 1")).rejects.toThrow();
});

test("starts PostgreSQL again under the same address when it is killed", async () => {
  running = await startEmbedded({ dataDir, log });
  await ask(running.url, keep(43));
  const first = running.pid;
  process.kill(first, "SIGKILL");

  const rows = await untilAnswered(running.url, "select answer from kept");

  expect(rows).toEqual([{ answer: 43 }]);
  // It may answer a moment before whoever started it has heard that it does.
  await vi.waitFor(() => expect(running?.pid).not.toBe(first), 10_000);
});

test("of two processes that start at once, one gets the data directory and the other is told who has it", async () => {
  const children = await Promise.all([1, 2].map(() => startChild<Said>("embedded.ts", dataDir)));

  const winner = children.find(({ said }) => said.url);
  const refusals = children.flatMap(({ said }) => said.refused ?? []);
  for (const child of children) await kill(child.process);

  expect(refusals).toEqual([expect.stringContaining(`is in use by process ${winner?.process.pid}:`)]);
  running = await startEmbedded({ dataDir, log });
});

test("is not fooled by a lock whose process is long gone", async () => {
  writeFileSync(join(dataDir, "lock"), `${process.pid} born some other day`);

  running = await startEmbedded({ dataDir, log });

  expect(await ask(running.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("says what is wrong with a data directory that it cannot start on", async () => {
  running = await startEmbedded({ dataDir, log });
  await running.stop();
  running = null;

  writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "17\n");
  await expect(startEmbedded({ dataDir, log })).rejects.toThrow("was written by PostgreSQL 17, and this is 18");
  rmSync(join(dataDir, "postgres", "PG_VERSION"));
  await expect(startEmbedded({ dataDir, log })).rejects.toThrow("is damaged");
  writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "18\n");
  writeFileSync(join(dataDir, "postgres", "global", "pg_control"), "nonsense");
  await expect(startEmbedded({ dataDir, log })).rejects.toThrow(/PostgreSQL could not start on .*postgres\.log/);
});

interface Said {
  url?: string;
  refused?: string;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(statement);
    return rows;
  } finally {
    await client.end();
  }
}

async function untilAnswered(url: string, statement: string): Promise<Record<string, unknown>[]> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const rows = await ask(url, statement).catch(() => null);
    if (rows) return rows;
    await sleep(100);
  }
  throw new Error("PostgreSQL did not come back.");
}
