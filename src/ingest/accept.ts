import { setImmediate } from "node:timers/promises";
import type { Database, Db } from "../db/client.ts";
import type { Rules } from "../facts/rules.ts";
import { lockStitching, shareStitching } from "../identity/evidence.repository.ts";
import { mustLock, NeedsLock } from "../identity/stitch.ts";
import { AppError } from "../kit/errors.ts";
import { newId } from "../kit/id.ts";
import type { Log } from "../kit/log.ts";
import { type BatchContext, type PlacedFact, takeIn } from "./batch.ts";
import { openCommitQueue } from "./commit-queue.ts";
import { openNaming } from "./reading/naming.ts";
import { prepare } from "./reading/prepare.ts";
import { countBySource, countReceipts, type IncomingRecord, type Receipt, type Refusal, refusal } from "./receipt.ts";
import { settleCalls } from "./settle-calls.ts";
import { insertBatch } from "./storing/batches.repository.ts";
import { type Dictionary, openDictionary } from "./storing/dictionary.repository.ts";
import { insertRejections } from "./storing/rejections.repository.ts";
import { openStatistics, type Statistics } from "./storing/statistics.ts";

export interface AcceptOptions {
  /** Which door: "graphql", "rest", "import", "webhook:twilio", "seed", "replay". */
  door: string;
  batchId?: string;
  importId?: string;
  /** What must be stored before: until then the batch is only read and checked. */
  after?: Promise<unknown>;
  /** False for a replay: what is refused again is already kept. */
  keepsRejections?: boolean;
  /** More work for the same transaction, such as an import's progress. */
  alongside?: (tx: Db, receipts: Receipt[]) => Promise<void>;
}

/** The one way in. What it answers is committed. */
export interface Ingest {
  /** Takes records in as one transaction: all of their receipts, in order, or an error and nothing stored. */
  accept(records: readonly IncomingRecord[], options: AcceptOptions): Promise<Receipt[]>;
  /** Takes one record in, sharing the commit with others that arrive meanwhile. */
  acceptOne(record: IncomingRecord, options: AcceptOptions): Promise<Receipt>;
  /** The rules in force. */
  rules(): Rules;
  /** Waits for what was taken on, and takes on no more. */
  close(): Promise<void>;
}

export interface IngestDeps {
  database: Database;
  log: Log;
  identityKey: Uint8Array;
  rejectionKey: Uint8Array;
  /** The rules as the database holds them; asked again every few seconds by whoever owns them. */
  rules: () => Rules;
}

/** Records of one transaction at most: it bounds memory, the lock's time and what a retry repeats. */
export const MAX_BATCH = 10_000;

export function openIngest(deps: IngestDeps): Ingest {
  const statistics = openStatistics(deps.database, deps.log);
  const desk = { ...deps, dictionary: openDictionary(), statistics };
  const queue = openCommitQueue((records, door) => acceptAll(desk, records, { door }));
  return {
    accept: (records, options) => acceptAll(desk, records, options),
    acceptOne: (record, { door }) => queue.add(record, door),
    rules: deps.rules,
    async close() {
      await queue.close();
      await statistics.close();
    },
  };
}

interface Desk extends IngestDeps {
  dictionary: Dictionary;
  statistics: Statistics;
}

async function acceptAll(desk: Desk, records: readonly IncomingRecord[], options: AcceptOptions): Promise<Receipt[]> {
  if (records.length > MAX_BATCH) {
    throw new AppError("LIMIT_EXCEEDED", `At most ${MAX_BATCH} records in one batch: send them in several.`);
  }
  const rules = desk.rules();
  const work = await sort(records, rules, desk.identityKey);
  await options.after;
  const batchId = options.batchId ?? newId();
  const facts = work.facts.map(({ fact }) => fact);
  // Not among the hot statements: a large batch would hold up look-ups.
  const needsLock = await desk.database.transaction((tx) => mustLock(tx, facts));
  const receipts = await withRetries(needsLock, async (isLocked) => {
    const context = { batchId, dictionary: desk.dictionary.open(), rules, isLocked };
    const answer = await desk.database.transaction((tx) => store(tx, { desk, work, options, context }));
    context.dictionary.remember();
    return answer;
  });
  desk.statistics.grow(work.facts.length);
  desk.log.debug("ingest.committed", { door: options.door, ...countReceipts(receipts) });
  return receipts;
}

interface Sorted {
  facts: PlacedFact[];
  refused: { position: number; record: IncomingRecord; refusal: Refusal; source: string; sourceId: string | null }[];
  filtered: { position: number; source: string }[];
}

/** Records read in one go, some 5 ms: between two such pieces others are served. */
const PIECE = 100;

async function sort(records: readonly IncomingRecord[], rules: Rules, identityKey: Uint8Array): Promise<Sorted> {
  const sorted: Sorted = { facts: [], refused: [], filtered: [] };
  const naming = openNaming(rules, identityKey);
  for (const [position, record] of records.entries()) {
    if (position % PIECE === PIECE - 1) await setImmediate();
    const prepared = prepare(record, naming);
    if ("fact" in prepared) sorted.facts.push({ position, fact: prepared.fact });
    else if ("refusal" in prepared) sorted.refused.push({ position, record, ...prepared });
    else sorted.filtered.push({ position, source: prepared.source });
  }
  return sorted;
}

interface Storing {
  desk: Desk;
  work: Sorted;
  options: AcceptOptions;
  context: BatchContext;
}

async function store(tx: Db, { desk, work, options, context }: Storing): Promise<Receipt[]> {
  const { batchId } = context;
  const lock = context.isLocked ? lockStitching : shareStitching;
  const [, stored] = await Promise.all([lock(tx), takeIn(tx, work.facts, context)]);
  const receipts: Receipt[] = [];
  for (const [position, receipt] of stored) receipts[position] = receipt;
  for (const { position } of work.filtered) receipts[position] = FILTERED;
  for (const { position, refusal: why } of work.refused) receipts[position] = refusal("REJECTED", why);
  const { door, importId = null, keepsRejections = true } = options;
  await Promise.all([
    settleCalls(tx, work.facts, stored),
    keepsRejections ? insertRejections(tx, work.refused, { batchId, key: desk.rejectionKey }) : null,
    insertBatch(tx, { id: batchId, door, importId, receipts: countBySource(receipts, sourcesOf(work)) }),
  ]);
  await options.alongside?.(tx, receipts);
  return receipts;
}

/** The source of each record, in the order in which they came. */
function sourcesOf({ facts, refused, filtered }: Sorted): string[] {
  const sources: string[] = [];
  for (const { position, fact } of facts) sources[position] = fact.source;
  for (const { position, source } of [...refused, ...filtered]) sources[position] = source;
  return sources;
}

const FILTERED: Receipt = {
  status: "FILTERED",
  recordId: null,
  subjectId: null,
  customerId: null,
  reason: "FILTERED",
  message: "The settings of its source leave out records of this kind.",
  path: [],
};

/** Times that a batch is repeated when another writer was in its way. */
const ATTEMPTS = 5;

async function withRetries<Answer>(needsLock: boolean, run: (isLocked: boolean) => Promise<Answer>): Promise<Answer> {
  let isLocked = needsLock;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run(isLocked);
    } catch (error) {
      if (error instanceof NeedsLock && !isLocked) isLocked = true;
      else if (!isPassing(error) || attempt >= ATTEMPTS) throw error;
    }
  }
}

/**
 * A serialisation failure, a deadlock, or a visit that somebody made while a leg was about to take its place: the same
 * work may well go through.
 */
function isPassing(error: unknown): boolean {
  return PASSING.has((error as { code?: string }).code ?? "");
}

const PASSING: ReadonlySet<string> = new Set(["40001", "40P01", "23505"]);
