import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, rmdirSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { claimDirectory } from "../../src/db/claim.ts";
import { dataOf, findPostmaster } from "../../src/db/cluster.ts";
import { type Embedded, startEmbedded } from "../../src/db/embedded.ts";
import { openLog } from "../../src/kit/log.ts";
import { administer, fill, type Template, urlOf } from "./clone.ts";

export interface TestServer extends Template {
  /** A directory of this run, deleted after it. */
  directory: string;
  /** A data directory with an empty PostgreSQL, for `copyCluster`: initdb takes seconds. */
  cluster: string;
  stop(): Promise<void>;
}

/** No test needs its data after the run, so nothing need reach the disk. */
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
  // Databases that wait for the next file keep theirs.
  max_connections: "300",
};
const PLACES = 20;
/** A run takes less than half of it. */
const ROOM_BYTES = 4e9;
/** macOS limits the path of a socket to 103 bytes, which include PostgreSQL's name for it. */
const LONGEST_FOLDER = 85;

/**
 * One PostgreSQL with a migrated template: the server that DATABASE_URL names, else one of our own in a temporary
 * directory that goes when it stops. `settings` make it durable again for a benchmark.
 */
export async function startTestServer(settings: Record<string, string> = HASTY): Promise<TestServer> {
  const given = process.env.DATABASE_URL;
  const place = takePlace(settings === HASTY ? folderInMemory() : tmpdir());
  const cluster = join(place.directory, "cluster");
  const dataDir = join(place.directory, "data");
  const sockets = settings === HASTY ? socketsIn(dataOf(dataDir)) : "";
  const all = { ...settings, unix_socket_directories: sockets };
  const own = given ? null : await startOwn(cluster, dataDir, all);
  // Stops the server when the run ends without its teardown.
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

/** Hashes the password once, not 4,096 times: the rounds take a quarter of the CPU of a connection. */
async function connectFaster(adminUrl: string): Promise<void> {
  const { username, password } = new URL(adminUrl);
  await administer(adminUrl, `set scram_iterations = 1; alter user ${username} password '${password}'`);
}

/** The folder for the socket; empty on systems without such sockets, and where the path is too long. */
function socketsIn(folder: string): string {
  return process.platform === "win32" || folder.length > LONGEST_FOLDER ? "" : folder;
}

/** Replaces the host by the socket's folder: a statement takes a quarter less CPU than over TCP. */
function through(folder: string, address: string): string {
  const url = new URL(address);
  if (folder) url.hostname = encodeURIComponent(folder);
  return url.href;
}

/** Drops the template and its remaining clones from a server that goes on after the run. */
async function dropAll(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query("select datname as name from pg_database where starts_with(datname, $1)", [name]);
  await client.end();
  for (const left of rows) await administer(adminUrl, `drop database if exists ${left.name} with (force)`);
}

/** Stops the PostgreSQL that a killed run left, and deletes its data. */
function clear(dataDir: string): void {
  const orphan = findPostmaster(dataDir);
  if (orphan !== null) process.kill(orphan, "SIGQUIT");
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Copies the empty cluster with its owners, since PostgreSQL does not run as root. With DATABASE_URL there is no cluster to
 * copy, and whoever starts in the directory makes one.
 */
export function copyCluster(cluster: string, dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(cluster)) return;
  execFileSync("cp", ["-a", `${cluster}/.`, dataDir]);
}

/** Makes the directory for tests' files, without what a killed run left in it. */
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

/** Linux's folder in memory where it has room: a copy of a database takes the kernel two thirds of the CPU there. */
function folderInMemory(): string {
  const folder = "/dev/shm";
  if (process.env.TMPDIR || !existsSync(folder)) return tmpdir();
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > ROOM_BYTES ? folder : tmpdir();
}

/** The directories have fixed names, so that a later run finds and clears what a killed run left. */
function takePlace(folder: string): Place {
  let refusal: unknown;
  for (let number = 1; number <= PLACES; number++) {
    const directory = join(folder, `customer360-test-${process.getuid?.() ?? 0}-${number}`);
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

/** Empties the directory before it releases the claim: another run may be waiting for it. */
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
