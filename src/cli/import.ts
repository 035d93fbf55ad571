import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { type FileLayout, FORMATS } from "../connectors/mapping/layout.ts";
import { shippedMappings } from "../connectors/mapping/shipped.ts";
import { openCore } from "../core.ts";
import { AppError } from "../kit/errors.ts";
import { openLog } from "../kit/log.ts";
import { openProgress } from "./import/progress.ts";
import { type ImportRequest, runImport } from "./import/run.ts";
import { openStepSums } from "./import/step-sums.ts";
import { exitCodeOf } from "./import/summary.ts";

const USAGE = `Usage: npm run import -- <file> --mapping <file.yaml or shipped name> [options]

  --dry-run            read, map and check everything; write nothing
  --rejects <file>     where rejected rows go (default: <name of the file>.rejects.ndjson here, when there are any)
  --source <name>      the system the records come from, instead of the mapping's
  --format <format>    ${FORMATS.join(", ")}, instead of the mapping's
  --delimiter <char>   what separates the columns of a CSV, instead of the mapping's: ";", "|" or tab
  --decimal <char>     what separates the fraction of numbers, instead of the mapping's: a point or a comma
  --batch-size <n>     records of one transaction, 1 to 9,000 (default: 3,000)
  --update-source      let the mapping's settings replace those that the source has

Shipped mappings: ${shippedMappings().join(", ")}.
Exit codes: 0 everything was taken in (or was there already), 1 the import stopped or did not begin, 2 it finished and some records were
rejected or in conflict. An import that stopped goes on where it was when it is started again.`;

/** Imports a file. */
export async function importFile(args: string[]): Promise<number> {
  const request = requestOf(args);
  if (!request) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const config = readConfig();
  const log = openLog("warn");
  const steps = openStepSums();
  const core = await openCore({ config, log, statementTimeoutMs: 0, mayShare: true, observer: steps });
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const progress = openProgress(process.stdout);
    const summary = await runImport({ core, progress, steps, signal: stopping.signal }, request);
    return exitCodeOf(summary);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    await core.close();
  }
}

/** Records of one transaction: enough to share its cost, few enough to hold the stitching lock only briefly. */
const BATCH_SIZE = 3_000;
/** Ingest accepts 10,000; the last row of a batch may add some legs. */
const MAX_BATCH_SIZE = 9_000;

function requestOf(args: string[]): ImportRequest | null {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      mapping: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      rejects: { type: "string" },
      source: { type: "string" },
      format: { type: "string" },
      delimiter: { type: "string" },
      decimal: { type: "string" },
      "batch-size": { type: "string" },
      "update-source": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (!file || more.length > 0 || !values.mapping) throw new AppError("BAD_INPUT", USAGE);
  return {
    file,
    mapping: values.mapping,
    source: values.source ?? null,
    format: formatOf(values.format),
    delimiter: delimiterOf(values.delimiter),
    decimal: decimalOf(values.decimal),
    rejects: values.rejects ?? null,
    isDryRun: values["dry-run"],
    updatesSource: values["update-source"],
    batchSize: batchSizeOf(values["batch-size"]),
  };
}

function formatOf(text: string | undefined): FileLayout["format"] | null {
  if (text === undefined) return null;
  const format = FORMATS.find((known) => known === text);
  if (!format) throw new AppError("BAD_INPUT", `--format is one of ${FORMATS.join(", ")}.`);
  return format;
}

function delimiterOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const delimiter = /^(tab|\\t)$/i.test(text) ? "\t" : text;
  if (/^[^\w"\r\n]$/.test(delimiter)) return delimiter;
  throw new AppError("BAD_INPUT", '--delimiter is one character, such as ";", or the word tab.');
}

function decimalOf(text: string | undefined): ImportRequest["decimal"] {
  if (text === undefined) return null;
  if (text === "." || text === ",") return text;
  throw new AppError("BAD_INPUT", "--decimal is a point or a comma.");
}

function batchSizeOf(text: string | undefined): number {
  const size = text === undefined ? BATCH_SIZE : Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= MAX_BATCH_SIZE) return size;
  throw new AppError("BAD_INPUT", `--batch-size is a whole number from 1 to ${MAX_BATCH_SIZE}.`);
}
