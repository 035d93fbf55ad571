import { expect, test } from "vitest";
import { openProgress } from "../../src/cli/import/progress.ts";
import type { ImportSummary } from "../../src/cli/import/summary.ts";

const summary: ImportSummary = {
  file: "calls.csv",
  source: "pbx",
  isDryRun: false,
  importId: null,
  resumedAfterLine: 200,
  lastLine: 900,
  skippedRows: 3,
  receipts: { ACCEPTED: 890, REJECTED: 7 },
  rejects: "calls.csv.rejects.ndjson",
  firstRejects: [],
  notes: [],
  seconds: 1.5,
  stepSeconds: { decode: 0.2, store: 1.1 },
};

test("elsewhere than on a terminal it prints a line of JSON a second, and one at the end", () => {
  let now = 10_000;
  const printed: string[] = [];
  const progress = openProgress({ write: (text) => printed.push(text) }, () => now);

  for (const line of [100, 200, 300]) {
    progress.update({ bytes: line, totalBytes: 900, line, receipts: { ACCEPTED: line } });
    now += 600;
  }
  progress.finish(summary);

  const events = printed.map((text) => JSON.parse(text));
  expect(events.map(({ event, line }) => [event, line])).toEqual([
    ["import.progress", 100],
    ["import.progress", 300],
    ["import.finished", undefined],
  ]);
  expect(events.at(-1)).toMatchObject({ receipts: { ACCEPTED: 890, REJECTED: 7 }, skippedRows: 3 });
});

test("on a terminal the end is said in words", () => {
  let printed = "";
  const screen = {
    isTTY: true,
    write(text: string) {
      printed += text;
    },
  };

  openProgress(screen).finish(summary);

  expect(printed.split("\n")).toEqual([
    "Finished: 890 accepted, 7 rejected (source pbx, 1.5 s).",
    "Steps: decode 0.2 s, store 1.1 s.",
    "Went on after line 200; the counts are of the whole file.",
    "3 rows were left out by the mapping's conditions.",
    "Rejected rows are in calls.csv.rejects.ndjson.",
    "",
  ]);
});
