import fc from "fast-check";
import { expect, test } from "vitest";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { useIngest } from "../kit/ingest.ts";
import { importer, useFiles } from "./importing.ts";

const house = useDatabase();
const ingest = useIngest(house);
const files = useFiles();
const run = importer(house, ingest);

const HEADER = "sourceId,startedAt,revision,callReason\n";

test("a conflict within the file is foreseen, with the line of the second", async () => {
  const rows = [
    "c1,2026-11-20T09:00:00Z,,billing",
    "c2,2026-11-20T09:00:00Z,,billing",
    "c1,2026-11-20T09:00:00Z,,cards",
  ];
  const file = files.write("twice.csv", HEADER + rows.join("\n"));

  const { receipts, firstRejects } = await run(file, "calls", { isDryRun: true, batchSize: 1 });

  expect(receipts).toEqual({ ACCEPTED: 2, CONFLICT: 1 });
  expect(firstRejects).toMatchObject([{ line: 4, reason: "CONFLICT", sourceId: "c1" }]);
  expect((await run(file, "calls")).receipts).toEqual(receipts);
});

const cells = fc.record({
  id: fc.constantFrom("c1", "c2", "c3"),
  time: fc.constantFrom("2026-11-20T09:00:00Z", "09:30"),
  revision: fc.constantFrom("", "2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z"),
  reason: fc.constantFrom("billing", "cards"),
});
const tables = fc
  .array(cells, { minLength: 1, maxLength: 8 })
  .map((rows) => rows.map(({ id, time, revision, reason }) => `${id},${time},${revision},${reason}\n`).join(""));

test("a dry run foretells the receipts of any file, upon what is stored", async () => {
  let source = 0;
  await fc.assert(
    fc.asyncProperty(tables, tables, fc.constantFrom(1, 3, 100), async (stored, table, batchSize) => {
      source += 1;
      const how = { source: `pbx-${source}`, batchSize };
      await run(files.write(`stored-${source}.csv`, HEADER + stored), "calls", how);
      const file = files.write(`file-${source}.csv`, HEADER + table);

      const foretold = await run(file, "calls", { ...how, isDryRun: true });
      const { receipts } = await run(file, "calls", { ...how, rejects: files.path("rejects.ndjson") });

      expect(foretold.receipts).toEqual(receipts);
    }),
    draws(10),
  );
});
