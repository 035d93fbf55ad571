import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { type Database, openDatabase } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import type { Statements } from "../../src/db/statements.ts";
import { recordChanges } from "../../src/identity/changes.repository.ts";
import { readChanges } from "../../src/journeys/changes.repository.ts";
import type { Seen } from "../../src/journeys/changes.ts";
import { recordId } from "../../src/kit/id.ts";
import { useDatabase } from "../kit/database.ts";
import { read } from "../kit/read.ts";

const house = useDatabase();

const WRITERS = 16;
const TRANSACTIONS = 20;
const LOOKS = 20;
const CUSTOMERS = 12;
const customer = (n: number) => recordId("customer", "test", String(n));

/** How often each customer was counted, as of the snapshot: all of them, or these. */
async function counts(db: Statements, ids: readonly string[] | null): Promise<Map<string, number>> {
  const rows = await read<{ id: string; times: number }>(
    db,
    sql`select id, times from counted where ${ids}::uuid[] is null or id = any(${ids}::uuid[])`,
  );
  return new Map(rows.map(({ id, times }) => [id, times]));
}

/**
 * Counts customers in one transaction after another, of which a third is rolled back, in parts or whole, until the reader
 * has looked often enough.
 */
async function write(db: Database, writer: number, isEnough: () => boolean): Promise<void> {
  for (let n = 0; n < TRANSACTIONS || !isEnough(); n += 1) {
    const [one, other] = [(writer + n) % CUSTOMERS, (writer * n) % CUSTOMERS].sort((a, b) => a - b) as [number, number];
    await db
      .transaction(async (tx) => {
        await count(tx, one);
        await tx.run(sql`savepoint half`);
        await count(tx, other);
        if (n % 3 === 1) await tx.run(sql`rollback to half`);
        await sleep((writer * 7 + n) % 5);
        if (n % 5 === 2) throw new Error("undone");
      })
      .catch((error: Error) => {
        if (error.message !== "undone") throw error;
      });
  }
}

function count(tx: Statements, n: number): Promise<number> {
  return recordChanges(
    tx,
    sql`update counted set times = times + 1 where id = ${customer(n)}::uuid returning id as customer_id`,
  );
}

test("beside sixteen writers a reader who follows knows at each look what one knows who reads everything", async () => {
  await house.db.run(sql`create table if not exists counted (id uuid primary key, times integer not null)`);
  await house.db.run(sql`
    insert into counted select unnest(${[...Array(CUSTOMERS).keys()].map(customer)}::uuid[]), 0
  `);
  const followed = new Map<string, number>();
  let last: Seen | null = null;
  let looks = 0;
  const look = () =>
    house.db.atOneInstant(async (snapshot) => {
      const { changed, seen } = await readChanges(snapshot, last);
      const read = await counts(snapshot, changed === "EVERYTHING" ? null : [...changed]);
      for (const [id, times] of read) followed.set(id, times);
      expect(followed).toEqual(await counts(snapshot, null));
      expect(changed === "EVERYTHING").toBe(last === null);
      last = seen;
      looks += 1;
    });

  let isWriting = true;
  let isOver = false;
  const isEnough = () => isOver || looks > LOOKS;
  // A connection each: they would wait for one another otherwise.
  const db = openDatabase({ url: house.url, poolSize: WRITERS });
  const writing = Promise.all([...Array(WRITERS).keys()].map((writer) => write(db, writer, isEnough))).finally(() => {
    isWriting = false;
    return db.close();
  });
  try {
    while (isWriting) await look();
  } finally {
    isOver = true;
    await writing;
  }
  await look();

  await house.db.run(sql`drop table counted`);
});
