import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Embedded, startEmbedded } from "../../src/db/embedded.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openLog } from "../../src/kit/log.ts";
import { administer, type Template, urlOf } from "./clone.ts";

export interface TestServer extends Template {
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
  const own = given ? null : await startInFirstFreePlace(settings);
  const adminUrl = given ?? urlOf(own!.server.url, "postgres");
  const name = `c360_test_${randomBytes(4).toString("hex")}`;
  await administer(adminUrl, `create database ${name}`);
  await migrate(urlOf(adminUrl, name));
  return {
    adminUrl,
    name,
    async stop() {
      if (own) await own.remove();
      else await administer(adminUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

interface OwnServer {
  server: Embedded;
  remove(): Promise<void>;
}

/** The places have fixed names, so what a killed run left behind is found and cleared by a later one. */
async function startInFirstFreePlace(settings: Record<string, string>): Promise<OwnServer> {
  let refusal: unknown;
  for (let place = 1; place <= PLACES; place++) {
    const dataDir = join(tmpdir(), `customer360-test-${process.getuid?.() ?? 0}-${place}`);
    try {
      return owned(await startEmbedded({ dataDir, log: openLog("silent"), settings }), dataDir);
    } catch (error) {
      refusal = error;
      if (!/is in use by process/.test(String(error))) throw error;
    }
  }
  throw refusal;
}

function owned(server: Embedded, dataDir: string): OwnServer {
  const remove = () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  // The last resort, when the run ends without its teardown.
  const abandon = () => {
    process.kill(server.pid, "SIGQUIT");
    remove();
  };
  process.once("exit", abandon);
  return {
    server,
    async remove() {
      process.off("exit", abandon);
      await server.stop();
      remove();
    },
  };
}
