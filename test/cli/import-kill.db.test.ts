import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, inject, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";
import { programOf } from "../kit/programs.ts";
import { read } from "../kit/read.ts";
import { useFiles } from "./importing.ts";

const ROWS = 2_000;
const house = useDatabase();
const files = useFiles();

/** The command as a person runs it. */
async function start(...args: string[]): Promise<ChildProcess> {
  return spawn(process.execPath, [await programOf("src/cli.ts"), "import", ...args], {
    cwd: inject("directory"),
    env: { ...process.env, DATABASE_URL: house.url, C360_SECRET: undefined },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function storedCalls(): Promise<number> {
  const [row] = await read<{ count: number }>(house.db, sql`select count(*) as count from interactions`);
  return row!.count;
}

/** Kills the process with no chance to tidy up, as soon as it has stored so many calls. */
async function killAfter(importing: ChildProcess, calls: number): Promise<number> {
  while ((await storedCalls()) < calls) await new Promise((resolve) => setTimeout(resolve, 20));
  importing.kill("SIGKILL");
  await once(importing, "exit");
  return storedCalls();
}

test("an import that is killed twice goes on, losing nothing and storing nothing twice", async () => {
  const rows = Array.from({ length: ROWS }, (_, at) =>
    at % 1_000 === 7 ? `c${at},never,1,billing\n` : `c${at},2026-11-20T09:00:00Z,${at % 500},billing\n`,
  );
  const file = files.write("killed.csv", `sourceId,startedAt,custid,callReason\n${rows.join("")}`);
  const args = [file, "--mapping", "calls", "--batch-size", "200", "--rejects", files.path("killed.ndjson")];

  const first = await killAfter(await start(...args), 1);
  const second = await killAfter(await start(...args), first + 600);
  const last = await start(...args);
  let said = "";
  last.stdout?.on("data", (text) => {
    said += text;
  });
  const [exitCode] = await once(last, "close");

  const lines = said
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const { receipts, resumedAfterLine } = lines.find(({ event }) => event === "import.finished");
  expect(second).toBeLessThan(ROWS);
  expect({ exitCode, receipts }).toEqual({ exitCode: 2, receipts: { ACCEPTED: ROWS - 2, REJECTED: 2 } });
  expect(resumedAfterLine).toBeGreaterThan(600);
  expect(await storedCalls()).toBe(ROWS - 2);
  expect(await read(house.db, sql`select count(*) as count, count(distinct line) as lines from rejections`)).toEqual([
    { count: 2, lines: 2 },
  ]);
});
