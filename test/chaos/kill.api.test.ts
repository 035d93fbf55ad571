import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openRandom } from "../../seed/random.ts";
import { type Database, openDatabase } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import { rebuild } from "../../src/identity/rebuild.ts";
import { findRules } from "../../src/identity/rules.repository.ts";
import { read } from "../kit/read.ts";
import { copyCluster } from "../kit/server.ts";
import { type House, openHouse } from "./house.ts";
import { type Delivery, deliveriesOf, recordsOf } from "./mail.ts";

// Longer: CHAOS_RECORDS=20000 CHAOS_KILLS=20 npx vitest run test/chaos
const RECORDS = Number(process.env.CHAOS_RECORDS ?? 150);
/** Of the API and of PostgreSQL in turn. */
const KILLS = Number(process.env.CHAOS_KILLS ?? 2);
const SEED = Number(process.env.CHAOS_SEED ?? Date.now());
const CONNECTIONS = 16;
/** Longer than any start takes. */
const PATIENCE_MS = 60_000;
const timeout = 60_000 + RECORDS * 20 + KILLS * 15_000;

const directory = mkdtempSync(join(inject("directory"), "chaos-"));
let house: House;
let db: Database;
beforeAll(async () => {
  copyCluster(inject("cluster"), directory);
  house = await openHouse(directory);
}, timeout);
afterAll(async () => {
  await db?.close();
  await house?.stop();
  rmSync(directory, { recursive: true, force: true });
});

test(`loses nothing acknowledged and stores nothing twice, whoever is killed meanwhile (seed ${SEED})`, {
  timeout,
}, async () => {
  const random = openRandom(SEED);
  const post = deliveriesOf(recordsOf(RECORDS, random), random);
  const killAt = Array.from({ length: KILLS }, (_, n) => Math.floor((post.length * (n + 1)) / (KILLS + 1)));
  const book: Book = { acknowledged: new Map(), lost: [], statuses: new Set() };
  // One after another, so that each is felt, while the others go on sending.
  let killing = Promise.resolve();

  const carry = async () => {
    for (let delivery = post.pop(); delivery; delivery = post.pop()) {
      const turn = killAt.indexOf(post.length);
      if (turn !== -1) killing = killing.then(turn % 2 === 0 ? house.killApi : house.killPostgres);
      await deliver(delivery, book);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, carry));
  await killing;

  db = openDatabase({ url: house.databaseUrl() });
  expect(book.lost).toEqual([]);
  expect([...book.statuses].filter((status) => status !== 503)).toEqual([200]);
  expect(book.acknowledged.size).toBe(RECORDS);
  expect(await storedIds()).toEqual([...book.acknowledged.values()].sort());
  expect(await visitsOutOfStep()).toEqual([]);
  const { identities, reassigned, rowsMoved } = await rebuild(db, await findRules(db, "SE"), false);
  expect({ reassigned, rowsMoved }).toEqual({ reassigned: 0, rowsMoved: 0 });
  expect(identities).toBeGreaterThan(RECORDS / 20);
});

interface Book {
  /** The id that each acknowledged record was given. */
  acknowledged: Map<string, string>;
  /** Records that were new again after they had been acknowledged. */
  lost: string[];
  statuses: Set<number>;
}

/** Sends until somebody answers, as a sender does who was told that it is safe to repeat. */
async function deliver({ path, records }: Delivery, { acknowledged, lost, statuses }: Book): Promise<void> {
  const known = records.map(({ sourceId }) => acknowledged.has(sourceId));
  for (const patience = Date.now() + PATIENCE_MS; Date.now() < patience; ) {
    const answer = await house.post(path, records);
    if (answer) statuses.add(answer.status);
    if (answer?.status === 200) {
      const { receipts } = JSON.parse(answer.text) as { receipts: { status: string; recordId: string }[] };
      for (const [position, { status, recordId }] of receipts.entries()) {
        const { sourceId } = records[position]!;
        if (status === "ACCEPTED" && known[position]) lost.push(sourceId);
        if (status === "ACCEPTED" || status === "REPEATED") acknowledged.set(sourceId, recordId);
      }
      return;
    }
    if (answer && answer.status !== 503) return;
    await sleep(50);
  }
  throw new Error(`Nobody has taken a delivery in ${PATIENCE_MS / 1_000} s.`);
}

/** The ids of all rows that records became, each as often as it is there. */
async function storedIds(): Promise<string[]> {
  const rows = await read<{ id: string }>(
    db,
    sql`
      select id from touchpoints
      union all select id from interactions where not is_visit
      union all select id from customer_records
    `,
  );
  return rows.map(({ id }) => id).sort();
}

/** Visits whose times are not those of the touchpoints they were made of. */
async function visitsOutOfStep(): Promise<unknown[]> {
  return read(
    db,
    sql`
      select i.id
      from interactions i
      left join touchpoints t on t.subject_id = i.subject_id and t.interaction_id = i.id
      where i.is_visit
      group by i.subject_id, i.id
      having min(t.occurred_at) is distinct from i.session_start_time
        or max(coalesce(t.ended_at, t.occurred_at)) is distinct from i.session_end_time
    `,
  );
}
