import { existsSync, readFileSync, statSync, utimesSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { exitCodeOf, type RejectLine } from "../../src/cli/import/summary.ts";
import { sql } from "../../src/db/sql.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { read } from "../kit/read.ts";
import { importer, useFiles } from "./importing.ts";

const house = useDatabase();
const ingest = useIngest(house);
const files = useFiles();
const run = importer(house, ingest);

const HEADER = "sourceId,startedAt,custid,phone,callReason,durationSeconds\n";
const calls = (count: number) =>
  Array.from({ length: count }, (_, at) => `c${at},2026-11-20T09:00:00Z,${(at % 40) + 1},,billing,${at}\n`).join("");

const rejectsIn = (path: string): RejectLine[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

async function countOf(table: "interactions" | "rejections" | "batches" | "sources"): Promise<number> {
  const tables = {
    interactions: sql`interactions`,
    rejections: sql`rejections`,
    batches: sql`batches`,
    sources: sql`sources`,
  };
  const [row] = await read<{ count: number }>(house.db, sql`select count(*) as count from ${tables[table]}`);
  return row!.count;
}

describe("rejects", () => {
  test("every bad row is in the rejects file with its line, its reason and itself; the others are taken in", async () => {
    const file = files.write(
      "bad.csv",
      Buffer.concat([
        Buffer.from(`${HEADER}c1,2026-11-20T09:00:00Z,1001,,billing,60\n`),
        Buffer.from("c2,2026-11-20T09:00:00Z,1002\n"),
        Buffer.from("c3,20/11/2026 at nine,1003,,billing,60\n"),
        Buffer.from('c4,2026-11-20T09:00:00Z,1004,"billing,60\n'),
        Buffer.from("c5,2026-11-20T09:00:00Z,1005,,r\xe4kning,60\n", "latin1"),
        Buffer.from("c6,2026-11-20T09:00:00Z,1006,,billing,-5\n"),
        Buffer.from("c7,2026-11-20T09:00:00Z,1007,,billing,60\n"),
      ]),
    );

    const summary = await run(file, "calls", { rejects: files.path("bad.ndjson") });

    expect(summary.receipts).toEqual({ ACCEPTED: 2, REJECTED: 5 });
    expect(exitCodeOf(summary)).toBe(2);
    const rejects = rejectsIn(files.path("bad.ndjson"));
    expect(rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [3, "COLUMN_COUNT"],
      [4, "BAD_VALUE"],
      [5, "BROKEN_ROW"],
      [6, "NOT_UTF8"],
      [7, "NEGATIVE_LENGTH"],
    ]);
    expect(rejects[3]?.raw).toBe("c5,2026-11-20T09:00:00Z,1005,,r\xe4kning,60");
    expect(rejects[4]).toMatchObject({ kind: "call", sourceId: "c6", raw: "c6,2026-11-20T09:00:00Z,1006,,billing,-5" });
    expect(await countOf("rejections")).toBe(5);
  });

  test("a conflict with what is stored is a reject too, and changes nothing", async () => {
    await run(files.write("first.csv", `${HEADER}c1,2026-11-20T09:00:00Z,1001,,billing,60\n`), "calls");

    const other = files.write("other.csv", `${HEADER}c1,2026-11-20T09:00:00Z,1001,,cards,60\n`);
    const summary = await run(other, "calls", { rejects: files.path("other.ndjson") });

    expect(summary.receipts).toEqual({ CONFLICT: 1 });
    expect(exitCodeOf(summary)).toBe(2);
    expect(rejectsIn(files.path("other.ndjson"))).toMatchObject([{ line: 2, reason: "CONFLICT", sourceId: "c1" }]);
    expect(await read(house.db, sql`select call_reason as reason from interactions`)).toEqual([{ reason: "billing" }]);
  });

  test("without rejects nothing is written", async () => {
    const summary = await run(files.write("good.csv", HEADER + calls(3)), "calls");

    expect(summary.rejects).toBeNull();
    expect(exitCodeOf(summary)).toBe(0);
    expect(existsSync("good.csv.rejects.ndjson")).toBe(false);
  });
});

describe("resuming", () => {
  /** Stops after the given batch, as a signal does. */
  function stopAfter(batches: number) {
    const stopping = new AbortController();
    let seen = 0;
    const onBatch = () => {
      seen += 1;
      if (seen === batches) stopping.abort();
    };
    return { signal: stopping.signal, onBatch };
  }

  test("an import that stopped goes on after its last batch, and its rejects are complete", async () => {
    const content = `${HEADER}bad,yesterday,1,,billing,1\n${calls(500)}worse,tomorrow,1,,billing,1\n`;
    const file = files.write("long.csv", content);
    const rejects = files.path("long.ndjson");

    await expect(run(file, "calls", { batchSize: 100, rejects, ...stopAfter(2) })).rejects.toThrow(
      /stopped after line \d+: start it again/,
    );
    const between = await countOf("interactions");
    const summary = await run(file, "calls", { batchSize: 100, rejects });

    expect(between).toBe(199);
    expect(summary.resumedAfterLine).toBe(201);
    expect(summary.receipts).toEqual({ ACCEPTED: 500, REJECTED: 2 });
    expect(await countOf("interactions")).toBe(500);
    expect(await countOf("batches")).toBe(6);
    expect(rejectsIn(rejects).map(({ line }) => line)).toEqual([2, 503]);
  });

  test("a file that changed meanwhile starts from its beginning, and nothing is there twice", async () => {
    const file = files.write("changing.csv", HEADER + calls(300));
    await expect(run(file, "calls", { batchSize: 100, ...stopAfter(1) })).rejects.toThrow(
      /stopped after line \d+: start it again/,
    );
    const later = new Date(statSync(file).mtimeMs + 5_000);
    utimesSync(file, later, later);

    const summary = await run(file, "calls", { batchSize: 100 });

    expect(summary.resumedAfterLine).toBe(0);
    expect(summary.receipts).toEqual({ ACCEPTED: 200, REPEATED: 100 });
  });

  test("a finished file is sent again whole, and changes nothing", async () => {
    const file = files.write("twice.csv", HEADER + calls(300));

    await run(file, "calls");
    const summary = await run(file, "calls");

    expect(summary.receipts).toEqual({ REPEATED: 300 });
    expect(await countOf("interactions")).toBe(300);
  });
});

describe("a dry run", () => {
  test("foretells the receipts and the first rejects, and writes nothing", async () => {
    await run(files.write("known.csv", `${HEADER}c1,2026-11-20T09:00:00Z,1001,,billing,60\n`), "calls");
    const before = [await countOf("interactions"), await countOf("batches"), await countOf("sources")];
    const file = files.write(
      "dry.csv",
      `${HEADER}c1,2026-11-20T09:00:00Z,1001,,billing,60\nc2,2026-11-20T09:00:00Z,1002,,billing,60\nc3,never,1,,billing,1\n`,
    );

    const summary = await run(file, "calls", { isDryRun: true });
    const elsewhere = await run(file, "calls", { isDryRun: true, source: "another" });

    expect(summary.receipts).toEqual({ REPEATED: 1, ACCEPTED: 1, REJECTED: 1 });
    expect(summary.firstRejects).toMatchObject([{ line: 4, reason: "BAD_VALUE" }]);
    expect(elsewhere.receipts).toEqual({ ACCEPTED: 2, REJECTED: 1 });
    expect([await countOf("interactions"), await countOf("batches"), await countOf("sources")]).toEqual(before);
  });

  test("reads numbers in the region that the mapping states", async () => {
    const mapping = files.write(
      "swedish.yaml",
      "source: pbx\nsettings: { defaultRegion: SE }\nformat: csv\nrecords: [{ kind: call, sourceId: id, fields: { startedAt: at }, identities: [{ namespace: phone, column: ani }] }]\n",
    );
    const file = files.write("swedish.csv", "id,at,ani\nc1,2026-11-20T09:00:00Z,070-174 06 05\n");

    await run(file, mapping);

    expect(await read(house.db, sql`select value from identities where namespace = 'phone'`)).toEqual([
      { value: "+46701740605" },
    ]);
  });
});

describe("what stops an import before it begins", () => {
  test("a mapping that nobody knows, and a file that is not there", async () => {
    const file = files.write("some.csv", "id\n1\n");

    await expect(run(file, "no-such-mapping")).rejects.toThrow(/Shipped mappings: calls, customers, pages/);
    await expect(run(files.path("nowhere.csv"), "calls")).rejects.toThrow("There is no file");
  });

  test("settings that differ from the source's are replaced only on demand", async () => {
    const mapping = (region: string) =>
      files.write(
        "region.yaml",
        `source: pbx\nsettings: { defaultRegion: ${region} }\nformat: csv\nrecords: [{ kind: call, sourceId: id, fields: { startedAt: at } }]\n`,
      );
    const file = files.write("one.csv", "id,at\nc1,2026-11-20T09:00:00Z\n");
    await run(file, mapping("SE"));

    await expect(run(file, mapping("GB"))).rejects.toThrow(/pbx has other settings.*defaultRegion.*--update-source/s);
    const summary = await run(file, mapping("GB"), { updatesSource: true });

    expect(summary.receipts).toEqual({ REPEATED: 1 });
    expect(await read(house.db, sql`select default_region as region from sources where name = 'pbx'`)).toEqual([
      { region: "GB" },
    ]);
  });
});

test("customers and pages in the contract's columns need no mapping of one's own", async () => {
  const customers = files.write(
    "customers.csv",
    "custid,email,displayName,vvip,products,grossAnnualIncome,grossAnnualIncomeCurrency,favourite\n1001,Ann@Example.com,Ann,yes,Card; Loan,52000.50,SEK,blue\n",
  );
  const pages = files.write(
    "pages.ndjson",
    '{"occurredAt":1763631000,"url":"/billing/invoice?x=1","cookie":"c-1","custid":1001}\n{"occurredAt":"2025-11-20T09:31:00Z","url":"/help","cookie":"c-1"}\n',
  );

  const first = await run(customers, "customers");
  const second = await run(pages, "pages", { format: "ndjson", source: "web" });

  expect([first.receipts, second.receipts]).toEqual([{ ACCEPTED: 1 }, { ACCEPTED: 2 }]);
  expect(
    await read(
      house.db,
      sql`
        select display_name as name, vvip, products, gross_annual_income_amount as income, extra from customer_records
      `,
    ),
  ).toEqual([
    { name: "Ann", vvip: true, products: ["Card", "Loan"], income: "52000.50", extra: { favourite: "blue" } },
  ]);
  expect(await read(house.db, sql`select count(distinct customer_id) as customers from customer_events`)).toEqual([
    { customers: 1 },
  ]);
});

test("rows of one contact key are legs of one contact", async () => {
  const file = files.write(
    "legs.csv",
    "sourceId,startedAt,phone,contactKey,outcome\n" +
      "a1,2026-11-20T09:00:00Z,+442079460012,k1,HANDLED\n" +
      "a2,2026-11-20T09:05:00Z,,k1,HANDLED\n" +
      "b1,2026-11-20T09:10:00Z,+442079460012,k2,HANDLED\n",
  );

  await run(file, "calls", { source: "pbx" });
  const legs = await read(
    house.db,
    sql`select source_id as id, dense_rank() over (order by contact_id) as contact from interactions order by source_id`,
  );
  const [first, second, other] = (legs as { contact: number }[]).map(({ contact }) => contact);
  expect([second === first, other === first]).toEqual([true, false]);
});
