import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openParquet, type ParquetColumn } from "../../src/lake/parquet.ts";
import { readFolder } from "./duck.ts";

const COLUMNS: ParquetColumn[] = [
  { name: "text", is: "TEXT" },
  { name: "at", is: "INSTANT" },
  { name: "whole", is: "INTEGER" },
  { name: "number", is: "NUMBER" },
  { name: "money", is: "MONEY" },
  { name: "flag", is: "FLAG" },
  { name: "list", is: "LIST" },
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "parquet-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("DuckDB reads every kind of value back, the least and the greatest, and nothing as nothing", async () => {
  const file = openParquet(join(folder, "kinds.parquet"), COLUMNS);
  file.add([
    "Zoë 🦊",
    Date.UTC(2026, 10, 2, 9, 30, 0, 123),
    -1,
    0.1,
    999_999_999_999_999_999_999n,
    true,
    ["card", "ü"],
  ]);
  file.add(["", -62_135_596_800_000, 2_147_483_647, -1e300, -999_999_999_999_999_999_999n, false, []]);
  file.add([null, null, null, null, null, null, null]);

  const summary = file.finish();

  const duck = await readFolder(folder);
  const rows = await duck.ask("from 'kinds.parquet'");
  duck.close();
  expect(rows).toEqual([
    {
      text: "Zoë 🦊",
      at: "2026-11-02 09:30:00.123",
      whole: -1,
      number: 0.1,
      money: "999999999999999.999999",
      flag: true,
      list: ["card", "ü"],
    },
    {
      text: "",
      at: "0001-01-01 00:00:00",
      whole: 2_147_483_647,
      number: -1e300,
      money: "-999999999999999.999999",
      flag: false,
      list: [],
    },
    { text: null, at: null, whole: null, number: null, money: null, flag: null, list: null },
  ]);
  const bytes = readFileSync(join(folder, "kinds.parquet"));
  expect(summary).toEqual({
    rows: 3,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
});

test("more rows than are in memory at once come back in their order", async () => {
  const file = openParquet(join(folder, "many.parquet"), [{ name: "n", is: "INTEGER" }]);
  for (let n = 0; n < 200_000; n += 1) file.add([n]);

  const { rows } = file.finish();

  const duck = await readFolder(folder);
  const [row] = await duck.ask(
    "select count(*) as n, bool_and(n = file_row_number) as ordered from read_parquet('many.parquet', file_row_number = true)",
  );
  duck.close();
  expect(rows).toBe(200_000);
  expect(row).toEqual({ n: "200000", ordered: true });
});

test("until it is finished there is no file of its name, and of one that is abandoned nothing", () => {
  const path = join(folder, "later.parquet");
  const file = openParquet(path, [{ name: "n", is: "INTEGER" }]);
  file.add([1]);
  const before = readdirSync(folder).filter((name) => name.endsWith("later.parquet"));

  file.abandon();

  expect(before).toEqual([`.writing-${process.pid}-later.parquet`]);
  expect(readdirSync(folder).filter((name) => name.endsWith("later.parquet"))).toEqual([]);
});
