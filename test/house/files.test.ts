import { expect, test } from "vitest";
import { importsOf, rootFile, type SourceFile, sourceFiles } from "./sources.ts";

const LINES = 250;
/** The roles that may speak SQL. */
const SPEAKS_SQL = /\.(repository|report|sql|loader)\.ts$|^src\/db\//;
const PRODUCT = ["src", "seed", "bench"];

const paths = (files: SourceFile[]) => files.map(({ path }) => path);

test("every hand-written file fits on a few screens", () => {
  const long = sourceFiles(...PRODUCT, "test").filter(({ text }) => text.trimEnd().split("\n").length > LINES);

  expect(paths(long)).toEqual([]);
});

test("only the files whose name says so speak to the database", () => {
  const speakers = sourceFiles("src").filter(
    (file) =>
      importsOf(file).some(({ to, isType }) => to === "src/db/sql.ts" && !isType) ||
      /\.(orm|pool)\.(?!end\b)\w+|\$(query|execute)Raw/.test(file.text),
  );

  expect(speakers.length).toBeGreaterThan(5);
  expect(paths(speakers.filter(({ path }) => !SPEAKS_SQL.test(path)))).toEqual([]);
});

test("the environment is read in one file", () => {
  const readers = sourceFiles(...PRODUCT).filter(({ text }) => /(?<!["'])\bprocess\.env\b/.test(text));

  expect(paths(readers)).toEqual(["src/config.ts"]);
});

test("no statement is put together from text", () => {
  const unsafe = new RegExp(["query", "execute"].map((verb) => `\\$${verb}Raw${"Unsafe"}`).join("|"));

  const wrong = sourceFiles(...PRODUCT, "test").filter(
    ({ path, text }) => unsafe.test(text) && !/^test\/kit\//.test(path),
  );

  expect(paths(wrong)).toEqual([]);
});

test("files are named by their subject and their role", () => {
  const badly = sourceFiles("src").filter(({ path }) =>
    /(^|[./-])(utils?|helpers?|managers?|common|misc)([./-])/.test(path),
  );

  expect(paths(badly)).toEqual([]);
});

test("every setting is documented, and every documented setting exists", async () => {
  const { SETTING_NAMES } = await import("../../src/config.ts");

  const documented = [...rootFile(".env.example").matchAll(/^#?\s?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name!);

  expect(documented.toSorted()).toEqual([...SETTING_NAMES].toSorted());
});

test("a field with a policy is never a simple one, which would skip it", () => {
  const guarded = sourceFiles("src").flatMap(({ path, text }) =>
    [...text.matchAll(/@Authorized\([^)]*\)\s*@Field\((?<options>[\s\S]*?)\)\s*\n\s*\w+[!?:]/g)].map((match) => ({
      path,
      options: match.groups!.options!,
    })),
  );

  const simple = guarded.filter(({ options }) => !/simple:\s*false/.test(options));

  expect(simple).toEqual([]);
});

test("nothing is left for later without a name to ask", () => {
  const loose = sourceFiles(...PRODUCT, "test").filter(
    ({ path, text }) => !path.startsWith("test/house/") && /\b(TODO|FIXME|XXX)\b(?! #\d)/.test(text),
  );

  expect(paths(loose)).toEqual([]);
});

test("no test makes the files after it load their modules anew", () => {
  // What stands outside the modules is then there twice over one: Prisma's schema engine reads another's memory, and hangs.
  const resetting = sourceFiles("test").filter(
    ({ path, text }) => !path.startsWith("test/house/") && text.includes("resetModules"),
  );

  expect(paths(resetting)).toEqual([]);
});
