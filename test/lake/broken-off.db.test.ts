import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { openDatabase } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import { readManifest } from "../../src/lake/manifest.ts";
import { lockFolder } from "../../src/lake/rows.repository.ts";
import { writeLake } from "../../src/lake/write-lake.ts";
import { useDatabase } from "../kit/database.ts";
import { programOf } from "../kit/programs.ts";
import { given } from "../reports/kit/world.ts";
import { people } from "./people.ts";

const house = useDatabase();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lake-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lakeOf = () => join(folder, "lake");
const write = () => writeLake(house.db, lakeOf(), { isPersonal: false });

test("a run that broke off leaves what it had written, whole; the next one writes what is missing", async () => {
  await given(house.db, people());
  mkdirSync(join(lakeOf(), "interactions"), { recursive: true });
  writeFileSync(join(lakeOf(), "interactions", "month=2026-11"), "in the way");

  const broken = write();

  await expect(broken).rejects.toThrow();
  const { knownAt, files } = readManifest(lakeOf());
  expect({ knownAt, paths: files.map(({ path }) => path) }).toEqual({
    knownAt: null,
    paths: ["interactions/month=2026-10/part-0.parquet"],
  });
  rmSync(join(lakeOf(), "interactions", "month=2026-11"));
  expect(await write()).toMatchObject({ written: 6, unchanged: 1 });
});

test("a file that was cut short, or is gone, is written again", async () => {
  await given(house.db, people());
  await write();
  writeFileSync(join(lakeOf(), "owners/part-0.parquet"), "PAR1");
  rmSync(join(lakeOf(), "interactions/month=2026-10/part-0.parquet"));

  expect(await write()).toMatchObject({ written: 2, unchanged: 5 });
});

test("a folder has one writer at a time, and what is no lake's none", async () => {
  await given(house.db, people());
  await write();
  const other = openDatabase({ url: house.url });
  const late = await house.db.atOneInstant(async (snapshot) => {
    await lockFolder(snapshot, realpathSync(lakeOf()));
    return writeLake(other, lakeOf(), { isPersonal: false }).catch(({ message }) => message);
  });
  await other.close();
  writeFileSync(join(lakeOf(), "manifest.json"), "{}");

  expect(late).toMatch(/^Another run writes into .*: wait until it has ended\.$/);
  await expect(write()).rejects.toThrow("is not the manifest of a lake: name another folder, or delete that file.");
});

test("a run that is killed is finished by the next one, which gives what a run that was left alone does", async () => {
  await given(house.db, { ann: "page /home 09:00" });
  await house.db.run(sql`
    insert into touchpoints (subject_id, occurred_at, id, ingested_at, customer_id, interaction_id, source, channel, kind)
    select
      t.subject_id, '2024-01-01Z'::timestamptz + n * interval '30 minutes', md5(n::text)::uuid, t.ingested_at, t.customer_id,
      t.interaction_id, t.source, t.channel, t.kind
    from touchpoints t, generate_series(1, 40000) n
  `);
  const killed = spawn(process.execPath, [await programOf("src/cli.ts"), "lake", lakeOf()], {
    cwd: inject("directory"),
    env: { ...process.env, DATABASE_URL: house.url, C360_SECRET: undefined },
    stdio: "ignore",
  });
  const gone = once(killed, "exit");
  while (existsSync(lakeOf()) === false || readManifest(lakeOf()).files.length < 5) await sleep(5);
  killed.kill("SIGKILL");
  await gone;
  const left = readManifest(lakeOf());

  const run = await write();

  const whole = await writeLake(house.db, join(folder, "whole"), { isPersonal: false });
  expect(left.knownAt).toBeNull();
  expect(left.files.length).toBeLessThan(whole.written);
  expect(run.unchanged).toBeGreaterThanOrEqual(left.files.length);
  expect(run.written).toBe(whole.written - run.unchanged);
  expect(readManifest(lakeOf()).files).toEqual(readManifest(join(folder, "whole")).files);
  expect(readdirSync(lakeOf(), { recursive: true }).filter((name) => String(name).includes(".writing-"))).toEqual([]);
});
