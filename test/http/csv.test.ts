import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvOf } from "../../src/http/csv.ts";
import type { Cell } from "../../src/kit/table.ts";

const lineOf = (...cells: Cell[]) => {
  const columns = cells.map((_, i) => `c${i}`);
  const row = Object.fromEntries(cells.map((cell, i) => [`c${i}`, cell]));
  return csvOf({ columns, rows: [row] }).slice(columns.join(",").length + 2);
};

test("writes a header, and CRLF after every line", () => {
  expect(csvOf({ columns: ["a", "b c"], rows: [{ a: 1, "b c": "x" }, { a: null }] })).toBe("a,b c\r\n1,x\r\n,\r\n");
  expect(csvOf({ columns: ["a"], rows: [] })).toBe("a\r\n");
});

test.each<[string, Cell, string]>([
  ["nothing", null, ""],
  ["a number below zero", -1, "-1"],
  ["an exact amount below zero", "-12.50", "-12.50"],
  ["yes and no", false, "false"],
  ["a comma", "a,b", '"a,b"'],
  ["a quote", 'a"b', '"a""b"'],
  ["a line feed within", "a\nb", '"a\nb"'],
  ["a carriage return within", "a\rb", '"a\rb"'],
])("writes %s as it is, with quotes where they are needed", (_what, cell, written) => {
  expect(lineOf(cell)).toBe(`${written}\r\n`);
});

test.each(["=1+1", "+1", "-bill", "-1+1", "@sum", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201"])(
  "disarms %j, which a spreadsheet might run",
  (text) => {
    expect(lineOf(text)).toMatch(/^"?'/);
  },
);

test("is read back as it was written, whatever a text holds", () => {
  const piece = fc.constantFrom("a", " ", ",", '"', "\r", "\n", "\t", ";", "=", "é");
  const text = fc.array(piece, { maxLength: 6 }).map((pieces) => `a${pieces.join("")}`);
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (cells) => {
      expect(parse(lineOf(...cells), { record_delimiter: "\r\n" })).toEqual([cells]);
    }),
  );
});
