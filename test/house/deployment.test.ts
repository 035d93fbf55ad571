import { expect, test } from "vitest";
import { parse } from "yaml";
import { SETTING_NAMES } from "../../src/config.ts";
import { rootFile } from "./sources.ts";

const manifest = JSON.parse(rootFile("package.json"));

test("npm start, npm run start:prod and the image run the same", () => {
  const [, command] = /^CMD (\[.*\])$/m.exec(rootFile("Dockerfile"))!;

  expect(JSON.parse(command!).join(" ")).toBe(manifest.scripts["start:prod"]);
  expect(manifest.scripts.start).toBe(manifest.scripts["start:prod"]);
});

test("compose.yaml sets nothing that is no setting", () => {
  const { environment } = parse(rootFile("compose.yaml")).services.api;

  expect(Object.keys(environment).filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
});

test("the workflow tries the oldest Node that is supported, and the one of the image", () => {
  const { test: tests, production } = parse(rootFile(".github/workflows/ci.yml")).jobs;
  const [, oldest] = />=(\d+)/.exec(manifest.engines.node)!;
  const [, ofImage] = /^FROM node:(\d+)/m.exec(rootFile("Dockerfile"))!;

  expect(tests.strategy.matrix.node).toEqual(expect.arrayContaining([Number(oldest), Number(ofImage)]));
  expect(production.strategy.matrix.node).toEqual(tests.strategy.matrix.node);
});

test("CHANGELOG has a section for the version", () => {
  expect(rootFile("CHANGELOG.md")).toMatch(new RegExp(`^## ${manifest.version}$`, "m"));
});
