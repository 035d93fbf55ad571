import { makesItsOwnIds, openMapping } from "../../connectors/mapping/adapt.ts";
import type { Mapping } from "../../connectors/mapping/language.ts";
import type { FileLayout } from "../../connectors/mapping/layout.ts";
import type { Db } from "../../db/client.ts";
import type { Rules } from "../../facts/rules.ts";
import type { Ingest } from "../../ingest/ingest.ts";
import { decode } from "../../ingest/reading/decode/decode.ts";
import { countReceipts, type Receipt } from "../../ingest/receipt.ts";
import { insertRefused, type Refused } from "../../ingest/storing/rejections.repository.ts";
import { AppError } from "../../kit/errors.ts";
import { newId } from "../../kit/id.ts";
import { noteCommand } from "../note-command.ts";
import { batchesOf, type ImportBatch } from "./batches.ts";
import { type DryRun, type DryRunRules, tryBatch } from "./dry-run.ts";
import { fingerprintOf, type ImportFile, openImportFile, openMappingFile } from "./file.ts";
import { lookAt } from "./first-look.ts";
import { finishImport, type ImportState, openImport, saveImport } from "./imports.repository.ts";
import type { Progress } from "./progress.ts";
import { writeRejects } from "./rejects.ts";
import { rulesWith, settleSource } from "./source.ts";
import type { StepSums } from "./step-sums.ts";
import { addCounts, type ImportSummary } from "./summary.ts";

/** What to import, and how. */
export interface ImportRequest {
  file: string;
  /** A file, or the name of a shipped mapping. */
  mapping: string;
  /** Replaces the mapping's source. */
  source: string | null;
  format: FileLayout["format"] | null;
  /** Of CSV, instead of the mapping's. */
  delimiter: string | null;
  /** What separates the fraction of numbers, instead of the mapping's. */
  decimal: Mapping["decimal"] | null;
  rejects: string | null;
  isDryRun: boolean;
  updatesSource: boolean;
  batchSize: number;
}

export interface ImportDeps {
  core: { database: Db; ingest: Ingest; refreshRules(): Promise<unknown> };
  progress: Progress;
  /** Observes the core's ingest too. */
  steps: StepSums;
  /** Stops between two batches. */
  signal?: AbortSignal;
}

/** Imports a file batch by batch; an interrupted import continues where it stopped. */
export async function runImport(deps: ImportDeps, request: ImportRequest): Promise<ImportSummary> {
  const mapping = await mappingFor(request);
  const file = await openImportFile(request.file);
  await lookAt(file, mapping);
  const job: Job = { ...deps, request, mapping, file, startedAt: Date.now(), bytes: 0 };
  try {
    const summary = request.isDryRun ? await tryAll(job) : await takeAll(job);
    deps.progress.finish(summary);
    return summary;
  } catch (error) {
    deps.progress.abandon();
    throw error;
  }
}

interface Job extends ImportDeps {
  request: ImportRequest;
  mapping: Mapping;
  file: ImportFile;
  startedAt: number;
  bytes: number;
}

async function mappingFor({ mapping: name, source, format, delimiter, decimal }: ImportRequest): Promise<Mapping> {
  const mapping = await openMappingFile(name);
  return {
    ...mapping,
    source: source ?? mapping.source,
    format: format ?? (delimiter === null ? mapping.format : "csv"),
    delimiter: delimiter ?? mapping.delimiter,
    decimal: decimal ?? mapping.decimal,
  };
}

async function takeAll(job: Job): Promise<ImportSummary> {
  const { core, mapping, file, request } = job;
  await settleSource(core.database, mapping, { rules: core.ingest.rules(), replaces: request.updatesSource });
  await core.refreshRules();
  const state = await openImport(core.database, keyOf(job));
  await noteCommand(core.database, "file.imported", { about: `import ${state.id}` });
  const resumedAfterLine = state.line;
  const take: Work = async (batch, earlier) => {
    await takeBatch(job, state, { batch, earlier });
    return state.counts.receipts;
  };
  await eachBatch(job, state, take).catch((error) => {
    throw isOutage(error) ? new AppError("UNAVAILABLE", outageAfter(state.line, error)) : error;
  });
  const rejects = await writeRejectsOf(job, state);
  await finishImport(core.database, state);
  return { ...summaryOf(job, state), importId: state.id, resumedAfterLine, rejects, file: file.path };
}

function keyOf({ file, mapping }: Job) {
  return { file: `${file.name}#${file.fingerprint}`, mapping: `${mapping.source}#${fingerprintOf(mapping)}` };
}

/** Work on a batch. It may start at once with what does not need `earlier`, and waits for `earlier` before the rest. */
type Work = (batch: ImportBatch, earlier: Promise<unknown>) => Promise<ImportState["counts"]["receipts"]>;

/** Runs `work` on each batch while the next one is read and decoded. */
async function eachBatch(job: Job, state: Pick<ImportState, "line">, work: Work): Promise<void> {
  const goOn = () => {
    if (job.signal?.aborted) throw new AppError("UNAVAILABLE", stoppedAfter(state.line));
  };
  let earlier: Promise<unknown> = Promise.resolve();
  try {
    for await (const batch of batchesIn(job, state.line)) {
      const turn = earlier.then(goOn);
      earlier = work(batch, turn).then((receipts) =>
        job.progress.update({ bytes: job.bytes, totalBytes: job.file.size, line: batch.lastLine, receipts }),
      );
      // It is awaited one batch later; until then a failure must not count as unhandled.
      earlier.catch(() => {});
      await turn;
    }
  } finally {
    // Finishes the batches under way even though the rest of the file cannot be read.
    await Promise.allSettled([earlier]);
  }
  await earlier;
}

function stoppedAfter(line: number): string {
  return `The import was stopped after line ${line}: start it again, and it goes on from there.`;
}

/** Whether the database is away, shutting down, or out of disk or connections: the file is not at fault. */
function isOutage(error: unknown): boolean {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  return /^(ECONN|EPIPE|ETIMEDOUT|08|53|57P)/.test(code) || /Connection terminated/.test(message);
}

function outageAfter(line: number, { message }: Error): string {
  return `The database cannot go on (${message}). Everything up to line ${line} is stored: start the import again, and it goes on from there.`;
}

function batchesIn(job: Job, afterLine: number): AsyncGenerator<ImportBatch> {
  const { mapping, file, request, steps } = job;
  const rows = decode(
    file.bytes((count) => {
      job.bytes += count;
    }),
    mapping,
  );
  const adapter = openMapping(mapping, file);
  const { kind } = mapping.records[0]!;
  return batchesOf(rows, { adapter, kind, size: request.batchSize, afterLine, observer: steps });
}

interface Turn {
  batch: ImportBatch;
  earlier: Promise<unknown>;
}

async function takeBatch({ core, mapping }: Job, state: ImportState, { batch, earlier }: Turn): Promise<void> {
  const batchId = newId();
  // When this batch is stored, `state` is that of the batch before.
  const after = (receipts: readonly Receipt[]): ImportState => ({
    id: state.id,
    line: batch.lastLine,
    counts: {
      receipts: addCounts(state.counts.receipts, countReceipts(receipts)),
      skippedRows: state.counts.skippedRows + batch.skippedRows,
    },
  });
  const alongside = async (tx: Db, receipts: Receipt[]) => {
    await insertRefused(tx, refusedOf(batch, receipts, mapping.source), batchId);
    await saveImport(tx, after(receipts));
  };
  const isEmpty = batch.records.length === 0;
  const options = { entryPoint: "import", importId: state.id, batchId, alongside, after: earlier };
  const receipts = isEmpty ? [] : await core.ingest.accept(batch.records, options);
  await earlier;
  Object.assign(state, after(receipts));
}

/** Records that passed every check and were refused for what is stored; ingest stores only those that fail a check. */
function refusedOf({ records }: ImportBatch, receipts: readonly Receipt[], source: string): Refused[] {
  return receipts.flatMap(({ status, recordId, reason, message }, position) => {
    const { kind, line = null, body } = records[position]!;
    if (recordId === null || (status !== "CONFLICT" && status !== "REJECTED")) return [];
    const sourceId = String((body as { sourceId?: unknown }).sourceId);
    return [{ line, kind, source, sourceId, reason: reason ?? status, message: message ?? "" }];
  });
}

async function writeRejectsOf({ core, mapping, file, request }: Job, state: ImportState): Promise<string | null> {
  const { REJECTED = 0, CONFLICT = 0 } = state.counts.receipts;
  if (REJECTED + CONFLICT === 0 && request.rejects === null) return null;
  const path = request.rejects ?? `${file.name}.rejects.ndjson`;
  await writeRejects(core.database, { importId: state.id, rows: decode(file.bytes(), mapping), path });
  return path;
}

/** How many rejects a dry run shows. */
const SHOWN_REJECTS = 10;

async function tryAll(job: Job): Promise<ImportSummary> {
  const { core, mapping, steps } = job;
  const rules: Rules = rulesWith(mapping, core.ingest.rules());
  const state: ImportState = { id: "", line: 0, counts: { receipts: {}, skippedRows: 0 } };
  const firstRejects: DryRun["rejects"] = [];
  const dry: DryRunRules = { rules, observer: steps, entered: new Map() };
  await eachBatch(job, state, async (batch, earlier) => {
    await earlier;
    const { receipts, rejects } = await tryBatch(core.database, batch, dry);
    firstRejects.push(...rejects.slice(0, SHOWN_REJECTS - firstRejects.length));
    state.line = batch.lastLine;
    state.counts.receipts = addCounts(state.counts.receipts, receipts);
    state.counts.skippedRows += batch.skippedRows;
    return state.counts.receipts;
  });
  return { ...summaryOf(job, state), firstRejects: firstRejects.map((reject) => ({ ...reject, raw: null })) };
}

function summaryOf({ request, mapping, file, steps, startedAt }: Job, { line, counts }: ImportState): ImportSummary {
  const notes = makesItsOwnIds(mapping)
    ? ["The sender has no id of its own: each record's is a hash of its row, so a corrected row is a new record."]
    : [];
  return {
    file: file.path,
    source: mapping.source,
    isDryRun: request.isDryRun,
    importId: null,
    resumedAfterLine: 0,
    lastLine: line,
    ...counts,
    rejects: null,
    firstRejects: [],
    notes,
    seconds: Math.round((Date.now() - startedAt) / 100) / 10,
    stepSeconds: steps.seconds(),
  };
}
