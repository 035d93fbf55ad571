import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync } from "node:fs";
import { join } from "node:path";

const DEBIANS = "/usr/lib/postgresql";
const USER = "postgres";

/** A PostgreSQL of the system's packages, with its own programs. */
export interface SystemPostgres {
  /** Makes an empty database; answers its address. */
  create(name: string): string;
  run(program: string, args: readonly string[]): void;
  stop(): void;
}

/** Starts one in a folder below `home`; null where none is installed. PostgreSQL does not run as root. */
export function openSystemPostgres(home: string): SystemPostgres | null {
  const [version] = existsSync(DEBIANS) ? readdirSync(DEBIANS).sort((a, b) => Number(b) - Number(a)) : [];
  if (version === undefined || !existsSync(join(DEBIANS, version, "bin", "initdb"))) return null;
  const ids = process.getuid?.() === 0 ? idsOf(USER) : null;
  const folder = mkdtempSync(join(home, "system-"));
  if (ids) for (const path of [home, folder]) chownSync(path, ids.uid, ids.gid);
  const run = (program: string, args: readonly string[]) => {
    execFileSync(join(DEBIANS, version, "bin", program), args, { ...ids, cwd: folder, stdio: "ignore" });
  };
  const data = join(folder, "data");
  const port = 20_000 + (process.pid % 20_000);
  run("initdb", [
    `--pgdata=${data}`,
    `--username=${USER}`,
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
  ]);
  const settings = `-p ${port} -k "" -c listen_addresses=127.0.0.1 -c fsync=off`;
  run("pg_ctl", ["start", "-D", data, "-w", "-l", join(folder, "log"), "-o", settings]);
  const urlOf = (name: string) => `postgres://${USER}@127.0.0.1:${port}/${name}`;
  return {
    create(name) {
      run("createdb", ["--maintenance-db", urlOf("postgres"), name]);
      return urlOf(name);
    },
    run,
    stop: () => run("pg_ctl", ["stop", "-D", data, "-m", "immediate"]),
  };
}

function idsOf(user: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync("id", [flag, user], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}
