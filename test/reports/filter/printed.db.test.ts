import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { printReportSql } from "../../../src/cli/report-sql.ts";
import { useDatabase } from "../../kit/database.ts";

const house = useDatabase();
const FOLDER = new URL("../../../schema/sql/", import.meta.url);

test("the printed statements are those that the reports send", async () => {
  const printed = new Map<string, string>();
  for (const name of await readdir(FOLDER)) printed.set(name, await readFile(new URL(name, FOLDER), "utf8"));

  // Where they differ, read the difference and run `npm run contracts`.
  expect(Object.fromEntries(printed)).toEqual(Object.fromEntries(printReportSql()));
});

test("PostgreSQL understands every printed statement", async () => {
  for (const [name, text] of printReportSql()) {
    await expect(house.db.pool.query(`prepare "${name}" as ${text}`)).resolves.toBeDefined();
  }
});
