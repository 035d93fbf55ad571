import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answersIn, type Block, blocksOf, documents, ROOT, shapeOf } from "./blocks.ts";
import { arrive, type Newcomer } from "./newcomer.ts";

/** Blocks that no test runs, by how they begin, and why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  "npm ci": "It installs over the packages that this run uses; npm start is how the server below was started.",
  docker: "It needs a Docker engine.",
  pg_dump: "It needs PostgreSQL's own programs, of the version of the server.",
  createdb: "It needs PostgreSQL's own programs, of the version of the server.",
  tar: "The server has to be stopped first.",
};

const blocks = documents().flatMap(blocksOf);
const commands = blocks.filter(({ language }) => language === "bash");
const isRun = ({ text }: Block) => !Object.keys(NOT_RUN).some((beginning) => text.startsWith(beginning));
const files = [...new Set(commands.filter(isRun).map(({ file }) => file))];

let newcomer: Newcomer;
beforeAll(async () => {
  newcomer = await arrive();
});
afterAll(() => newcomer?.leave());

test("every block says in which language it is, and every exception is one", () => {
  const unsaid = blocks.filter(
    ({ language }) => !/^(bash|powershell|json|csv|js|ts|yaml|sql|ini|nginx|diff|text)$/.test(language),
  );
  const idle = Object.keys(NOT_RUN).filter((beginning) => !commands.some(({ text }) => text.startsWith(beginning)));

  expect(unsaid.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
  expect(idle).toEqual([]);
});

test.each(documents())("every npm script and every file that %s names is there", (file) => {
  const text = readFileSync(join(ROOT, file), "utf8");
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

  const named = [...text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, script]) => script!);
  const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => join(dirname(file), path!));

  expect(named.filter((script) => !(script in scripts))).toEqual([]);
  expect(linked.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test.each(files)("the commands of %s run as they stand, and answer what stands beside them", async (file) => {
  const pasted = commands.filter((block) => block.file === file && isRun(block));

  const said = await newcomer.paste(pasted);

  for (const [asked, { language, text }] of answersIn(blocksOf(file))) {
    const output = said[pasted.findIndex(({ line }) => line === asked.line)]!;
    expect(shapeOf({ language, text: output })).toEqual(shapeOf({ language, text }));
  }
});
