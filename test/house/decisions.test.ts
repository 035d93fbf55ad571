import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { rootFile } from "./sources.ts";

test("each decision says when, in which context, what, and what was measured, and the index lists it", () => {
  const index = rootFile("docs/decisions/README.md");
  const files = readdirSync("docs/decisions").filter((name) => /^\d{4}-/.test(name));

  const wrong = files.filter((name) => {
    const text = rootFile(`docs/decisions/${name}`);
    const isWhole =
      /^# .+\n\n\d{4}-\d\d-\d\d.*\n\n## Context\n[\s\S]+\n## Decision\n[\s\S]+\n## What was measured\n/.test(text);
    return !isWhole || !index.includes(`(${name})`);
  });

  expect(files.length).toBeGreaterThan(10);
  expect(wrong).toEqual([]);
});
