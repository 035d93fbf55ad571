import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { inject } from "vitest";
import type { ReceiptCounts } from "../../seed/load.ts";
import { SETTING_NAMES } from "../../src/config.ts";
import { NODE_FLAGS, onceInRun, programOf } from "./programs.ts";
import { copyCluster } from "./server.ts";

/** No setting but the port reaches the server, whatever the environment of the tests says. */
export const NO_SETTINGS = { ...Object.fromEntries(SETTING_NAMES.map((name) => [name, ""])), PORT: "0" };
const LOOK_AGAIN_MS = 20;

/** What the first start of a server did. */
export interface FirstStart {
  /** The instant at which the demo data ends. */
  clock: number;
  receipts: ReceiptCounts;
}

/**
 * Makes a data directory as the first start of a server leaves it, with the demo data. The first test that asks starts that
 * server, and the others copy what it left: loading takes 15 s of CPU.
 */
export async function copyDemo(dataDir: string): Promise<FirstStart> {
  const [made, said] = ["demo", "demo.json"].map((name) => join(inject("directory"), name)) as [string, string];
  await onceInRun("demo", async () => writeFileSync(said, JSON.stringify(await startFirst(made))));
  copyCluster(made, dataDir);
  return JSON.parse(readFileSync(said, "utf8"));
}

/** Resolves to the line to paste into a second terminal, which the server prints when it answers. */
export async function greetingOf(server: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: server.stdout! })) {
    if (line.includes("export ")) return line;
  }
  throw new Error("The server ended instead of saying what to paste.");
}

async function startFirst(dataDir: string): Promise<FirstStart> {
  copyCluster(inject("cluster"), dataDir);
  const env = { PATH: process.env.PATH, ...NO_SETTINGS, DATA_DIR: dataDir };
  const cwd = inject("directory");
  const server = spawn(process.execPath, [...NODE_FLAGS, await programOf("src/main.ts")], { cwd, env, stdio: "pipe" });
  const log = text(server.stderr);
  const ended = once(server, "exit");
  const clock = await clockOf(server, dataDir);
  await greetingOf(server);
  server.kill("SIGTERM");
  await ended;
  const events = (await log)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const { time, event, level, records, ms, ...receipts } = events.find(({ event }) => event === "seed.loaded");
  return { clock, receipts };
}

/** The server keeps the clock in a file for as long as it loads. */
async function clockOf(server: ChildProcess, dataDir: string): Promise<number> {
  const file = join(dataDir, "seeding");
  for (;;) {
    const clock = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
    if (clock > 0) return clock;
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode} instead of loading.`);
    await sleep(LOOK_AGAIN_MS);
  }
}
