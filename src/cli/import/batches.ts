import type { Adapter } from "../../connectors/adapter.ts";
import type { Decoded, DecodedRow } from "../../ingest/reading/decode/row.ts";
import type { IncomingRecord } from "../../ingest/receipt.ts";
import { type IngestObserver, startStepClock } from "../../ingest/steps.ts";

/** Some rows of a file as records. The records of one row stay together. */
export interface ImportBatch {
  records: IncomingRecord[];
  /** Line of the last row. */
  lastLine: number;
  skippedRows: number;
}

export interface BatchRules {
  adapter: Adapter<DecodedRow>;
  /** The kind of record that an unreadable line would have been. */
  kind: IncomingRecord["kind"];
  size: number;
  /** Rows up to this line were imported before. */
  afterLine: number;
  observer: IngestObserver;
}

/** The records of a file in batches; a batch is cut as soon as it has `size` records. */
export async function* batchesOf(blocks: AsyncIterable<Decoded[]>, rules: BatchRules): AsyncGenerator<ImportBatch> {
  let batch = emptyBatch(rules.afterLine);
  const clock = startStepClock();
  for await (const rows of blocks) {
    clock.mark("decode");
    for (const row of rows) {
      if (row.line <= rules.afterLine) continue;
      addRow(batch, row, rules);
      if (batch.records.length < rules.size) continue;
      clock.mark("adapt");
      yield batch;
      clock.skip();
      batch = emptyBatch(batch.lastLine);
    }
    clock.mark("adapt");
  }
  clock.tell(rules.observer);
  if (batch.records.length > 0 || batch.skippedRows > 0) yield batch;
}

function emptyBatch(lastLine: number): ImportBatch {
  return { records: [], lastLine, skippedRows: 0 };
}

function addRow(batch: ImportBatch, decoded: Decoded, rules: BatchRules): void {
  const records = recordsOf(decoded, rules);
  batch.records.push(...records);
  batch.lastLine = decoded.line;
  if (records.length === 0) batch.skippedRows += 1;
}

function recordsOf(decoded: Decoded, { adapter, kind }: BatchRules): IncomingRecord[] {
  const { line } = decoded;
  if ("row" in decoded) return adapter.adapt(decoded.row).map((record) => ({ ...record, line }));
  const body = { source: adapter.name, raw: decoded.raw };
  return [{ kind, body, line, rejected: { ...decoded.fault, stage: "decode" } }];
}
