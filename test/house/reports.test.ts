import { readdirSync } from "node:fs";
import { coerceInputValue, type GraphQLInputObjectType } from "graphql";
import { expect, test } from "vitest";
import { createSchema } from "../../src/graphql/engine/schema.ts";
import { fieldOf } from "../../src/reports/declaration.ts";
import { REPORTS } from "../../src/reports/reports.ts";
import { rootFile, sourceFiles } from "./sources.ts";

const files = sourceFiles("src/reports", "test/reports");
const readme = rootFile("README.md");
const queries = createSchema().getQueryType()!.getFields();
const folders = readdirSync(new URL("../../src/reports/", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test("no report lacks anything", () => {
  expect(folders.length).toBeGreaterThan(5);
  expect(folders.flatMap((name) => lacking(name).map((what) => `${name} lacks ${what}`))).toEqual([]);
});

test("a report that has nothing but its name is told all that it lacks", () => {
  expect(lacking("by-moonlight")).toEqual([
    "a line in src/reports/reports.ts",
    "the query byMoonlight in its resolver",
    "a way to open its cells: `people` of its declaration and a field of PeopleInput",
    "an example that is an input but for its period",
    "test/reports/by-moonlight/*.db.test.ts",
    "a test in test/reports/by-moonlight that counts again with a recount.ts",
    "a root case in test/reports/by-moonlight/root.ts",
    "a mention in README.md",
  ]);
});

test("every report of the list has a folder of its name", () => {
  expect(REPORTS.map(({ name }) => name).toSorted()).toEqual(folders.toSorted());
});

function lacking(name: string): string[] {
  const report = REPORTS.find((one) => one.name === name);
  const field = fieldOf(name);
  const tests = files.filter(({ path }) => path.startsWith(`test/reports/${name}/`));
  const parts: [string, boolean][] = [
    ["a line in src/reports/reports.ts", report !== undefined],
    [`the query ${field} in its resolver`, field in queries],
    ["a way to open its cells: `people` of its declaration and a field of PeopleInput", isOpened(name, field)],
    ["an example that is an input but for its period", isWhole(field, report?.example)],
    [`test/reports/${name}/*.db.test.ts`, tests.some(({ path }) => path.endsWith(".db.test.ts"))],
    [
      `a test in test/reports/${name} that counts again with a recount.ts`,
      tests.some(({ text }) => /from ".*\/recount\.ts"/.test(text)),
    ],
    [`a root case in test/reports/${name}/root.ts`, tests.some(({ path }) => path.endsWith("/root.ts"))],
    ["a mention in README.md", readme.includes(`\`${field}\``)],
  ];
  return parts.filter(([, isThere]) => !isThere).map(([what]) => what);
}

function isOpened(name: string, field: string): boolean {
  const cells = createSchema().getType("PeopleInput") as GraphQLInputObjectType;
  return field in cells.getFields() && REPORTS.some((report) => report.name === name);
}

const PERIOD = { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" };

/** Whether the example and a period are a whole input. */
function isWhole(field: string, example: object | undefined): boolean {
  const input = queries[field]?.args.find(({ name }) => name === "input")?.type;
  const faults: unknown[] = [];
  if (input) coerceInputValue({ period: PERIOD, ...example }, input, (_path, value) => faults.push(value));
  return example !== undefined && input !== undefined && faults.length === 0;
}
