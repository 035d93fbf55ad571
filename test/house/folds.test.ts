import { expect, test } from "vitest";
import { SKILLS } from "../../src/reports/folds.ts";
import { sourceFiles } from "./sources.ts";

const DECLARED = /^(?:export )?const (\w+)(?:: (?:Fold|Survey)<| = behindFold\()/gm;

test("workers know every fold and every survey", () => {
  const files = sourceFiles("src");
  const list = files.find(({ path }) => path === "src/reports/folds.ts")!.text;

  const unknown = files
    .flatMap(({ text }) => [...text.matchAll(DECLARED)].map(([, name]) => name!))
    .filter((name) => !new RegExp(`[ [](${name})[,\\]]`).test(list.slice(list.indexOf("SKILLS"))));

  expect(unknown).toEqual([]);
  expect(SKILLS.folds.length).toBeGreaterThan(9);
});

test("no two folds, and no two surveys, have one name", () => {
  for (const skills of [SKILLS.folds, SKILLS.surveys]) {
    const names = skills.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  }
});
