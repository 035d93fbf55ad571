import type { SourceSettings } from "../src/facts/identity.ts";
import type { ReceiptStatus } from "../src/facts/vocabulary.ts";
import type { Log } from "../src/kit/log.ts";
import { townMistakes } from "./mistakes.ts";
import { TOWN_SOURCES } from "./sources.ts";
import { town } from "./town.ts";

/** The seed that the demo and README's figures are made with. */
export const TOWN_SEED = 360;

const BATCH = 1_000;

interface Entering {
  kind: "interaction" | "call" | "touchpoint" | "customer";
  body: unknown;
}

/** What the town needs of the house: its front door, a place for the sources' settings, and somebody to tell. */
export interface TownHall {
  ingest: {
    accept(records: readonly Entering[], options: { door: string }): Promise<readonly { status: ReceiptStatus }[]>;
  };
  saveSource(settings: SourceSettings): Promise<unknown>;
  log: Log;
}

/** Lets the town in by the front door, in batches. Loading it again changes nothing as long as `now` is the same. */
export async function loadTown({ ingest, saveSource, log }: TownHall, now: number): Promise<void> {
  const startedAt = performance.now();
  for (const settings of TOWN_SOURCES) await saveSource(settings);
  const records: Entering[] = [...town({ seed: TOWN_SEED, now }), ...townMistakes(now)];
  const counts: Partial<Record<ReceiptStatus, number>> = {};
  for (let start = 0; start < records.length; start += BATCH) {
    const receipts = await ingest.accept(records.slice(start, start + BATCH), { door: "seed" });
    for (const { status } of receipts) counts[status] = (counts[status] ?? 0) + 1;
  }
  const milliseconds = Math.round(performance.now() - startedAt);
  log.info("seed.loaded", { records: records.length, milliseconds, ...counts });
}
