import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { dataOf } from "../../src/db/cluster.ts";
import { type Embedded, startEmbedded } from "../../src/db/embedded.ts";
import { openLog } from "../../src/kit/log.ts";

const log = openLog("silent");
/** A PostgreSQL of a test that others may follow. */
const FOLLOWED = { wal_level: "replica", max_wal_senders: "4", shared_buffers: "32MB" };

export const startPrimary = (home: string): Promise<Embedded> =>
  startEmbedded({ dataDir: home, log, settings: FOLLOWED });

/**
 * A streaming standby of the primary whose files are in `home`: a copy of them while it runs, and what PostgreSQL says
 * of that copy.
 */
export async function startStandby(primary: Embedded, home: string, copy: string): Promise<Embedded> {
  const client = new pg.Client({ connectionString: primary.url });
  await client.connect();
  await client.query("select pg_backup_start('standby', true)");
  mkdirSync(copy, { recursive: true });
  execFileSync("cp", ["-a", dataOf(home), join(home, "password"), copy]);
  const { rows } = await client.query("select labelfile from pg_backup_stop(false)");
  await client.end();
  rmSync(join(dataOf(copy), "postmaster.pid"), { force: true });
  put(copy, "backup_label", rows[0].labelfile);
  put(copy, "standby.signal", "");
  const { hostname, port, username, password } = new URL(primary.url);
  const primary_conninfo = `host=${hostname} port=${port} user=${username} password=${password}`;
  return startEmbedded({ dataDir: copy, log, settings: { ...FOLLOWED, primary_conninfo } });
}

/** PostgreSQL may run as somebody else. */
function put(home: string, name: string, text: string): void {
  const file = join(dataOf(home), name);
  const { uid, gid } = statSync(dataOf(home));
  writeFileSync(file, text, { mode: 0o600 });
  chownSync(file, uid, gid);
}

/** Waits until the standby has replayed all that the primary had committed. */
export async function caughtUp(primary: pg.Pool, standby: pg.Pool): Promise<void> {
  const { rows } = await primary.query("select pg_current_wal_flush_lsn() as lsn");
  for (;;) {
    const { rows: replayed } = await standby.query("select pg_last_wal_replay_lsn() >= $1::pg_lsn as is_there", [
      rows[0].lsn,
    ]);
    if (replayed[0].is_there) return;
    await sleep(20);
  }
}
