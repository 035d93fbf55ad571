import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openErasureLedger } from "../../src/ingest/forgetting/erasure-ledger.ts";
import { readLedger } from "../../src/ingest/forgetting/ledger-lines.ts";
import type { Log } from "../../src/kit/log.ts";

const file = () => join(mkdtempSync(join(tmpdir(), "c360-ledger-")), "erasures.ndjson");
const line = (id: string) => {
  const receipt = { id, by: "Zoë", reason: 'asked to, {"id":"no"}' } as never;
  return { id, at: "2026-11-20T09:00:00.000Z", hashes: [`hash of ${id}`], receipt };
};
const json = (id: string) => `${JSON.stringify(line(id))}\n`;
const idsOf = (lines: readonly { id: string }[]) => lines.map(({ id }) => id);

/** A log, and what it was told. */
function listening() {
  const told: unknown[] = [];
  const note = (event: string, facts?: object) => void told.push([event, facts]);
  const log: Log = { debug: note, info: note, warn: note, error: note };
  return { log, told };
}

const last = Buffer.from(json("torn"));

test.each(Array.from({ length: last.length + 1 }, (_, bytes) => bytes))(
  "a line that is torn after %i bytes swallows none that is appended to it",
  (bytes) => {
    const path = file();
    writeFileSync(path, Buffer.concat([Buffer.from(json("a")), last.subarray(0, bytes)]));
    const { log, told } = listening();
    const ledger = openErasureLedger(path, log);

    ledger.append(line("b"));
    ledger.append(line("c"));
    ledger.takeBack("c");

    const isWhole = bytes >= last.length - 1;
    expect(ledger.read()).toEqual(["a", ...(isWhole ? ["torn"] : []), "b"].map(line));
    expect(told).toEqual(bytes === 0 || isWhole ? [] : [["erasures.torn-line", { line: 2 }]]);
    expect(readFileSync(path, "utf8")).not.toContain("\n\n");
  },
);

test("a line that was glued to a torn one, before a line break was put between them, is read", () => {
  const start = json("a");
  for (let bytes = 1; bytes < last.length; bytes += 1) {
    const torn = last.subarray(0, bytes).toString();

    expect(idsOf(readLedger(`${start}${torn}${json("b")}${json("c")}`).holding)).toEqual(["a", "b", "c"]);
    expect(idsOf(readLedger(`${start}${torn}{"void":"a"}\n`).holding)).toEqual([]);
  }
});

test("what is no line of a ledger is told, and leaves those after it alone", () => {
  const { holding, torn } = readLedger(`null\n${json("a")}\n{"id":"x"}\n\0\0${json("b")}7`);

  expect(idsOf(holding)).toEqual(["a", "b"]);
  expect(torn).toEqual([1, 4, 5, 6]);
});

test("a ledger that is not there yet is empty, and one that cannot be used names the setting", () => {
  const path = file();
  const { log, told } = listening();
  const ledger = openErasureLedger(path, log);
  expect(ledger.read()).toEqual([]);
  mkdirSync(path);

  const unavailable = { code: "UNAVAILABLE", message: expect.stringContaining("C360_ERASURE_LEDGER") };
  expect(() => ledger.append(line("a"))).toThrow(expect.objectContaining(unavailable));
  expect(() => ledger.takeBack("a")).toThrow(expect.objectContaining(unavailable));
  expect(() => ledger.read()).toThrow(expect.objectContaining(unavailable));
  expect(told).toEqual(Array(3).fill(["erasures.unavailable", { code: "EISDIR" }]));
});
