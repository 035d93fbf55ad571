import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { greeting } from "../../src/greeting.ts";

const folder = mkdtempSync(join(tmpdir(), "c360-greeting-"));
afterAll(() => rmSync(folder, { recursive: true }));

const started = { url: "http://127.0.0.1:4000", demoKey: "c360_k", dataDir: ".data", openPages: false };
/** What bash has after the line was pasted. */
const pasted = (lines: readonly string[], names: readonly string[]) =>
  execFileSync("bash", ["-c", [lines.at(-1), ...names.map((name) => `echo "$\{${name}-none}"`)].join("\n")], {
    env: { PATH: process.env.PATH },
    encoding: "utf8",
  })
    .trim()
    .split("\n");

test("the line to paste leads commands to the same server and the same database, wherever its folder is", () => {
  const dataDir = join(folder, "it's here");
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, "demo-key"), "c360_k");

  for (const isTerminal of [true, false]) {
    const lines = greeting({ ...started, dataDir }, isTerminal);

    expect(pasted(lines, ["C360_URL", "C360_KEY", "DATA_DIR"])).toEqual([started.url, "c360_k", dataDir]);
    expect(lines.join("\n").includes("c360_k")).toBe(isTerminal);
  }
  expect(pasted(greeting(started, true), ["C360_KEY", "DATA_DIR"])).toEqual(["c360_k", "none"]);
});

test("a start without a demo says where it listens, and no more", () => {
  expect(greeting({ ...started, demoKey: null }, true)).toEqual(["customer360 listens at http://127.0.0.1:4000"]);
});
