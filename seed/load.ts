import type { Db } from "../src/db/client.ts";
import type { ReceiptStatus } from "../src/facts/vocabulary.ts";
import { saveSource } from "../src/identity/rules.repository.ts";
import type { Ingest } from "../src/ingest/ingest.ts";
import { saveNumbers } from "../src/ingest/matching/tracking.repository.ts";
import type { IncomingRecord } from "../src/ingest/receipt.ts";
import type { Log } from "../src/kit/log.ts";
import { TOWN_TRACKING_NUMBERS } from "./campaigns.ts";
import { townMistakes } from "./mistakes.ts";
import { TOWN_SOURCES } from "./sources.ts";
import { town } from "./town.ts";

/** The seed of the demo, and of README's figures. */
const TOWN_SEED = 360;

/** Small enough that the first start shows progress, large enough that it takes seconds. */
const BATCH = 1_000;

/** Stores the settings of the sources and the tracking numbers. Read the rules again before loading the records. */
export async function saveTownSources(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    for (const settings of TOWN_SOURCES) await saveSource(tx, settings);
    await saveNumbers(tx, TOWN_TRACKING_NUMBERS);
  });
}

/** Sends the demo data to ingest, in the order in which its records arrived; counts the receipts. */
export async function loadTown(ingest: Pick<Ingest, "accept">, log: Log, now: number): Promise<ReceiptCounts> {
  const startedAt = performance.now();
  const records: IncomingRecord[] = [...town({ seed: TOWN_SEED, now }), ...townMistakes(now)];
  const counts: ReceiptCounts = {};
  for (let start = 0; start < records.length; start += BATCH) {
    const receipts = await ingest.accept(records.slice(start, start + BATCH), { entryPoint: "seed" });
    for (const { status } of receipts) counts[status] = (counts[status] ?? 0) + 1;
  }
  log.info("seed.loaded", { records: records.length, ms: Math.round(performance.now() - startedAt), ...counts });
  return counts;
}

export type ReceiptCounts = Partial<Record<ReceiptStatus, number>>;
