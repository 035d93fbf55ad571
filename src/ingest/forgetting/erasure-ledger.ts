import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { AppError } from "../../kit/errors.ts";
import type { Log } from "../../kit/log.ts";
import { type LedgerLine, readLedger, type VoidLine } from "./ledger-lines.ts";

/** A file that is only ever appended to. What was written is on the disk. */
export interface ErasureLedger {
  append(line: LedgerLine): void;
  takeBack(id: string): void;
  /** The lines that hold, oldest first. */
  read(): LedgerLine[];
}

export function openErasureLedger(file: string, log: Log): ErasureLedger {
  const write = (line: LedgerLine | VoidLine) => orUnavailable(log, "written", () => append(file, line));
  return {
    append: write,
    takeBack: (id) => write({ void: id }),
    read() {
      const { holding, torn } = readLedger(orUnavailable(log, "read", () => textOf(file)));
      for (const line of torn) log.warn("erasures.torn-line", { line });
      return holding;
    },
  };
}

function append(file: string, line: LedgerLine | VoidLine): void {
  const handle = openSync(file, "a+", 0o600);
  try {
    // A line that a crash cut short would swallow the one that is glued to it.
    const start = endsInLineBreak(handle) ? "" : "\n";
    // Unlike writeSync, it goes on after a short write.
    writeFileSync(handle, `${start}${JSON.stringify(line)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function endsInLineBreak(handle: number): boolean {
  const { size } = fstatSync(handle);
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  readSync(handle, last, 0, 1, size - 1);
  return last.toString() === "\n";
}

/** Only a file that is not there yet is empty: one that cannot be read may have somebody in it. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "";
    throw error;
  }
}

function orUnavailable<Answer>(log: Log, done: "read" | "written", work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    log.error("erasures.unavailable", { code });
    throw new AppError(
      "UNAVAILABLE",
      `The file of C360_ERASURE_LEDGER (by default erasures.ndjson in DATA_DIR) cannot be ${done} (${code}): mend that, then ask again.`,
    );
  }
}

const codeOf = (error: unknown) => (error as { code?: string }).code;
