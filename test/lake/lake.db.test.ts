import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sql } from "../../src/db/sql.ts";
import { type Manifest, readManifest } from "../../src/lake/manifest.ts";
import { writeLake } from "../../src/lake/write-lake.ts";
import { useDatabase } from "../kit/database.ts";
import { useJourneys } from "../reports/kit/journeys.ts";
import { given } from "../reports/kit/world.ts";
import { readFolder } from "./duck.ts";
import { people } from "./people.ts";
import { ANSWERS } from "./questions.ts";
import { questionsOf } from "./statements.ts";

const house = useDatabase();
const journeys = useJourneys(house);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lake-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lakeOf = () => join(folder, "lake");
const write = (isPersonal = false) => writeLake(house.db, lakeOf(), { isPersonal });
const monthsOf = ({ files }: Manifest) => files.filter(({ path }) => path.includes("month="));

const period = { from: new Date("2026-01-01T00:00Z"), to: new Date("2027-01-01T00:00Z") };

test("every question of the document has its answer here, and every answer its question", () => {
  expect(questionsOf("docs/lake.md").questions.map(({ title }) => title)).toEqual(Object.keys(ANSWERS));
});

test("read back by DuckDB, the questions of the document have the reports' own answers", async () => {
  await given(house.db, people());
  await write();
  const { preparation, questions } = questionsOf("docs/lake.md");
  const duck = await readFolder(folder);
  await duck.ask(preparation);

  for (const { title, statement } of questions) {
    const rows = await duck.ask(statement);
    const expected = await ANSWERS[title]!(journeys, period);
    expect(expected.length, title).toBeGreaterThan(0);
    expect(
      rows.map((row) => Object.values(row).map(plain)),
      title,
    ).toEqual(expected);
  }
  duck.close();
});

/** Numbers as numbers, and of instants the day. */
function plain(value: unknown): unknown {
  if (typeof value !== "string") return value;
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value.replace(/ 00:00:00$/, "");
}

test("the manifest lists every file as it is, and a second run writes none", async () => {
  await given(house.db, people());
  const first = await write();
  const manifest = readManifest(lakeOf());

  const second = await write();

  expect(manifest.files.map(({ path }) => path)).toEqual([
    "customers/part-0.parquet",
    "identities/month=1970-01/part-0.parquet",
    "interactions/month=2026-10/part-0.parquet",
    "interactions/month=2026-11/part-0.parquet",
    "owners/part-0.parquet",
    "touchpoints/month=2026-10/part-0.parquet",
    "touchpoints/month=2026-11/part-0.parquet",
  ]);
  for (const { path, bytes, sha256 } of manifest.files) {
    const content = readFileSync(join(lakeOf(), path));
    expect([bytes, sha256]).toEqual([content.length, createHash("sha256").update(content).digest("hex")]);
  }
  expect(first).toMatchObject({ written: 7, unchanged: 0, removed: 0 });
  expect(second).toEqual({ written: 0, unchanged: 7, removed: 0, rows: 0, bytes: 0 });
  expect(Date.parse(readManifest(lakeOf()).knownAt!)).toBeGreaterThanOrEqual(Date.parse(manifest.knownAt!));
});

test("a merge writes no month again: who owns what is in a file of its own", async () => {
  await given(house.db, people());
  await write();
  const before = monthsOf(readManifest(lakeOf()));
  const times = before.map(({ path }) => statSync(join(lakeOf(), path)).mtimeMs);
  await house.db.run(sql`
    with one as (select customer_id as id from identities where value = 'bob'),
    moved as (update touchpoints t set customer_id = (select i.customer_id from identities i where i.value = 'ann') from one where t.customer_id = one.id),
    moved_legs as (update interactions t set customer_id = (select i.customer_id from identities i where i.value = 'ann') from one where t.customer_id = one.id)
    insert into assignments (subject_id, valid_from, valid_to, known_from, known_to, customer_id)
    select i.id, '-infinity', 'infinity', now(), 'infinity', (select a.customer_id from identities a where a.value = 'ann')
    from identities i where i.value = 'bob'
  `);

  const run = await write();

  expect(run).toMatchObject({ written: 2, unchanged: 5 });
  expect(monthsOf(readManifest(lakeOf()))).toEqual(before);
  expect(before.map(({ path }) => statSync(join(lakeOf(), path)).mtimeMs)).toEqual(times);
  const duck = await readFolder(folder);
  await duck.ask(questionsOf("docs/lake.md").preparation);
  const [row] = await duck.ask("select count(distinct customer_id) as customers from events where is_customer");
  duck.close();
  expect(row).toEqual({ customers: "4" });
});

test("a month that changed is written again, and one that has nothing left goes", async () => {
  await given(house.db, people());
  await write();
  await house.db.run(sql`update interactions set call_reason = 'cards' where call_reason = 'moving'`);
  const changed = await write();
  await house.db.run(sql`delete from interactions where session_start_time < '2026-11-01'`);
  await house.db.run(sql`delete from touchpoints where occurred_at < '2026-11-01'`);

  const emptied = await write();

  // The call is a row of interactions, and a moment; moments have its reason from the dictionary.
  expect(changed).toMatchObject({ written: 1, removed: 0 });
  expect(emptied).toMatchObject({ written: 0, removed: 2 });
  expect(monthsOf(readManifest(lakeOf())).map(({ path }) => path)).toEqual([
    "identities/month=1970-01/part-0.parquet",
    "interactions/month=2026-11/part-0.parquet",
    "touchpoints/month=2026-11/part-0.parquet",
  ]);
});

test("what is personal is written when it is asked for, and taken out again when it is not", async () => {
  await given(house.db, people());
  await write(true);
  const personal = columnNames();
  const run = await write();

  expect(personal).toEqual(
    expect.arrayContaining(["identities.value", "customers.age", "interactions.interaction_notes"]),
  );
  expect(
    columnNames().filter((name) =>
      /\.(value|display|age|ethnicity|display_name|interaction_notes|metadata|extra)$/.test(name),
    ),
  ).toEqual(["touchpoints.value"]);
  expect(run).toMatchObject({ unchanged: 1 });

  function columnNames(): string[] {
    const { tables } = readManifest(lakeOf());
    return Object.entries(tables).flatMap(([table, columns]) => columns.map(({ name }) => `${table}.${name}`));
  }
});
