import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, openApp } from "../../src/app.ts";
import { keys as runKeys } from "../../src/cli/keys.ts";
import { readConfig } from "../../src/config.ts";
import { openLog } from "../../src/kit/log.ts";
import { programOf } from "../kit/programs.ts";

const run = promisify(execFile);
const dataDir = mkdtempSync(join(tmpdir(), "customer360-app-"));
const environment = { DATA_DIR: dataDir, PORT: "0", SEED: "none", LOG_LEVEL: "silent" };
const open = () => openApp(readConfig(environment), openLog("silent"));
const inFolder = { cwd: dataDir, env: { ...process.env, ...environment } };
const keys = async (...args: string[]) =>
  run(process.execPath, [await programOf("src/cli.ts"), "keys", ...args], inFolder);
const ask = async (app: App, key: string) => {
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
  return (await fetch(`${app.url}/graphql`, { method: "POST", headers, body: '{"query":"{__typename}"}' })).status;
};

let app: App;
beforeAll(async () => {
  app = await open();
});
afterAll(async () => {
  await app?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test("a demo listens on this machine only and has one key, which is its owner's to read", async () => {
  expect(new URL(app.url).hostname).toBe("127.0.0.1");
  expect(app.demoKey).toMatch(/^c360_[\w-]{43}$/);
  expect(statSync(join(dataDir, "demo-key")).mode & 0o777).toBe(0o600);
  expect(await ask(app, app.demoKey!)).toBe(200);
});

test("a second process on the same directory is told so", async () => {
  await expect(open()).rejects.toThrow(/is in use by process/);
});

test("the command line makes, lists and revokes keys while the server runs", async () => {
  const made = (await keys("create", "--name", "desk", "--role", "agent", "--expires", "90d")).stdout.trim();
  const status = await ask(app, made);
  const listed = (await keys("list")).stdout;
  await keys("revoke", "desk");

  expect(status).toBe(200);
  expect(listed).toMatch(/desk\tagent\t-\texpires/);
  expect(listed).not.toContain(made);
  await expect(keys("revoke", "desk")).rejects.toThrow(/No usable key/);
});

test("the command line tells a mistake in its arguments without a database", async () => {
  await expect(runKeys(["create", "--name", "x", "--role", "emperor"])).rejects.toThrow(/Usage/);
  await expect(runKeys(["create", "--name", "x", "--role", "admin", "--expires", "soon"])).rejects.toThrow("--expires");
  await expect(runKeys(["revoke"])).rejects.toThrow(/Usage/);
});

test("the demo key is the same after a restart", async () => {
  const before = app.demoKey;
  await app.stop();

  app = await open();

  expect(app.demoKey).toBe(before);
  expect(await ask(app, before!)).toBe(200);
});
