import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the programs are that child processes of tests run. */
    programs: string;
  }
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Of the tests' own, beside what production runs. */
const CHILDREN = { embedded: "test/db/children/embedded.ts", migrate: "test/db/children/migrate.ts" };

/** Builds the programs once, as `npm run build` does: to compile the product anew costs every process two seconds. */
export async function buildPrograms(directory: string): Promise<string> {
  const outDir = join(directory, "programs");
  const configFile = join(ROOT, "vite.config.ts");
  // The server carries the console.
  execFileSync(process.execPath, [join(ROOT, "build.mjs"), "--if-stale", "build:console"], { stdio: "inherit" });
  await build({ configFile, logLevel: "warn", build: { outDir, rolldownOptions: { input: CHILDREN } } });
  symlinkSync(join(ROOT, "node_modules"), join(outDir, "node_modules"), "junction");
  return outDir;
}
