import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type { Template } from "./clone.ts";
import { startTestServer } from "./server.ts";
import { buildThreads, type Threads } from "./threads.ts";

declare module "vitest" {
  export interface ProvidedContext {
    template: Template;
    /** A directory for tests' files, deleted after the run. */
    directory: string;
    /** A data directory with an empty PostgreSQL, for `copyCluster`. */
    cluster: string;
    /** Scripts of threads, as built. */
    threads: Threads;
  }
}

/** Starts the run's PostgreSQL before the first test file, and stops it after the last, also after Ctrl-C. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, name, directory, cluster, stop } = await startTestServer();
  project.provide("template", { adminUrl, name });
  project.provide("directory", directory);
  project.provide("cluster", cluster);
  keepTemporaryFilesIn(join(directory, "tmp"));
  const threads = await buildThreads(join(directory, "threads"));
  project.provide("threads", threads);
  // Read by src/fold-worker.mjs in the threads of servers that tests open.
  process.env.FOLD_WORKER = threads["fold-worker"];
  const interrupted = () => process.exit(130);
  process.once("SIGINT", interrupted);
  process.once("SIGTERM", interrupted);
  return async () => {
    process.off("SIGINT", interrupted);
    process.off("SIGTERM", interrupted);
    await stop();
  };
}

/** What this run, its workers and their browser leave among temporary files is deleted with the folder. */
function keepTemporaryFilesIn(folder: string): void {
  mkdirSync(folder);
  process.env.TMPDIR = folder;
}
