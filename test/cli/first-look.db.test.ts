import { describe, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { importer, useFiles } from "./importing.ts";

const house = useDatabase();
const ingest = useIngest(house);
const files = useFiles();
const run = importer(house, ingest);

const ROW = "c1,2026-03-02T10:00:00Z,60";
const lines = (...texts: string[]) => `${texts.join("\n")}\n`;
const MANY = Array.from({ length: 20 }, (_, at) => `c${at}`);

/** A mapping of one's own, whose columns must all be there. */
const STRICT = `
source: pbx
format: csv
records:
  - { kind: call, sourceId: Call Id, fields: { startedAt: Start, callReason: Reason } }
`;

describe("a file of another kind is told once, with what was read and the remedy, and nothing is stored", () => {
  test.each<[string, string | Uint8Array, string, RegExp]>([
    [
      "semicolons",
      lines("sourceId;startedAt;durationSeconds", "c1;2026-03-02T10:00:00Z;60"),
      "calls",
      /None of the \d+ columns that the mapping asks for.*header \(line 1\) reads\s+sourceId;startedAt;durationSeconds\b.*Did you mean ";"\? .*--delimiter/s,
    ],
    [
      "semicolons and decimal commas, where each row has other columns than the header",
      lines("sourceId;startedAt;cost", "c1;2026-03-02;12,50", "c2;2026-03-02;1,5"),
      "calls",
      /Did you mean ";"/,
    ],
    [
      "semicolons and names that no mapping knows",
      lines("Anruf;Beginn;Dauer", "c1;2026-03-02T10:00:00Z;60"),
      "calls",
      /reads\s+Anruf;Beginn;Dauer\n.*Did you mean ";"\?.*--delimiter ";".* 3 columns under other names\. Name them in a mapping/s,
    ],
    [
      "semicolons and names in other letters, with a comma in one of them",
      lines('Source ID;Started At;"Reason, as told"', "c1;2026-03-02T10:00:00Z;bill"),
      "calls",
      /Did you mean ";"\?.*Did you mean "Source ID"\?/s,
    ],
    [
      "tabs and names that no mapping knows",
      lines("Anruf\tBeginn", "c1\t2026"),
      "calls",
      /Did you mean --format tsv\?.* 2 columns/s,
    ],
    ["quoted names and bars", lines('"sourceId"|"startedAt"', "c1|2026"), "calls", /Did you mean "\|"/],
    ["tabs", lines("sourceId\tstartedAt", "c1\t2026"), "calls", /Did you mean --format tsv/],
    ["a title above the header", lines("Calls of March", "sourceId,startedAt", ROW), "calls", /reads\s+Calls of March/],
    [
      "no header",
      lines(ROW),
      "calls",
      /reads\s+c1,2026-03-02T10:00:00Z,60\b.*no header, name its columns there \(columns\)/s,
    ],
    ["another table", lines("order,article", "1,2"), "calls", /asks for.*\("sourceId", .*reads\s+order,article/s],
    ["names in other letters", lines("Source ID,Started At", ROW), "calls", /Did you mean "Source ID"\?/],
    [
      "a key that is spelt otherwise",
      lines("source_id,startedAt", ROW),
      "calls",
      /No call.*sourceId would come from "sourceId".*Did you mean "source_id"/s,
    ],
    [
      "a call without its time",
      lines("sourceId,phone", "c1,+442079462002"),
      "calls",
      /startedAt would come from "startedAt"/,
    ],
    [
      "a customer whom nothing identifies",
      lines("sourceId,displayName", "1,Ann"),
      "customers",
      /No customer.*identities would come from "globalcustid"/s,
    ],
    [
      "JSON under a mapping of CSV",
      lines('{"sourceId":"c1","startedAt":"2026-03-02T10:00:00Z"}'),
      "calls",
      /--format ndjson/,
    ],
    ["a web page", lines("<html>", "<table>"), "calls", /HTML or XML/],
    ["UTF-16 without its mark", Buffer.from(lines("sourceId,startedAt", ROW), "utf16le"), "calls", /UTF-16/],
    ["a workbook", "PK\u0003\u0004\u0014\u0000", "calls", /workbook \(.xlsx/],
    [
      "rows of which each has a column too few",
      lines("sourceId,startedAt,phone", ...MANY.map((id) => `${id},2026`)),
      "calls",
      /Line 2 and those after it.*2 columns where the header has 3/s,
    ],
  ])("%s", async (_, content, mapping, expected) => {
    const file = files.write("strange.csv", content);

    for (const isDryRun of [true, false]) await expect(run(file, mapping, { isDryRun })).rejects.toThrow(expected);

    expect(
      await read(
        house.db,
        sql`
        select (select count(*) from sources) as sources, (select count(*) from imports) as imports,
          (select count(*) from rejections) as rejections, (select count(*) from batches) as batches
      `,
      ),
    ).toEqual([{ sources: 0, imports: 0, rejections: 0, batches: 0 }]);
  });

  test.each<[string, string, "ndjson" | "apache", RegExp]>([
    ["one list", '[{"sourceId":"1"},\n{"sourceId":"2"}]\n', "ndjson", /one object a line/],
    ["one object over several lines", '{\n"sourceId":"1"\n}\n', "ndjson", /one object a line/],
    [
      "objects of something else",
      '{"order":1}\n{"order":2,"article":3}\n',
      "ndjson",
      /None of the \d+ columns.*have "order", "article"/s,
    ],
    [
      "CSV under a mapping of JSON",
      lines("sourceId,startedAt", ROW),
      "ndjson",
      /Line 1 and those after it are no rows.*not JSON/s,
    ],
    ["CSV under a mapping of a log", lines("sourceId,startedAt", ROW), "apache", /Apache's combined format/],
  ])("%s", async (_, content, format, expected) => {
    const file = files.write("strange.txt", content);

    await expect(run(file, format === "apache" ? "web-log" : "calls", { format })).rejects.toThrow(expected);
  });

  test("a mapping that must have all its columns names the missing ones, and what they may be", async () => {
    const mapping = files.write("strict.yaml", STRICT);
    const file = files.write("lacking.csv", lines("Call Id,Start,reason", "1,2026-03-02T10:00:00Z,billing"));

    await expect(run(file, mapping)).rejects.toThrow(
      /lacks columns.*"Reason".*It has "Call Id", .*Did you mean "reason"/s,
    );
  });
});

describe("what is only unusual is read", () => {
  test.each<[string, string, Parameters<typeof run>[2]]>([
    ["the delimiter that was asked for", lines("sourceId;startedAt", "c1;2026-03-02T10:00:00Z"), { delimiter: ";" }],
    ["the delimiter that the file names", lines("sep=;", "sourceId;startedAt", "c1;2026-03-02T10:00:00Z"), {}],
    ["a column of the mapping's among others", lines("sourceId,startedAt,colour", "c1,2026-03-02T10:00:00Z,red"), {}],
    [
      "one bad object before the good ones",
      '{"order":1}\n{"sourceId":"c1","startedAt":1772445600}\n',
      { format: "ndjson" },
    ],
  ])("%s", async (_, content, how) => {
    const { receipts } = await run(files.write("unusual.txt", content), "calls", how);

    expect(receipts.ACCEPTED).toBe(1);
  });

  test("a file of a header alone has nothing in it, and an empty one neither", async () => {
    for (const content of ["sourceId,startedAt\n", "", "\n\n"]) {
      expect(await run(files.write("empty.csv", content), "calls")).toMatchObject({ receipts: {}, lastLine: 0 });
    }
  });
});
