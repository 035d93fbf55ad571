import type { ChildProcess } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Binaries } from "./binaries.ts";

/** A PostgreSQL cluster of our own: its directory and how to reach it. */
export interface Cluster {
  binaries: Binaries;
  home: string;
  password: string;
}

const SUPERUSER = "customer360";
const MAJOR = "18";
/** After a crash PostgreSQL may have gigabytes of log to read before the first connection. */
const START_TIMEOUT_MS = 600_000;
const STOP_SECONDS = "60";

export const dataOf = (home: string) => join(home, "postgres");

/**
 * Sorts by bytes, the only order that is the same on every system, and knows upper and lower case of all scripts: Å is
 * å's capital, as A is a's.
 */
const LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];

/** Makes an empty cluster beside its place and then moves it there, so that a killed start leaves no half cluster. */
export async function makeCluster({ binaries, home, password }: Cluster): Promise<void> {
  const draft = `${dataOf(home)}.new`;
  const secret = `${dataOf(home)}.secret`;
  rmSync(draft, { recursive: true, force: true });
  try {
    mkdirSync(draft, { mode: 0o700 });
    writeFileSync(secret, password, { mode: 0o600 });
    for (const path of [draft, secret]) binaries.give(path);
    const flags = [`--pgdata=${draft}`, `--username=${SUPERUSER}`, `--pwfile=${secret}`, "--auth=scram-sha-256"];
    const { code, output } = await binaries.run("initdb", [...flags, ...LOCALE]);
    if (code !== 0) throw new Error(faultIn(output, home));
    renameSync(draft, dataOf(home));
  } finally {
    rmSync(secret, { force: true });
  }
}

/** Starts PostgreSQL and waits until it answers. */
export async function runCluster(cluster: Cluster, settings: Record<string, string>): Promise<ChildProcess> {
  refuseOtherVersion(dataOf(cluster.home));
  const child = launch(cluster, settings);
  const patience = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < patience && isRunning(child)) {
    if (await answers(urlOf(cluster, settings.port!))) return child;
    await sleep(25);
  }
  child.kill("SIGQUIT");
  throw new Error(faultIn(readFileSync(logOf(cluster.home), "utf8"), cluster.home));
}

/** The address of one of the cluster's databases; without a name, of the one that always exists. */
export function urlOf({ password }: Cluster, port: string, database = "postgres"): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Stops PostgreSQL: what is committed is finished, everything else is refused. */
export async function stopCluster({ binaries, home }: Cluster): Promise<void> {
  if (findPostmaster(home) === null) return;
  const data = dataOf(home);
  const { output } = await binaries.run("pg_ctl", ["stop", "-D", data, "-m", "fast", "-w", "-t", STOP_SECONDS]);
  if (findPostmaster(home) === null) return;
  throw new Error(`The PostgreSQL in ${data} did not stop within ${STOP_SECONDS} s: ${output.trim()}`);
}

/**
 * The process that serves the data, even when its parent was killed; null when its number belongs to no such process.
 */
export function findPostmaster(home: string): number | null {
  const file = join(dataOf(home), "postmaster.pid");
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (isServing(pid, dataOf(home))) return pid;
  rmSync(file, { force: true });
  return null;
}

/** Process ids are used again, so the process is asked for its directory. */
function isServing(pid: number, data: string): boolean {
  try {
    if (process.platform === "linux") return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function refuseOtherVersion(data: string): void {
  const file = join(data, "PG_VERSION");
  if (!existsSync(file)) {
    throw new Error(
      `${data} is damaged (it has no PG_VERSION): restore it from a backup, or remove it to start empty.`,
    );
  }
  const version = readFileSync(file, "utf8").trim();
  if (version === MAJOR) return;
  throw new Error(
    `${data} was written by PostgreSQL ${version}, and this is ${MAJOR}: move the data with pg_dump, or set DATA_DIR to another directory.`,
  );
}

/** In a session of its own: Ctrl-C is for us, and PostgreSQL stops after we have finished what we acknowledged. */
function launch({ binaries, home }: Cluster, settings: Record<string, string>): ChildProcess {
  const output = openSync(logOf(home), "w", 0o600);
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = binaries.start("postgres", ["-D", dataOf(home), ...flags], {
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  child.on("error", () => {});
  child.unref();
  return child;
}

const logOf = (home: string) => join(home, "postgres.log");
const isRunning = (child: ChildProcess) =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null;

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

export const diskFull = (home: string) =>
  `The disk that holds ${home} is full: free some space and start again. Nothing that was acknowledged is lost.`;

function faultIn(output: string, home: string): string {
  if (/No space left on device/.test(output)) return diskFull(home);
  if (/could not look up effective user/.test(output)) {
    return "PostgreSQL refuses to run as a user without a name: give this user id a line in /etc/passwd, or set DATABASE_URL.";
  }
  const lines = output.trim().split("\n");
  const line = lines.findLast((text) => /\b(FATAL|PANIC|error):/.test(text)) ?? lines.at(-1) ?? "";
  const reason = line.replace(/^.*?(FATAL|PANIC|error):\s*/, "");
  return `PostgreSQL could not start on ${home}: ${reason || "it gave no reason"} (its log is ${logOf(home)}).`;
}
