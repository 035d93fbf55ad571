import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { claimDirectory } from "../../src/db/claim.ts";
import { dataOf, findPostmaster } from "../../src/db/cluster.ts";
import { type Embedded, startEmbedded } from "../../src/db/embedded.ts";
import { openLog } from "../../src/kit/log.ts";
import { administer, fill, type Template, urlOf } from "./clone.ts";

export interface TestServer extends Template {
  /** A directory of the run's own, which goes with it. */
  directory: string;
  /** A data directory with an empty PostgreSQL, for `copyCluster`: making one takes seconds. */
  cluster: string;
  stop(): Promise<void>;
}

/** Nothing of a test outlives it, so nothing need reach the disk, and no more be written than there must. */
const HASTY = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  wal_compression: "off",
  checkpoint_timeout: "1h",
  deadlock_timeout: "100ms",
};
const PLACES = 20;
/** With the socket's name behind it macOS takes 103 bytes, others a few more. */
const LONGEST_FOLDER = 85;

/**
 * One PostgreSQL with a migrated template: the server that DATABASE_URL names, else one of our own in a temporary
 * directory that goes when it stops. `settings` make it durable again for a benchmark.
 */
export async function startTestServer(settings: Record<string, string> = HASTY): Promise<TestServer> {
  const given = process.env.DATABASE_URL;
  const place = takePlace();
  const cluster = join(place.directory, "cluster");
  const dataDir = join(place.directory, "data");
  const sockets = settings === HASTY ? socketsIn(dataOf(dataDir)) : "";
  const all = { ...settings, unix_socket_directories: sockets };
  const own = given ? null : await startOwn(cluster, dataDir, all);
  // The last resort, when the run ends without its teardown.
  const abandon = () => leave(place, own);
  process.once("exit", abandon);
  const adminUrl = given ?? urlOf(through(sockets, own!.url), "postgres");
  if (own) await connectFaster(adminUrl);
  const name = `c360_test_${randomBytes(4).toString("hex")}`;
  await administer(adminUrl, `create database ${name}`);
  await fill(urlOf(adminUrl, name));
  return {
    adminUrl,
    name,
    directory: filesOf(place),
    cluster,
    async stop() {
      process.off("exit", abandon);
      if (own) await own.stop();
      else await dropAll(adminUrl, name);
      leave(place, null);
    },
  };
}

async function startOwn(cluster: string, dataDir: string, settings: Record<string, string>): Promise<Embedded> {
  for (const left of [cluster, dataDir]) clear(left);
  const made = await startEmbedded({ dataDir: cluster, log: openLog("silent"), settings: HASTY });
  await made.stop();
  copyCluster(cluster, dataDir);
  return startEmbedded({ dataDir, log: openLog("silent"), settings });
}

/** The same password, hashed once and not 4,096 times: that is a quarter of what a connection costs. */
async function connectFaster(adminUrl: string): Promise<void> {
  const { username, password } = new URL(adminUrl);
  await administer(adminUrl, `set scram_iterations = 1; alter user ${username} password '${password}'`);
}

/** The folder, if its system has sockets in folders and the path is not too long for one. */
function socketsIn(folder: string): string {
  return process.platform === "win32" || folder.length > LONGEST_FOLDER ? "" : folder;
}

/** The same database by a socket of this machine: a statement costs a quarter less than over TCP. */
function through(folder: string, address: string): string {
  const url = new URL(address);
  if (folder) url.hostname = encodeURIComponent(folder);
  return url.href;
}

/** The template and what is left of its clones, on a server that outlives the run. */
async function dropAll(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query("select datname as name from pg_database where starts_with(datname, $1)", [name]);
  await client.end();
  for (const left of rows) await administer(adminUrl, `drop database if exists ${left.name} with (force)`);
}

/** Of what a killed run left behind, which may be running still. */
function clear(dataDir: string): void {
  const orphan = findPostmaster(dataDir);
  if (orphan !== null) process.kill(orphan, "SIGQUIT");
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Owners and all: as root, PostgreSQL runs as somebody else. A run on a server that was given has none to copy, and
 * whoever starts there makes their own.
 */
export function copyCluster(cluster: string, dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(cluster)) return;
  execFileSync("cp", ["-a", `${cluster}/.`, dataDir]);
}

/** Made at once and anew, whatever a killed run left; open to whoever PostgreSQL runs as. */
function filesOf({ directory }: Pick<Place, "directory">): string {
  const files = join(directory, "files");
  rmSync(files, { recursive: true, force: true });
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
  rmSync(join(directory, "cluster"), { recursive: true, force: true });
  rmSync(join(directory, "files"), { recursive: true, force: true });
  release();
  try {
    rmdirSync(directory);
  } catch {
    // Another run has it already.
  }
}
