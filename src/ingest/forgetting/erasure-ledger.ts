import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import type { SignedReceipt } from "./signed-receipt.ts";

/** Somebody who was forgotten, as the file outside the database has it: keyed hashes, and no values. */
export interface LedgerLine {
  /** Of the forgetting. */
  id: string;
  /** When, as ISO 8601. */
  at: string;
  /** Of identities and records. */
  hashes: readonly string[];
  receipt: SignedReceipt;
}

/** Takes a line back whose transaction did not commit. */
interface VoidLine {
  void: string;
}

/** A file that is only ever appended to. What was written is on the disk. */
export interface ErasureLedger {
  append(line: LedgerLine): void;
  takeBack(id: string): void;
  /** The lines that hold, oldest first. */
  read(): LedgerLine[];
}

export function openErasureLedger(file: string): ErasureLedger {
  return {
    append: (line) => write(file, line),
    takeBack: (id) => write(file, { void: id }),
    read: () => (existsSync(file) ? holding(linesOf(readFileSync(file, "utf8"))) : []),
  };
}

function write(file: string, line: LedgerLine | VoidLine): void {
  const handle = openSync(file, "a", 0o600);
  try {
    writeSync(handle, `${JSON.stringify(line)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A line that a crash cut short was never acknowledged. */
function linesOf(text: string): (LedgerLine | VoidLine)[] {
  return text.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as LedgerLine | VoidLine];
    } catch {
      return [];
    }
  });
}

/** A line that was taken back may be entered again: its transaction had committed after all. */
function holding(lines: readonly (LedgerLine | VoidLine)[]): LedgerLine[] {
  const held = new Map<string, LedgerLine>();
  for (const line of lines) {
    if ("void" in line) held.delete(line.void);
    else held.set(line.id, line);
  }
  return [...held.values()];
}
