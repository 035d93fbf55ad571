import { expect, test } from "vitest";
import { exportsOf, importsOf, sourceFiles } from "./sources.ts";

/** Both declare columns in the same plain words, `text` and `int`; no file uses both. */
const VOCABULARIES = ["src/db/row.ts", "src/fields/field.ts"];

const files = sourceFiles("src");

test("no exported name means two things", () => {
  const homes = new Map<string, string[]>();
  for (const file of files) {
    for (const name of exportsOf(file)) homes.set(name, [...(homes.get(name) ?? []), file.path]);
  }

  const twice = [...homes].filter(
    ([, paths]) => paths.some((path) => !VOCABULARIES.includes(path)) && paths.length > 1,
  );

  expect(homes.size).toBeGreaterThan(1_000);
  expect(twice.map(([name, paths]) => `${name}: ${paths.join(", ")}`)).toEqual([]);
});

test("no file declares columns in two vocabularies", () => {
  const both = files.filter((file) => {
    const used = importsOf(file).flatMap(({ to, isType }) => (isType ? [] : [to]));
    return VOCABULARIES.every((path) => used.includes(path));
  });

  expect(both.map(({ path }) => path)).toEqual([]);
});

test.each([
  ["export const A = 1;\nexport type A = typeof A;", ["A"]],
  ["export async function* b() {}", ["b"]],
  ["export abstract class C {}\nexport interface D {}", ["C", "D"]],
  ["export const { e, f: g } = h;", ["e", "g"]],
  ["export { i, j as k };", ["i", "k"]],
  ['export { l } from "m";', []],
])("%j exports %j", (text, names) => {
  expect(exportsOf({ path: "", text })).toEqual(names);
});
