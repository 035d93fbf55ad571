import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { Progress } from "../../src/cli/import/progress.ts";
import { type ImportRequest, runImport } from "../../src/cli/import/run.ts";
import { openStepSums } from "../../src/cli/import/step-sums.ts";
import type { ImportSummary } from "../../src/cli/import/summary.ts";
import type { TestDatabase } from "../kit/database.ts";
import type { TestIngest } from "../kit/ingest.ts";

const SILENT: Progress = { update() {}, finish() {}, abandon() {} };

export type Importing = Partial<ImportRequest> & { signal?: AbortSignal; onBatch?: () => void };

/** Imports as the command line does, into the database of this file. */
export function importer(house: TestDatabase, ingest: TestIngest) {
  return (file: string, mapping: string, { signal, onBatch, ...request }: Importing = {}): Promise<ImportSummary> =>
    runImport(
      {
        core: { database: house.db, ingest, refreshRules: ingest.refresh },
        steps: openStepSums(),
        progress: onBatch ? { ...SILENT, update: onBatch } : SILENT,
        signal,
      },
      {
        file,
        mapping,
        source: null,
        format: null,
        delimiter: null,
        decimal: null,
        rejects: null,
        isDryRun: false,
        updatesSource: false,
        batchSize: 3_000,
        ...request,
      },
    );
}

/** A directory that goes when the tests of this file are over, with the files that they write into it. */
export function useFiles() {
  let directory = "";
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "customer360-import-"));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return {
    path: (name: string) => join(directory, name),
    write(name: string, content: string | Uint8Array) {
      writeFileSync(join(directory, name), content);
      return join(directory, name);
    },
  };
}
