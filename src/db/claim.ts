import { execFileSync } from "node:child_process";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

export interface Claim {
  release(): void;
}

/**
 * Reserves a directory for this process until it releases it or dies; where it is taken, the error names the process
 * that has it.
 */
export function claimDirectory(directory: string): Claim {
  const lock = `${directory}/lock`;
  const mine = `${process.pid} ${birthOf(process.pid)}`;
  for (let attempt = 0; attempt < 20; attempt++) {
    if (put(lock, mine)) return { release: () => removeIf(lock, mine) };
    const theirs = read(lock);
    if (theirs && isAlive(theirs)) {
      const [pid] = theirs.split(" ");
      throw new Error(
        `The data directory ${directory} is in use by process ${pid}: stop that process, or set DATA_DIR to another directory.`,
      );
    }
    removeIf(lock, theirs);
  }
  throw new Error(`The data directory ${directory} could not be claimed: remove ${lock} if no process uses it.`);
}

/** The file appears as a whole or not at all, so that nobody sees a lock without its owner. */
function put(lock: string, text: string): boolean {
  const draft = `${lock}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, text);
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves the lock aside before comparing it: another process may have replaced it a moment ago. */
function removeIf(lock: string, expected: string): void {
  const aside = `${lock}.${process.pid}.stale`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const found = read(aside);
  rmSync(aside, { force: true });
  if (found !== expected) put(lock, found);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function isAlive(owner: string): boolean {
  const [pid, ...birth] = owner.split(" ");
  return birthOf(Number(pid)) === birth.join(" ");
}

/** When a process started, or "": process ids are used again, in containers the very same ones. */
function birthOf(pid: number): string {
  if (!Number.isSafeInteger(pid) || pid <= 0) return "";
  try {
    if (process.platform === "linux") return linuxBirthOf(pid);
    if (process.platform === "win32") return process.kill(pid, 0) ? "alive" : "";
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

function linuxBirthOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name before the closing bracket may hold spaces; the 20th field after it is the start in clock ticks.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return fields[0] === "Z" ? "" : `${boot} ${fields[19]}`;
}
