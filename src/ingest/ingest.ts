import type { Database } from "../db/client.ts";
import { withRetries } from "../db/retry.ts";
import type { Fact } from "../facts/fact.ts";
import type { Rules } from "../facts/rules.ts";
import { customersOf, recordChanges } from "../identity/changes.repository.ts";
import { lockStitching, shareStitching } from "../identity/evidence.repository.ts";
import { NeedsLock, stitch } from "../identity/stitch.ts";
import { AppError } from "../kit/errors.ts";
import { newId } from "../kit/id.ts";
import type { Log } from "../kit/log.ts";
import { openCommitQueue } from "./commit-queue.ts";
import { meetTheWeb, type OwnedFact } from "./matching/match.ts";
import type { AcceptOptions } from "./options.ts";
import { type ReadBatch, readRecords, refusing, sourcesOf } from "./reading/read.ts";
import { countBySource, countReceipts, FILTERED, type IncomingRecord, type Receipt, refusal } from "./receipt.ts";
import { takeOffScreens } from "./ringing/announce.ts";
import { postMessages } from "./ringing/outbox.repository.ts";
import { type During, type IngestObserver, type StepClock, startStepClock } from "./steps.ts";
import { findArchived } from "./storing/archived.ts";
import { insertBatch } from "./storing/batches.repository.ts";
import { mayMove, takeApart } from "./storing/constants.ts";
import { type Loosened, nothingLoosened, tieContacts } from "./storing/contacts.ts";
import { type Dictionary, type DictionaryPage, openDictionary } from "./storing/dictionary.repository.ts";
import { findForbidden, isKept } from "./storing/forbidden.ts";
import { type Guests, openGuests } from "./storing/guests.ts";
import { keepEarlierBodies } from "./storing/ledger.repository.ts";
import { compare, type ReceiptsById, receiptsOf, subBatchesOf } from "./storing/ledger.ts";
import { mergeCustomers } from "./storing/merge-customers.ts";
import { findNameless } from "./storing/nameless.ts";
import { keepOriginal, type Original } from "./storing/originals.ts";
import { insertRejections } from "./storing/rejections.repository.ts";
import { openStatistics, type Statistics } from "./storing/statistics.ts";
import { store } from "./storing/store.ts";

/** The one way in. What it answers is committed. */
export interface Ingest {
  /** Takes records in as one transaction: all of their receipts, in order, or an error and nothing stored. */
  accept(records: readonly IncomingRecord[], options: AcceptOptions): Promise<Receipt[]>;
  /** Takes one record in, sharing the commit with others that arrive meanwhile. */
  acceptOne(record: IncomingRecord, options: Pick<AcceptOptions, "entryPoint">): Promise<Receipt>;
  /** Keeps a message as it was sent, where the settings of its connector's source say so. */
  keepOriginal(original: Original): Promise<void>;
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
  /** The rules as the database holds them; the owner of the cache reads them again every few seconds. */
  rules: () => Rules;
  /** The clock of this machine, where it is left out. */
  now?: () => Date;
  /** Nobody, where it is left out. */
  observer?: IngestObserver;
}

/** Records of one transaction at most: it bounds memory, the lock's time and what a retry repeats. */
const MAX_BATCH = 10_000;

export function openIngest(deps: IngestDeps): Ingest {
  const statistics = openStatistics(deps.database, deps.log);
  const guests = openGuests(deps.database);
  const context: Context = { ...deps, dictionary: openDictionary(), statistics, guests };
  const queue = openCommitQueue((records, entryPoint) => accept(context, records, { entryPoint }));
  return {
    accept: (records, options) => accept(context, records, options),
    acceptOne: (record, { entryPoint }) => queue.add(record, entryPoint),
    keepOriginal: (original) => keepOriginal(deps, original),
    rules: deps.rules,
    async close() {
      await queue.close();
      await statistics.close();
    },
  };
}

interface Context extends IngestDeps {
  dictionary: Dictionary;
  statistics: Statistics;
  guests: Guests;
}

/** A batch that was read, on its way into the tables. */
interface Batch extends ReadBatch {
  batchId: string;
  options: AcceptOptions;
  rules: Rules;
  identityKey: Uint8Array;
  rejectionKey: Uint8Array;
  clock: StepClock;
  dictionary: DictionaryPage;
  /** Contacts that its rows have left, as far as it got. */
  loosened: Loosened;
  /** Customers to whom the subjects of its records belong, as far as it got. */
  changed: Set<string>;
  /** Whether it holds the stitching lock; without it only what can move nobody is taken in. */
  isLocked: boolean;
}

/** The steps of a batch, in order; `STEPS` says what each of them does. */
async function accept(
  context: Context,
  records: readonly IncomingRecord[],
  options: AcceptOptions,
): Promise<Receipt[]> {
  if (records.length > MAX_BATCH) {
    throw new AppError("LIMIT_EXCEEDED", `At most ${MAX_BATCH} records in one batch: send them in several.`);
  }
  const clock = startStepClock();
  const { identityKey, rejectionKey } = context;
  const rules = await context.guests.introduce(records, context.rules());
  const read = await readRecords(records, { rules, identityKey, now: context.now?.() ?? new Date(), clock });
  await options.after;
  clock.skip();
  const batch = { ...read, batchId: options.batchId ?? newId(), options, rules, identityKey, rejectionKey, clock };
  const receipts = await withRetries(() => commit(context, batch));
  context.statistics.grow(read.facts.length);
  context.log.debug("ingest.committed", { entryPoint: options.entryPoint, ...countReceipts(receipts) });
  context.observer?.receipts(options.entryPoint, receipts);
  context.observer?.redacted?.(read.redacted);
  if (context.observer) clock.tell(context.observer);
  return receipts;
}

/** One transaction: afterwards all of the batch is stored, or nothing. */
async function commit(context: Context, batch: Omit<Batch, OfATry>): Promise<Receipt[]> {
  const { database, dictionary } = context;
  // Not among the hot statements: a large batch would hold up look-ups.
  const isLikely = await database.transaction((tx) => mayMove(tx, batch));
  batch.clock.mark("lock");
  const attempt = async (isLocked: boolean) => {
    const page = dictionary.open();
    const receipts = await batch.clock.transaction(database, (during) =>
      takeIn(during, { ...batch, dictionary: page, loosened: nothingLoosened(), changed: new Set(), isLocked }),
    );
    page.remember();
    return receipts;
  };
  return attempt(isLikely).catch((error) => {
    if (error instanceof NeedsLock) return attempt(true);
    throw error;
  });
}

type OfATry = "dictionary" | "loosened" | "changed" | "isLocked";

async function takeIn(during: During, read: Batch): Promise<Receipt[]> {
  const lock = read.isLocked ? lockStitching : shareStitching;
  const [, , { batch, receipts }] = await Promise.all([
    lock(during("lock")),
    read.dictionary.begin(during("lock")),
    takeInNamed(during, read),
  ]);
  const { facts, filtered, refused, batchId } = batch;
  const stored = facts.flatMap(({ fact, position }) => ownedFact(fact, receipts[position]!));
  for (const { position } of filtered) receipts[position] = FILTERED;
  for (const { position, refusal: why } of refused) receipts[position] = refusal("REJECTED", why);
  const { entryPoint, importId = null, keepsRejections = true, alongside } = batch.options;
  const kept = keepsRejections ? refused.filter(isKept) : [];
  await Promise.all([
    stored.length > 0 && settle(during, stored, batch.loosened),
    batch.changed.size > 0 && recordChanges(during("store").hot("changes.batch"), customersOf(batch.changed)),
    kept.length > 0 && insertRejections(during("store"), kept, { batchId, key: batch.rejectionKey }),
    insertBatch(during("store"), {
      id: batchId,
      entryPoint,
      importId,
      receipts: countBySource(receipts, sourcesOf(batch)),
    }),
  ]);
  await alongside?.(during("store"), receipts);
  batch.clock.mark("store");
  return receipts;
}

async function takeInNamed(during: During, read: Batch): Promise<{ batch: Batch; receipts: Receipt[] }> {
  const allowed = refusing(read, await findForbidden(during("ledger"), read.facts, read.rules));
  const open = refusing(allowed, await findArchived(during("ledger"), allowed.facts, read.options));
  const named = refusing(open, await findNameless(during("ledger"), open.facts));
  const batch = { ...named, facts: await takeApart(during("stitch"), named) };
  return { batch, receipts: await takeInFacts(during, batch) };
}

/** The receipts of the facts, each in the place of its record. */
async function takeInFacts(during: During, batch: Batch): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  for (const subBatch of subBatchesOf(batch.facts)) {
    const facts = subBatch.map(({ fact }) => fact);
    const byId = await takeInSubBatch(during, facts, batch);
    for (const { position, fact } of subBatch) receipts[position] = byId.get(fact.id)!;
  }
  return receipts;
}

async function takeInSubBatch(during: During, facts: readonly Fact[], batch: Batch): Promise<ReceiptsById> {
  const found = await compare(during("ledger"), facts, {
    batchId: batch.batchId,
    renews: batch.options.renews ?? false,
    identityKey: batch.identityKey,
  });
  const compared = await mergeCustomers(during("ledger"), found, batch.rules);
  const { accepted, known, customers } = compared;
  const superseded = known.filter(({ disposition }) => disposition === "SUPERSEDED");
  const shown = known.filter(({ fact, disposition }) => disposition === "SUPERSEDED" || customers.has(fact.id));
  if (shown.length > 0 && !batch.isLocked) throw new NeedsLock();
  // Of a customer record only the identities that changed are shown anew.
  const replaced = superseded.filter(({ fact }) => !customers.has(fact.id)).map(({ entry }) => entry);
  await keepEarlierBodies(during("ledger"), replaced);
  const gone = [...customers.values()].flatMap((customer) => customer.gone);
  const evidence = { facts: [...accepted, ...shown.map(({ fact }) => fact)], replaced, gone };
  const owners = await stitch(during("stitch"), evidence, batch);
  // All owners of a subject: an earlier moment of a visit gives the whole visit to whom the subject belonged then.
  for (const { subject } of evidence.facts) {
    for (const { customerId } of owners.rangesOf(subject.id)) batch.changed.add(customerId);
  }
  await store(during("store"), compared, { ...batch, owners });
  return receiptsOf(during("ledger"), compared, owners);
}

/** What follows from the records that were stored: for calls, screens and contacts. */
async function settle(during: During, stored: readonly OwnedFact[], loosened: Loosened): Promise<void> {
  const calls = stored.filter(({ fact }) => fact.kind === "interaction" && fact.body.channelType === "VOICE");
  const callIds = calls.map(({ fact }) => fact.id);
  await Promise.all([
    meetTheWeb(during("match"), stored),
    callIds.length > 0 && clearScreens(during, callIds),
    tieContacts(
      during("store"),
      loosened,
      stored.map(({ fact }) => fact),
    ),
  ]);
}

async function clearScreens(during: During, callIds: readonly string[]): Promise<void> {
  const messages = await takeOffScreens(during("ring"), callIds);
  if (messages.length > 0) await postMessages(during("announce"), messages);
}

function ownedFact(fact: Fact, { status, customerId }: Receipt): OwnedFact[] {
  const isStored = status === "ACCEPTED" || status === "SUPERSEDED";
  return isStored && customerId !== null ? [{ fact, customerId, isRenewed: status === "SUPERSEDED" }] : [];
}
