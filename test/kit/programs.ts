import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LOOK_AGAIN_MS = 100;
/** As `npm start` has it: with a smaller nursery the first start takes 7 % more CPU. */
export const NODE_FLAGS = ["--max-semi-space-size=32"];

/** The built program of a source file. */
export async function programOf(path: string): Promise<string> {
  return join(await programs(), `${basename(path, ".ts")}.js`);
}

/**
 * The folder of the programs that tests start as processes. The first test that asks builds them, as `npm run build` does:
 * compiling the sources in each process would take two seconds.
 */
export async function programs(): Promise<string> {
  const outDir = join(inject("directory"), "programs");
  // The server carries the console.
  await buildConsole();
  await onceInRun("programs", () => node("--import", "tsx", join(ROOT, "test/kit/build-programs.ts"), outDir));
  return outDir;
}

/** The console's pages, which the server sends as they were built. */
export async function buildConsole(): Promise<void> {
  await onceInRun("console", () => node(join(ROOT, "build.mjs"), "--if-stale", "build:console"));
}

function node(...args: string[]): void {
  execFileSync(process.execPath, args, { cwd: ROOT, stdio: "inherit" });
}

/** Does the work once a run, in the first worker that asks; the others wait. After a failure the next one tries again. */
export async function onceInRun(name: string, work: () => unknown): Promise<void> {
  const [done, lock] = ["done", "lock"].map((ending) => join(inject("directory"), `${name}.${ending}`)) as [
    string,
    string,
  ];
  while (!existsSync(done)) {
    if (!take(lock)) {
      await sleep(LOOK_AGAIN_MS);
      continue;
    }
    try {
      if (existsSync(done)) return;
      await work();
      writeFileSync(done, "");
    } finally {
      rmdirSync(lock);
    }
  }
}

function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
