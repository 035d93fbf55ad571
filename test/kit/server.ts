import { randomBytes } from "node:crypto";
import { mkdirSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { claimDirectory } from "../../src/db/claim.ts";
import { type Embedded, startEmbedded } from "../../src/db/embedded.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openLog } from "../../src/kit/log.ts";
import { administer, type Template, urlOf } from "./clone.ts";

export interface TestServer extends Template {
  /** A directory of the run's own, which goes with it. */
  directory: string;
  stop(): Promise<void>;
}

/** Nothing of a test outlives it, so nothing need reach the disk. */
const HASTY = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum: "off" };
const PLACES = 20;

/**
 * One PostgreSQL with a migrated template: the server that DATABASE_URL names, else one of our own in a temporary
 * directory that goes when it stops. `settings` make it durable again for a benchmark.
 */
export async function startTestServer(settings: Record<string, string> = HASTY): Promise<TestServer> {
  const given = process.env.DATABASE_URL;
  const place = takePlace();
  const own = given
    ? null
    : await startEmbedded({ dataDir: join(place.directory, "data"), log: openLog("silent"), settings });
  // The last resort, when the run ends without its teardown.
  const abandon = () => leave(place, own);
  process.once("exit", abandon);
  const adminUrl = given ?? urlOf(own!.url, "postgres");
  const name = `c360_test_${randomBytes(4).toString("hex")}`;
  await administer(adminUrl, `create database ${name}`);
  await migrate(urlOf(adminUrl, name));
  return {
    adminUrl,
    name,
    directory: filesOf(place),
    async stop() {
      process.off("exit", abandon);
      if (own) await own.stop();
      else await administer(adminUrl, `drop database if exists ${name} with (force)`);
      leave(place, null);
    },
  };
}

/** Made at once, open to whoever PostgreSQL runs as. */
function filesOf({ directory }: Pick<Place, "directory">): string {
  const files = join(directory, "files");
  mkdirSync(files, { recursive: true });
  return files;
}

interface Place {
  directory: string;
  release(): void;
}

/** The places have fixed names, so what a killed run left behind is found and cleared by a later one. */
function takePlace(): Place {
  let refusal: unknown;
  for (let number = 1; number <= PLACES; number++) {
    const directory = join(tmpdir(), `customer360-test-${process.getuid?.() ?? 0}-${number}`);
    mkdirSync(directory, { recursive: true });
    try {
      return { directory, ...claimDirectory(directory) };
    } catch (error) {
      refusal = error;
      if (!/is in use by process|ENOENT/.test(String(error))) throw error;
    }
  }
  throw refusal;
}

/** Emptied while it is still ours, and given back last: another run may be waiting for it. */
function leave({ directory, release }: Place, running: Embedded | null): void {
  if (running) process.kill(running.pid, "SIGQUIT");
  rmSync(join(directory, "data"), { recursive: true, force: true, maxRetries: 5 });
  rmSync(join(directory, "files"), { recursive: true, force: true });
  release();
  try {
    rmdirSync(directory);
  } catch {
    // Another run has it already.
  }
}
