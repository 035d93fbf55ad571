import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What threads of tests run. */
const THREADS = { "fold-worker": "src/fold-worker.ts", faulty: "test/journeys/children/faulty.ts" };

/** The address of each thread's script. */
export type Threads = Record<keyof typeof THREADS, string>;

/** Builds what threads run, once for all of them: from its sources each takes half a second of CPU, so a tenth of that. */
export async function buildThreads(outDir: string): Promise<Threads> {
  await build({
    configFile: false,
    root: ROOT,
    publicDir: false,
    logLevel: "warn",
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: "node20",
      outDir,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: THREADS,
        output: { entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
      },
    },
  });
  const addresses = Object.keys(THREADS).map((name) => [name, pathToFileURL(join(outDir, `${name}.mjs`)).href]);
  return Object.fromEntries(addresses) as Threads;
}
