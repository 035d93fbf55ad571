import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inject } from "vitest";
import { NODE_FLAGS, programOf } from "../kit/programs.ts";

export const KEY = "c360_chaos_key_of_more_than_32_characters";

/** The server as a person starts it, a process with its own PostgreSQL, that can be killed. */
export interface House {
  /** An answer, or null where nobody answered. */
  post(path: string, body: unknown): Promise<{ status: number; text: string } | null>;
  get(path: string): Promise<{ status: number; text: string } | null>;
  /** Stops the API and starts it with other settings. */
  restart(settings: Record<string, string>): Promise<void>;
  /** Kills the API with no chance to tidy up, and starts another over what it left. */
  killApi(): Promise<void>;
  /** Kills PostgreSQL with no chance to tidy up; the API is to start it again. */
  killPostgres(): Promise<void>;
  /** The address of the database. */
  databaseUrl(): string;
  stop(): Promise<void>;
}

export async function openHouse(dataDir: string, more: Record<string, string> = {}): Promise<House> {
  mkdirSync(dataDir, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { DATA_DIR: dataDir, DATABASE_URL: "", PORT: String(port), ...more };
  let api = await start(url, settings);
  const send = async (path: string, init: RequestInit) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${KEY}` };
    try {
      const reply = await fetch(url + path, { headers, ...init });
      return { status: reply.status, text: await reply.text() };
    } catch {
      return null;
    }
  };
  return {
    post: (path, body) => send(path, { method: "POST", body: JSON.stringify(body) }),
    get: (path) => send(path, {}),
    async restart(other) {
      await end(api, "SIGTERM");
      api = await start(url, { ...settings, ...other });
    },
    async killApi() {
      await end(api, "SIGKILL");
      api = await start(url, settings);
    },
    async killPostgres() {
      process.kill(postmasterIn(dataDir), "SIGKILL");
      await sleep(50);
      await ready(url, api);
    },
    databaseUrl: () => readFileSync(join(dataDir, "address"), "utf8"),
    stop: () => end(api, "SIGTERM"),
  };
}

/** One of several servers over one database: a process that can be killed, and comes back at its address. */
export interface Instance {
  url: string;
  /** Kills it with no chance to tidy up, and starts it again. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function openInstance(databaseUrl: string): Promise<Instance> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { DATABASE_URL: databaseUrl, PORT: String(port) };
  let api = await start(url, settings);
  return {
    url,
    async kill() {
      await end(api, "SIGKILL");
      api = await start(url, settings);
    },
    stop: () => end(api, "SIGTERM"),
  };
}

async function start(url: string, place: Record<string, string>): Promise<ChildProcess> {
  const settings = {
    NODE_ENV: "test",
    SEED: "none",
    LOG_LEVEL: "silent",
    C360_ADMIN_KEY: KEY,
    C360_REQUESTS_PER_SECOND: "1000000",
    ...place,
  };
  const api = spawn(process.execPath, [...NODE_FLAGS, await programOf("src/main.ts")], {
    cwd: inject("directory"),
    env: { ...process.env, ...settings },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await ready(url, api);
  return api;
}

/** Waits until the API and its database answer. */
async function ready(url: string, api: ChildProcess): Promise<void> {
  while (api.exitCode === null) {
    const reply = await fetch(`${url}/readyz`).catch(() => null);
    if (reply?.ok) return;
    await sleep(25);
  }
  throw new Error(`The API ended with ${api.exitCode} instead of answering.`);
}

async function end(api: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (api.exitCode !== null || api.signalCode !== null) return;
  const ended = once(api, "exit");
  api.kill(signal);
  await ended;
}

export function postmasterIn(dataDir: string): number {
  return Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
