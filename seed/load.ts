import type { Db } from "../src/db/client.ts";
import type { ReceiptStatus } from "../src/facts/vocabulary.ts";
import { saveSource } from "../src/identity/rules.repository.ts";
import type { Ingest } from "../src/ingest/ingest.ts";
import { saveNumbers } from "../src/ingest/matching/tracking.repository.ts";
import type { IncomingRecord } from "../src/ingest/receipt.ts";
import type { Log } from "../src/kit/log.ts";
import { DEMO_TRACKING_NUMBERS } from "./campaigns.ts";
import { demoData } from "./demo-data.ts";
import { demoMistakes } from "./mistakes.ts";
import { DEMO_SOURCES } from "./sources.ts";

/** The seed of the demo, and of README's figures. */
const DEMO_SEED = 360;

/** Small enough that the first start shows progress, large enough that it takes seconds. */
const BATCH = 1_000;

/** Stores the settings of the sources and the tracking numbers. Read the rules again before loading the records. */
export async function saveDemoSources(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    for (const settings of DEMO_SOURCES) await saveSource(tx, settings);
    await saveNumbers(tx, DEMO_TRACKING_NUMBERS);
  });
}

/** Sends the demo data to ingest, in the order in which its records arrived; counts the receipts. */
export async function loadDemoData(ingest: Pick<Ingest, "accept">, log: Log, now: number): Promise<ReceiptCounts> {
  const startedAt = performance.now();
  const records: IncomingRecord[] = [...demoData({ seed: DEMO_SEED, now }), ...demoMistakes(now)];
  const counts: ReceiptCounts = {};
  for (let start = 0; start < records.length; start += BATCH) {
    const receipts = await ingest.accept(records.slice(start, start + BATCH), { entryPoint: "seed" });
    for (const { status } of receipts) counts[status] = (counts[status] ?? 0) + 1;
  }
  log.info("seed.loaded", { records: records.length, ms: Math.round(performance.now() - startedAt), ...counts });
  return counts;
}

export type ReceiptCounts = Partial<Record<ReceiptStatus, number>>;
