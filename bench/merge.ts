import { parseArgs } from "node:util";
import type { Db } from "../src/db/client.ts";
import { sql } from "../src/db/sql.ts";
import { merge, previewMerge, withdraw } from "../src/identity/decide.ts";
import { matchingAfter } from "../src/ingest/matching/rematch.ts";
import type { IncomingRecord } from "../src/ingest/receipt.ts";
import { inBatches, openBench, percentile, timed } from "./kit.ts";

// Merges two customers and splits them again, beside the bare UPDATE of as many rows in tables of the same shape.

const { values } = parseArgs({
  options: { rows: { type: "string", default: "10000" }, rounds: { type: "string", default: "7" } },
});
const ROWS = Number(values.rows);

const bench = await openBench();
try {
  const { db, ingest } = bench;
  const customers: string[] = [];
  for (const batch of inBatches(visits(), 2_500)) {
    const receipts = await ingest.accept(batch, { entryPoint: "bench" });
    for (const { customerId } of receipts) if (!customers.includes(customerId!)) customers.push(customerId!);
  }
  await layPeer(db);
  await db.pool.query("vacuum (analyze)");
  const said = { by: { id: "bench", name: "bench" }, reason: "bench", rules: ingest.rules() };
  const house = matchingAfter(db);
  const times = { preview: [] as number[], merge: [] as number[], withdraw: [] as number[], update: [] as number[] };
  for (let round = 0; round < Number(values.rounds); round += 1) {
    times.preview.push((await timed(() => previewMerge(db, customers, said.rules))).ms);
    const merging = await timed(() => merge(house, customers, said));
    times.merge.push(merging.ms);
    times.withdraw.push((await timed(() => withdraw(house, merging.answer.verdict.id, said))).ms);
    times.update.push((await timed(() => update(db, customers))).ms);
    await update(db, customers.toReversed());
  }
  print(times);
} finally {
  await bench.close();
}

/** Visits of ten pages by two customers, ROWS pages each. */
function* visits(): Generator<IncomingRecord> {
  for (let n = 0; n < ROWS * 2; n += 1) {
    const customer = n % 2;
    const page = Math.floor(n / 2);
    const body = {
      source: "web",
      sourceId: `p${n}`,
      occurredAt: Date.UTC(2026, 0, 1) + page * 60_000,
      kind: "PAGE_VIEW",
      channel: "WEB",
      url: `https://shop.example/page/${page % 320}`,
      sessionId: `s${customer}-${Math.floor(page / 10)}`,
      identities: [{ namespace: "login", value: `person ${customer}` }],
    };
    yield { kind: "touchpoint", body };
  }
}

/** Copies of the two tables that a merge moves rows of, indexes included. */
async function layPeer(db: Db): Promise<void> {
  await db.run(sql`create table bare_touchpoints (like touchpoints including all)`);
  await db.run(sql`insert into bare_touchpoints select * from touchpoints`);
  await db.run(sql`create table bare_interactions (like interactions including all)`);
  await db.run(sql`insert into bare_interactions select * from interactions`);
}

/** The merge flags the rows that it moves, so that only these go back. */
async function update(db: Db, [to, from]: readonly string[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.run(sql`update bare_touchpoints set customer_id = ${to}::uuid where customer_id = ${from}::uuid`);
    await tx.run(sql`update bare_interactions set customer_id = ${to}::uuid where customer_id = ${from}::uuid`);
  });
}

function print(times: Record<"preview" | "merge" | "withdraw" | "update", number[]>): void {
  const median = (samples: readonly number[]) => percentile(samples, 0.5);
  const bare = median(times.update);
  const line = (name: string, ms: number) => `| ${name} | ${ms.toFixed(0)} | ${(ms / bare).toFixed(2)} |`;
  console.log(
    `${ROWS} touchpoints in ${ROWS / 10} visits move\n\n| what | median ms | of the bare UPDATE |\n| --- | --- | --- |`,
  );
  console.log(line("bare UPDATE of as many rows", bare));
  console.log(line("preview of the merge", median(times.preview)));
  console.log(line("merge", median(times.merge)));
  console.log(line("withdraw", median(times.withdraw)));
}
