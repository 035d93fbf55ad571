import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archiveMonths, previewArchive } from "../../src/archive/archive-months.ts";
import { readMonths } from "../../src/archive/folder.ts";
import { restoreMonth } from "../../src/archive/restore-month.ts";
import { whileAlone } from "../../src/db/alone.ts";
import { monthFrom } from "../../src/ingest/archiving/months.repository.ts";
import { rebuildAll } from "../../src/ingest/correcting/rebuild.ts";
import { withdrawBatch } from "../../src/ingest/correcting/withdraw.ts";
import { DAY_MS } from "../../src/kit/time.ts";
import { readHistogram } from "../../src/reports/histogram/histogram.report.ts";
import { HistogramInput } from "../../src/reports/histogram/histogram.type.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { readFolder } from "../lake/duck.ts";
import { ask } from "../reports/kit/ask.ts";
import { useJourneys } from "../reports/kit/journeys.ts";
import { page } from "./story.ts";
import { NOW, useArchive } from "./use-archive.ts";

const house = useDatabase();
const ingest = useIngest(house);
const journeys = useJourneys(house);

const { place, retaining, archive, restore, left } = useArchive(house, ingest);
const send = async (record: ReturnType<typeof page>) => {
  const [receipt] = await ingest.accept([record], { entryPoint: "test" });
  return [receipt!.status, receipt!.reason];
};
const views = async (from: string, to = "2026-12-01T00:00:00Z") => {
  const period = { from: new Date(from), to: new Date(to) };
  const input = ask(HistogramInput, { period, metric: { kinds: ["PAGE_VIEW"] } });
  const { total, archivedMonths } = (await readHistogram(journeys, input)) as unknown as Record<string, unknown>;
  return { total, archivedMonths };
};

test("closed months go into files, and reports that reach into them say so", async () => {
  expect(await views("2026-01-01T00:00:00Z")).toEqual({ total: 4, archivedMonths: [] });
  expect(await previewArchive(house.db, { keep: 2, now: NOW })).toEqual([
    { month: "2026-01", rows: 2 },
    { month: "2026-02", rows: 1 },
  ]);

  const { months } = await archive();

  expect(months.map(({ month, moved, rows }) => [month, moved, rows])).toEqual([
    ["2026-01", 2, 2],
    ["2026-02", 1, 1],
  ]);
  expect(await left()).toEqual(["ann/new"]);
  expect(await views("2026-01-01T00:00:00Z")).toEqual({ total: 1, archivedMonths: ["2026-01", "2026-02"] });
  expect(await views("2026-02-10T00:00:00Z")).toEqual({ total: 1, archivedMonths: ["2026-02"] });
  expect(await views("2026-03-02T00:00:00Z")).toEqual({ total: 1, archivedMonths: [] });
  expect(await views("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")).toEqual({
    total: 0,
    archivedMonths: ["2026-01"],
  });
  expect(await archive()).toEqual({ letGo: 0, months: [] });

  await restore("2026-02");
  expect(await views("2026-01-01T00:00:00Z")).toEqual({ total: 2, archivedMonths: ["2026-01"] });
});

test("a rebuild leaves visits that began in the archive as they stand", async () => {
  const visits = () => house.db.orm.interaction.findMany({ where: { isVisit: true }, orderBy: { id: "asc" } });
  const before = await visits();
  await archive();

  expect(await rebuildAll(house.db, ingest.rules(), false)).toMatchObject({ visitsCut: 0, visitsMeasured: 0 });
  expect(before).toHaveLength(3);
  expect(await visits()).toEqual(before);
});

test("months of the first century are those that they are", () => {
  const { month, from, to } = monthFrom(new Date("0001-12-31T23:00:00Z"));

  expect([month, from, to]).toEqual(["0001-12", new Date("0001-12-01T00:00:00Z"), new Date("0002-01-01T00:00:00Z")]);
  expect(monthFrom(new Date("2026-03-31T00:00:00Z"), -13).month).toBe("2025-02");
});

test("a month that is in the archive takes nothing in until it is back, and knows what it has", async () => {
  await archive();
  const late = page("late", "2026-01-20T09:00:00Z", "ann");
  const again = page("jan", "2026-01-31T23:50:00Z", "ann");
  const newer = page("jan", "2026-01-31T23:50:00Z", "ann", { revision: "2026-11-01T00:00:00Z", name: "renamed" });
  const moved = page("jan", "2026-11-21T00:00:00Z", "ann", { revision: "2026-11-01T00:00:00Z" });

  expect(await send(late)).toEqual(["REJECTED", "ARCHIVED"]);
  expect(await send(again)).toEqual(["REPEATED", null]);
  expect(await send(newer)).toEqual(["REJECTED", "ARCHIVED"]);
  expect(await send(moved)).toEqual(["REJECTED", "ARCHIVED"]);
  expect(await send(page("today", "2026-11-21T00:00:00Z", "ann"))).toEqual(["ACCEPTED", null]);
  await expect(withdrawBatch(house.db, place.batch, { by: "test", rules: ingest.rules() })).rejects.toThrow(
    "Touchpoints of it are in the archive: bring 2026-01, 2026-02 back first",
  );

  expect(await restore("2026-01")).toEqual({ month: "2026-01", rows: 2, leftOut: 0 });
  expect(await send(late)).toEqual(["ACCEPTED", null]);
  expect(await send(newer)).toEqual(["SUPERSEDED", null]);
  expect(await restore("2026-02")).toMatchObject({ rows: 1 });
  expect((await withdrawBatch(house.db, place.batch, { by: "test", rules: ingest.rules() })).removed).toBe(4);
});

test("what was brought back stays for thirty days, then it is archived as it is by then", async () => {
  await archive();
  await restore("2026-01");
  await send(page("late", "2026-01-20T09:00:00Z", "ann"));

  expect(await archive()).toEqual({ letGo: 0, months: [] });
  const later = new Date(Date.now() + 31 * DAY_MS);
  const { months } = await archiveMonths(house.db, { folder: place.folder, keep: 14, now: later, retaining });
  expect(months).toEqual([]);
  const again = await archiveMonths(house.db, { folder: place.folder, keep: 2, now: later, retaining });
  expect(again.months.map(({ month, rows }) => [month, rows])).toContainEqual(["2026-01", 3]);
});

test("a file that is another, cut short or gone brings nothing back, and says what to do", async () => {
  await archive();
  const { path } = readMonths(place.folder)["2026-01"]!.touchpoints;
  const whole = readFileSync(join(place.folder, path));

  await expect(restore("2026-03")).rejects.toThrow("2026-03 is not in the archive");
  await expect(restoreMonth(house.db, { folder: tmpdir(), month: "2026-01", rules: ingest.rules() })).rejects.toThrow(
    "The folder has no file of 2026-01: name the one that it was archived into.",
  );
  writeFileSync(join(place.folder, path), whole.subarray(0, 100));
  await expect(restore("2026-01")).rejects.toThrow("is not as it was written: bring the whole file back");
  rmSync(join(place.folder, path));
  await expect(restore("2026-01")).rejects.toThrow("is gone: bring it back from where it is kept.");
  writeFileSync(join(place.folder, path), whole);
  await expect(whileAlone(house.db, "archiving", () => restore("2026-01"))).rejects.toThrow(
    "Another process moves months",
  );
  expect(await left()).toEqual(["ann/new"]);
  expect(await restore("2026-01")).toMatchObject({ rows: 2 });
});

test("DuckDB reads the files, with the names of pages beside the rows", async () => {
  await archive();

  const duck = await readFolder(place.folder);
  const rows = await duck.ask(`
    select n.name, count(*)::int as views
    from 'touchpoints/*/*.parquet' t
    join 'names/*/*.parquet' n on n.id = t.url_id and n.month = t.month
    group by 1 order by 1
  `);
  duck.close();
  expect(rows).toEqual(
    ["ann/feb", "ann/jan", "bob/quagga"].map((name) => ({ name: `https://a.se/${name}`, views: 1 })),
  );
});
