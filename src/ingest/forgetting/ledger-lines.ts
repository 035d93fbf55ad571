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
export interface VoidLine {
  void: string;
}

interface LedgerText {
  /** The lines that hold, oldest first. */
  holding: LedgerLine[];
  /** The numbers of the lines, from 1, that a crash cut short. */
  torn: number[];
}

/** A line that a crash cut short was never acknowledged, so it may be left out; no other may. */
export function readLedger(text: string): LedgerText {
  const entries: (LedgerLine | VoidLine)[] = [];
  const torn: number[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const whole = entryIn(line);
    const entry = whole ?? gluedTo(line);
    if (entry) entries.push(entry);
    if (!whole) torn.push(index + 1);
  }
  return { holding: holding(entries), torn };
}

/** What was appended to a torn line before a line break was put between them. */
function gluedTo(line: string): LedgerLine | VoidLine | null {
  for (const { index } of line.matchAll(/\{"(?:id|void)":"/g)) {
    const entry = entryIn(line.slice(index));
    if (entry) return entry;
  }
  return null;
}

function entryIn(json: string): LedgerLine | VoidLine | null {
  try {
    const said = JSON.parse(json) as Partial<LedgerLine & VoidLine> | null;
    const isEntry = typeof said?.void === "string" || (typeof said?.id === "string" && Array.isArray(said.hashes));
    return isEntry ? (said as LedgerLine | VoidLine) : null;
  } catch {
    return null;
  }
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
