import { SingleBar } from "cli-progress";
import type { ReceiptCounts } from "../../ingest/receipt.ts";
import type { ImportSummary } from "./summary.ts";

/** How far a file has been imported. */
interface ImportPosition {
  bytes: number;
  totalBytes: number;
  line: number;
  receipts: ReceiptCounts;
}

/** What a person or program sees of a running import. */
export interface Progress {
  update(position: ImportPosition): void;
  finish(summary: ImportSummary): void;
  /** Clears the bar when the import stops. */
  abandon(): void;
}

interface Screen {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** A bar on a terminal, else a line of JSON each second. */
export function openProgress(screen: Screen, now: () => number = Date.now): Progress {
  return screen.isTTY ? openBar(screen) : openLines(screen, now);
}

function openBar(screen: Screen): Progress {
  const bar = new SingleBar({
    format: "{bar} {percentage} % | line {line} | {received}",
    stream: process.stderr,
    hideCursor: true,
    etaBuffer: 100,
  });
  let isStarted = false;
  return {
    update({ bytes, totalBytes, line, receipts }) {
      const shown = { line, received: inWords(receipts) };
      if (!isStarted) bar.start(totalBytes, bytes, shown);
      else bar.update(bytes, shown);
      isStarted = true;
    },
    finish(summary) {
      bar.stop();
      screen.write(`${sentencesOf(summary).join("\n")}\n`);
    },
    abandon: () => bar.stop(),
  };
}

const LINE_EVERY_MS = 1_000;

function openLines(screen: Screen, now: () => number): Progress {
  let shownAt = 0;
  const print = (event: string, facts: object) => screen.write(`${JSON.stringify({ event, ...facts })}\n`);
  return {
    update(position) {
      if (now() - shownAt < LINE_EVERY_MS) return;
      shownAt = now();
      print("import.progress", position);
    },
    finish(summary) {
      print("import.finished", summary);
    },
    abandon() {},
  };
}

function inWords(receipts: ReceiptCounts): string {
  const words = Object.entries(receipts).map(([status, count]) => `${count} ${status.toLowerCase()}`);
  return words.join(", ") || "nothing yet";
}

function sentencesOf(summary: ImportSummary): string[] {
  const { isDryRun, source, receipts, skippedRows, resumedAfterLine, rejects, firstRejects, notes, seconds } = summary;
  return [
    `${isDryRun ? "A dry run, nothing was written" : "Finished"}: ${inWords(receipts)} (source ${source}, ${seconds} s).`,
    `Steps: ${Object.entries(summary.stepSeconds)
      .map(([step, taken]) => `${step} ${taken} s`)
      .join(", ")}.`,
    ...(resumedAfterLine > 0 ? [`Went on after line ${resumedAfterLine}; the counts are of the whole file.`] : []),
    ...(skippedRows > 0 ? [`${skippedRows} rows were left out by the mapping's conditions.`] : []),
    ...firstRejects.map(({ line, reason, message }) => `  line ${line}: ${reason}. ${message}`),
    ...(rejects ? [`Rejected rows are in ${rejects}.`] : []),
    ...notes,
  ];
}
