import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Database, openDatabase } from "../../src/db/client.ts";
import type { Embedded } from "../../src/db/embedded.ts";
import { migrate } from "../../src/db/migrate.ts";
import { untilBack } from "../../src/db/retry.ts";
import { sql } from "../../src/db/sql.ts";
import { customersOf, recordChanges } from "../../src/identity/changes.repository.ts";
import { readChanges } from "../../src/journeys/changes.repository.ts";
import type { Seen } from "../../src/journeys/changes.ts";
import { forgetChanges } from "../../src/journeys/floor.repository.ts";
import { newId } from "../../src/kit/id.ts";
import { copyCluster } from "../kit/server.ts";
import { caughtUp, startPrimary, startStandby } from "./standby.ts";

// A primary of its own and a standby that streams from it, in the order in which such servers live.

let directory: string;
const running: Embedded[] = [];
let primary: Database;
let standby: Database;

beforeAll(async () => {
  directory = mkdtempSync(join(inject("directory"), "servers-"));
  const [home, copy] = [join(directory, "primary"), join(directory, "standby")];
  copyCluster(inject("cluster"), home);
  running.push(await startPrimary(home));
  await migrate(running[0]!.url);
  running.push(await startStandby(running[0]!, home, copy));
  [primary, standby] = running.map(({ url }) => openDatabase({ url })) as [Database, Database];
}, 120_000);

afterAll(async () => {
  await Promise.all([primary?.close(), standby?.close()]);
  for (const server of running.reverse()) await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

const record = (db: Pick<Database, "rows" | "run">, customer: string) => recordChanges(db, customersOf([customer]));
const look = (db: Database, last: Seen | null) => db.atOneInstant((snapshot) => readChanges(snapshot, last));
const lookAtStandby = async (last: Seen | null) => {
  await caughtUp(primary.pool, standby.pool);
  return look(standby, last);
};

test("a standby tells of a transaction that was open at the last look, though its snapshots do not list it", async () => {
  const [ann, bob] = [newId(), newId()];
  const start = await lookAtStandby(null);
  let between = start;
  await primary.transaction(async (tx) => {
    await record(tx, ann);
    await record(primary, bob);
    between = await lookAtStandby(start.seen);
  });

  const { changed } = await lookAtStandby(between.seen);

  expect(between.changed).toEqual(new Set([bob]));
  expect(changed).toEqual(new Set([ann, bob]));
});

test("changes are deleted beside a writer who takes hours, and a standby is followed all the while", async () => {
  const [ann, bob] = [newId(), newId()];
  let { seen } = await lookAtStandby(null);
  await primary.transaction(async (tx) => {
    await record(tx, ann);
    for (let hour = 0; hour < 4; hour += 1) {
      await record(primary, bob);
      await forgetChanges(primary, new Date(Date.UTC(2026, 9, 1, hour)));
      const next = await lookAtStandby(seen);
      expect(next.changed).toEqual(new Set([bob]));
      seen = next.seen;
    }
  });

  const { changed } = await lookAtStandby(seen);

  expect(changed).toContain(ann);
  expect(changed).not.toBe("EVERYTHING");
});

test("a standby that is promoted is another server, and is followed from then on", async () => {
  const ann = newId();
  const before = await lookAtStandby(null);
  await standby.run(sql`select pg_promote()`);
  const promoted = await look(standby, before.seen);
  await record(standby, ann);

  const after = await look(standby, promoted.seen);

  expect(promoted.changed).toBe("EVERYTHING");
  expect(after.changed).toEqual(new Set([ann]));
});

test("after a crash everything is read, since it may give the id of a transaction that left no trace to another", async () => {
  const client = await primary.pool.connect();
  client.on("error", () => {});
  const { rows } = await client.query("select pg_backend_pid() as pid");
  const before = await look(primary, null);

  process.kill(rows[0].pid, "SIGKILL");
  client.release(true);
  const after = await untilBack(() => look(primary, before.seen));

  expect(after.changed).toBe("EVERYTHING");
});
