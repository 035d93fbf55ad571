import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Log } from "../kit/log.ts";
import { openBinaries } from "./binaries.ts";
import { type Claim, claimDirectory } from "./claim.ts";
import {
  type Cluster,
  dataOf,
  diskFull,
  findPostmaster,
  makeCluster,
  runCluster,
  stopCluster,
  urlOf,
} from "./cluster.ts";

export interface EmbeddedOptions {
  dataDir: string;
  /** A free one when left out. */
  port?: number;
  log: Log;
  /** Settings of PostgreSQL that differ from ours. */
  settings?: Record<string, string>;
}

export interface Embedded {
  readonly url: string;
  /** The id of PostgreSQL's process; it changes after a crash. */
  readonly pid: number;
  stop(): Promise<void>;
}

const DATABASE = "customer360";
/** Durable, and sized for a machine with two cores. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "120",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  wal_compression: "on",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  fsync: "on",
  synchronous_commit: "on",
  // The details of an error quote rows, which are personal data.
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
};
const RESTARTS = 60;
const RESTART_PAUSE_MS = 500;

/**
 * Starts a PostgreSQL over the data directory, which it makes at the first start. A PostgreSQL that a killed process
 * left running is stopped first. While another living process has the directory, the start is refused with its process
 * id.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const home = resolve(options.dataDir);
  try {
    mkdirSync(home, { recursive: true });
    const claim = claimDirectory(home);
    return await startIn(home, options, claim).catch((error) => {
      claim.release();
      throw error;
    });
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, home);
  }
}

async function startIn(home: string, options: EmbeddedOptions, claim: Claim): Promise<Embedded> {
  const cluster = { binaries: openBinaries(home), home, password: passwordIn(home) };
  const port = await prepare(cluster, options);
  const running = await supervise(cluster, { ...SETTINGS, ...options.settings, port }, options.log);
  await createDatabase(urlOf(cluster, port));
  return {
    url: urlOf(cluster, port, DATABASE),
    get pid() {
      return running.child.pid!;
    },
    async stop() {
      running.isWanted = false;
      await stopCluster(cluster);
      claim.release();
    },
  };
}

function explain(error: NodeJS.ErrnoException, home: string): Error {
  if (error.code === "ENOSPC") return new Error(diskFull(home));
  if (!/^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST)$/.test(error.code ?? "")) return error;
  return new Error(
    `The data directory ${home} cannot be written (${error.code}): mend that, or set DATA_DIR to another.`,
  );
}

function passwordIn(home: string): string {
  const file = join(home, "password");
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

/** Prepares the start: stops another PostgreSQL on the data, makes the data, picks a port. */
async function prepare(cluster: Cluster, { port, log }: EmbeddedOptions): Promise<string> {
  const orphan = findPostmaster(cluster.home);
  if (orphan !== null) log.warn("database.orphan", { pid: orphan });
  await stopCluster(cluster);
  if (!existsSync(dataOf(cluster.home))) await makeCluster(cluster);
  return String(port ?? (await freePort()));
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

interface Running {
  child: ChildProcess;
  isWanted: boolean;
}

/** Starts PostgreSQL, and restarts it under the same address whenever it dies unasked. */
async function supervise(cluster: Cluster, settings: Record<string, string>, log: Log): Promise<Running> {
  const running = { child: await runCluster(cluster, settings), isWanted: true };
  log.info("database.started", { pid: running.child.pid, port: Number(settings.port) });
  const watch = async (): Promise<void> => {
    const [code, signal] = await once(running.child, "exit");
    if (!running.isWanted) return;
    log.error("database.died", { code, signal });
    running.child = await restart(cluster, settings, running);
    log.info("database.restarted", { pid: running.child.pid });
    return watch();
  };
  watch().catch((error) => log.error("database.lost", { reason: (error as Error).message }));
  return running;
}

/** The connections of the dead one need a moment to notice, and nothing can start before they are gone. */
async function restart(cluster: Cluster, settings: Record<string, string>, running: Running): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt++) {
    await sleep(RESTART_PAUSE_MS);
    findPostmaster(cluster.home);
    try {
      if (!running.isWanted) return running.child;
      return await runCluster(cluster, settings);
    } catch (error) {
      if (attempt === RESTARTS) throw error;
    }
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
