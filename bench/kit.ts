import { performance } from "node:perf_hooks";
import type { Database } from "../src/db/client.ts";
import { openKeyring } from "../src/db/keyring.ts";
import { findRules } from "../src/identity/rules.repository.ts";
import { type Ingest, openIngest } from "../src/ingest/ingest.ts";
import type { IncomingRecord } from "../src/ingest/receipt.ts";
import { openLog } from "../src/kit/log.ts";
import { openPlace, type Place } from "./place.ts";

export interface Bench extends Place {
  ingest: Ingest;
}

/** A database of the benchmark's own, durable, with ingest over it: in a folder that stays, where one is named. */
export async function openBench(folder?: string): Promise<Bench> {
  const place = await openPlace(folder);
  const ingest = await ingestInto(place.db);
  return {
    ...place,
    ingest,
    async close() {
      await ingest.close();
      await place.close();
    },
  };
}

export async function ingestInto(db: Database): Promise<Ingest> {
  const rules = await findRules(db, "SE");
  // The keys that a server over the same database finds.
  const keys = await openKeyring(db, null);
  return openIngest({ database: db, log: openLog("silent"), ...keys, rules: () => rules });
}

/** The work's answer and its milliseconds. */
export async function timed<Answer>(work: () => Promise<Answer>): Promise<{ ms: number; answer: Answer }> {
  const start = performance.now();
  const answer = await work();
  return { ms: performance.now() - start, answer };
}

/** The value below which this share of the sorted samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** A small repeatable source of chance (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SECTIONS = ["home", "billing", "support", "shop", "contact", "account", "outage", "move"];
const MINUTE = 60_000;

/**
 * Visits of a web log: each visitor is a cookie, every third logs in in the middle of the visit, and a visit has ten
 * pages. `from` and `count` select a part, so that a file of any size needs no memory.
 */
export function* webLog(count: number, seed = 1, start = Date.UTC(2026, 8, 1)): Generator<IncomingRecord> {
  const random = chance(seed);
  for (let n = 0; n < count; n += 1) {
    const visit = Math.floor(n / 10);
    const page = n % 10;
    const visitor = Math.floor(visit * 0.6180339887 * 1_000_003) % Math.max(1, Math.floor(count / 25));
    const section = SECTIONS[Math.floor(random() * SECTIONS.length)]!;
    const identities = [{ namespace: "cookie", value: `c-${visitor}` }];
    if (visitor % 3 === 0 && page >= 5) identities.push({ namespace: "custid", value: `${1_000_000 + visitor}` });
    yield {
      kind: "touchpoint",
      body: {
        source: "web",
        sourceId: `h-${seed}-${n}`,
        occurredAt: start + visit * MINUTE * 0.37 + page * 20_000,
        kind: "PAGE_VIEW",
        channel: "WEB",
        url: `https://shop.example/${section}/${Math.floor(random() * 40)}`,
        sessionId: `s-${seed}-${visit}`,
        identities,
      },
    };
  }
}

/** The records in groups of this many. */
export function* inBatches<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
