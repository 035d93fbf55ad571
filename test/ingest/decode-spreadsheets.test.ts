import { describe, expect, test } from "vitest";
import type { FileLayout } from "../../src/connectors/mapping/layout.ts";
import { faultsOf, read, rowsOf } from "./decoding.ts";

describe("what spreadsheets leave behind", () => {
  const ONE = [{ id: "1", name: "Ann" }];

  test.each([
    ["rows of commas at the end", "id,name\n1,Ann\n,\n,\n"],
    ["rows of spaces, quotes and no-break spaces", 'id,name\n   \n1,Ann\n"",""\n \u00a0,\t\n'],
    ["rows of commas before the header, and in between", ",,,\n\nid,name\n,\n1,Ann\n"],
    ["columns of nothing at the right", "id,name\n1,Ann,,\n"],
    ["rows of nothing, wider and narrower than the header", "id,name\n1,Ann\n,,,,\n "],
    ["the character that ended files of old", "id,name\r\n1,Ann\r\n\u001a"],
    ["two carriage returns a line", "id,name\r\r\n1,Ann\r\r\n\r\r\n"],
  ])("%s are nothing", async (_, content) => {
    const decoded = await read(content, { format: "csv" }, 3);

    expect([rowsOf(decoded), faultsOf(decoded)]).toEqual([ONE, []]);
  });

  test.each([
    [";", "sep=;\nid;name\n1;Ann\n"],
    ["; in quotes", '"sep=;"\r\nid;name\r\n1;Ann\r\n'],
    ["; after a byte-order mark, saved again with delimiters", "\uFEFFSEP=;;;\nid;name\n1;Ann\n"],
    ["a tab", "sep=\t\nid\tname\n1\tAnn\n"],
    ["|", "sep=|\nid|name\n1|Ann"],
  ])("the delimiter that the file names is obeyed: %s", async (_, content) => {
    expect(rowsOf(await read(content, { format: "csv" }, 4))).toEqual(ONE);
  });

  test.each(["", "\n", "\n\n", "\r", "\r\n", ",\n", "\uFEFF", "\uFEFF\n"])(
    "a file of %j holds nothing",
    async (content) => {
      expect(await read(content, { format: "csv" }, 1)).toEqual([]);
    },
  );

  test("a column may be called sep, and a row may say so", async () => {
    expect(rowsOf(await read("sep,name\nsep=;,x\n", { format: "csv" }))).toEqual([{ sep: "sep=;", name: "x" }]);
  });
});

describe("lines that end with a carriage return alone", () => {
  test.each([1, 2, 7, 65_536])("are lines, in pieces of %d bytes", async (pieces) => {
    const content = 'id,name\r1,Ann\r2,"two\rlines"\r\r3,Cy';

    const decoded = await read(content, { format: "csv" }, pieces);

    expect(rowsOf(decoded)).toEqual([
      { id: "1", name: "Ann" },
      { id: "2", name: "two\nlines" },
      { id: "3", name: "Cy" },
    ]);
    expect(decoded.map(({ line }) => line)).toEqual([2, 3, 6]);
  });

  test("also of JSON, of a log, of UTF-16 and of a file that ends with one", async () => {
    expect(rowsOf(await read('{"a":1}\r{"a":2}\r', { format: "ndjson" }, 3))).toEqual([{ a: 1 }, { a: 2 }]);
    expect(rowsOf(await read(Buffer.from("id\r1\r", "utf16le"), { format: "csv", encoding: "utf-16le" }, 3))).toEqual([
      { id: "1" },
    ]);
  });

  test("a carriage return in the quotes of the first row is no line end", async () => {
    const layout: FileLayout = { format: "csv", columns: ["id", "note"] };

    expect(rowsOf(await read('1,"a\rb"\n2,c\n', layout, 3))).toEqual([
      { id: "1", note: "a\rb" },
      { id: "2", note: "c" },
    ]);
  });
});
