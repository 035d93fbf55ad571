import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_LINE_BYTES } from "../../src/ingest/reading/decode/lines.ts";
import { anyCharacter, draws } from "../kit/draws.ts";
import { faultsOf, read, rowsOf } from "./decoding.ts";

const cell = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 12 }),
  fc.constantFrom("", '"', '""', "a,b", "a\tb", "x\ny", "x\r\ny", "\r", " ", "å", "🦊", "\uFEFF"),
);
const tables = fc
  .integer({ min: 2, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 }));
const pieceSizes = fc.integer({ min: 1, max: 40 });
const breaks = fc.constantFrom("\n", "\r\n");

function encode(table: readonly (readonly string[])[], delimiter: string, lineBreak: string): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const needsQuotes = (text: string) => /["\r\n]/.test(text) || text.includes(delimiter) || text.startsWith("\uFEFF");
  const width = table[0]?.length ?? 2;
  const header = Array.from({ length: width }, (_, position) => `c${position}`);
  return [header, ...table]
    .map((cells) => cells.map((text) => (needsQuotes(text) ? quoted(text) : text)).join(delimiter) + lineBreak)
    .join("");
}

/** Rows of blanks alone are nothing. */
const asRows = (table: readonly (readonly string[])[]) =>
  table
    .filter((cells) => cells.some((text) => text.trim() !== ""))
    .map((cells) => Object.fromEntries(cells.map((text, position) => [`c${position}`, text])));

describe("what was written is what is read, however the bytes arrive", () => {
  test.each([
    ["csv", ","],
    ["tsv", "\t"],
  ] as const)("%s", async (format, delimiter) => {
    await fc.assert(
      fc.asyncProperty(tables, pieceSizes, breaks, async (table, pieces, lineBreak) => {
        const decoded = await read(encode(table, delimiter, lineBreak), { format }, pieces);

        expect(faultsOf(decoded)).toEqual([]);
        expect(rowsOf(decoded)).toEqual(asRows(table));
      }),
      draws(100),
    );
  });

  test("ndjson", async () => {
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ stringUnit: anyCharacter })), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(objects, pieceSizes, breaks, async (rows, pieces, lineBreak) => {
        const content = rows.map((row) => JSON.stringify(row) + lineBreak).join("");

        const decoded = await read(content, { format: "ndjson" }, pieces);

        expect(rowsOf(decoded).map((row) => JSON.stringify(row))).toEqual(rows.map((row) => JSON.stringify(row)));
      }),
      draws(100),
    );
  });
});

describe("a broken row costs only itself", () => {
  test("a row with a column too many is rejected by its line", async () => {
    const decoded = await read("id,name\n1,Ann\n2,Bo,b\n3,Cy\n", { format: "csv" });

    expect(faultsOf(decoded)).toEqual([[3, "COLUMN_COUNT"]]);
    expect(rowsOf(decoded)).toEqual([
      { id: "1", name: "Ann" },
      { id: "3", name: "Cy" },
    ]);
  });

  test("a quote that is never closed does not swallow the rest of the file", async () => {
    const decoded = await read('id,name\n1,Ann\n2,"Bo\n3,Cy\n4,"D\ne"\n5,Eve', { format: "csv" });

    expect(faultsOf(decoded)[0]).toEqual([3, "BROKEN_ROW"]);
    expect(rowsOf(decoded)).toEqual([
      { id: "1", name: "Ann" },
      { id: "3", name: "Cy" },
      { id: "4", name: "D\ne" },
      { id: "5", name: "Eve" },
    ]);
  });

  test("two stray quotes lines apart spoil two rows and none between them", async () => {
    const between = Array.from({ length: 50 }, (_, at) => `${at},ok`);

    const decoded = await read(["id,size", '100,5" pipe', ...between, '101,6" pipe', "102,ok", ""].join("\n"), {
      format: "csv",
    });

    expect(faultsOf(decoded)).toEqual([
      [2, "BROKEN_ROW"],
      [53, "BROKEN_ROW"],
    ]);
    expect(rowsOf(decoded)).toHaveLength(51);
  });

  test("the line of a row counts the line breaks inside quotes", async () => {
    const decoded = await read('id,note\n1,"two\nlines"\n2,x,y\n', { format: "csv" });

    expect(faultsOf(decoded)).toEqual([[4, "COLUMN_COUNT"]]);
  });

  test("a line of JSON that is no object is rejected, blank lines are nothing", async () => {
    const decoded = await read('{"a":1}\n\n[1]\n{"a":\n{"a":2}\r\n', { format: "ndjson" });

    expect(faultsOf(decoded)).toEqual([
      [3, "BROKEN_ROW"],
      [4, "BROKEN_ROW"],
    ]);
    expect(rowsOf(decoded)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test("a line beyond the limit is given up without being held in memory", async () => {
    const long = Buffer.alloc(3 * MAX_LINE_BYTES, "x");

    const decoded = await read(Buffer.concat([Buffer.from("id,n\n1,a\n"), long, Buffer.from("\n2,b\n")]), {
      format: "csv",
    });

    expect(faultsOf(decoded)).toEqual([[3, "LINE_TOO_LONG"]]);
    expect(decoded.find((one) => "fault" in one)?.raw).toHaveLength(1_024);
    expect(rowsOf(decoded)).toHaveLength(2);
  });
});

describe("encodings", () => {
  const latin = Buffer.from("id,name\n1,Ann\n2,\xc5sa\n3,Cy\n", "latin1");

  test("a byte-order mark is no part of the first column", async () => {
    expect(rowsOf(await read("\uFEFFid\n1\n", { format: "csv" }))).toEqual([{ id: "1" }]);
  });

  test("a line that is not UTF-8 is rejected by its line and still shown", async () => {
    const decoded = await read(latin, { format: "csv" });

    expect(faultsOf(decoded)).toEqual([[3, "NOT_UTF8"]]);
    expect(decoded[1]?.raw).toBe("2,\xc5sa");
    expect(rowsOf(decoded)).toHaveLength(2);
  });

  test("a stated encoding reads it", async () => {
    const decoded = await read(latin, { format: "csv", encoding: "windows-1252" }, 3);

    expect(rowsOf(decoded)[1]).toEqual({ id: "2", name: "Åsa" });
  });

  test("a header that is not UTF-8 stops the file", async () => {
    const content = Buffer.from("id,n\xe4mn\n1,Ann\n", "latin1");

    await expect(read(content, { format: "csv" })).rejects.toThrow(/header \(line 1\).*not UTF-8/s);
  });

  test.each([
    ["utf-16le", Buffer.from("\uFEFFid,name\n1,Åsa\n", "utf16le")],
    ["utf-16be", Buffer.from("\uFEFFid,name\n1,Åsa\n", "utf16le").swap16()],
  ] as const)("%s is refused with the remedy, and read when it is stated", async (encoding, content) => {
    await expect(read(content, { format: "csv" }, 3)).rejects.toThrow(encoding);
    expect(rowsOf(await read(content, { format: "csv", encoding }, 5))).toEqual([{ id: "1", name: "Åsa" }]);
  });

  test.each([
    ["PK\u0003\u0004", /workbook \(.xlsx/],
    [Buffer.from([0x1f, 0x8b, 8, 0]), /compressed with gzip: unpack it/],
    ["%PDF-1.7", /a PDF/],
  ])("what is no text is told at once: %j", async (head, expected) => {
    const content = Buffer.concat([Buffer.from(head), Buffer.alloc(50, "x\n")]);

    for (const format of ["csv", "ndjson", "apache"] as const) {
      await expect(read(content, { format }, 3)).rejects.toThrow(expected);
    }
  });
});

describe("headers and dialects", () => {
  test("a column that is named twice stops the file", async () => {
    await expect(read("id,id\n1,2\n", { format: "csv" })).rejects.toThrow('"id" twice');
  });

  test("named columns stand in for a header, and quotes can be ordinary characters", async () => {
    const decoded = await read('1\t5" pipe\n', { format: "tsv", quote: null, columns: ["id", "size"] });

    expect(rowsOf(decoded)).toEqual([{ id: "1", size: '5" pipe' }]);
  });

  test("an Apache log yields its columns; what is no request has no path", async () => {
    const agent = '"Mozilla/5.0 (\\"odd\\")"';
    const decoded = await read(
      [
        `10.0.0.1 - ann [17/May/2015:10:05:03 +0000] "GET /a?b=1 HTTP/1.1" 200 - "-" ${agent}`,
        '10.0.0.2 - - [17/May/2015:10:05:03 +0000] "\\x16\\x03" 400 0 "-" "-"',
        "nonsense",
      ].join("\n"),
      { format: "apache" },
    );

    expect(rowsOf(decoded)[0]).toMatchObject({
      ip: "10.0.0.1",
      user: "ann",
      method: "GET",
      path: "/a?b=1",
      status: "200",
      size: "",
      agent: 'Mozilla/5.0 ("odd")',
    });
    expect(rowsOf(decoded)[1]).toMatchObject({ method: "", path: "", request: "\\x16\\x03" });
    expect(faultsOf(decoded)).toEqual([[3, "BROKEN_ROW"]]);
  });
});
