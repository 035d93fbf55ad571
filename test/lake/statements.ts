import { readFileSync } from "node:fs";
import { join } from "node:path";
import { blocksOf, ROOT } from "../docs/blocks.ts";

export interface Question {
  /** The heading that it stands under. */
  title: string;
  statement: string;
}

/** The statements of a document for DuckDB: what makes the views, and the questions. */
export function questionsOf(file: string): { preparation: string; questions: Question[] } {
  const lines = readFileSync(join(ROOT, file), "utf8").split("\n");
  const titleAt = (line: number) => lines.slice(0, line).findLast((text) => text.startsWith("#"))!;
  const blocks = blocksOf(file).filter(({ language }) => language === "sql");
  const ofDuck = blocks.filter(({ line }) => !/^## (Trino|Athena)/.test(titleAt(line)));
  const [preparation, ...questions] = ofDuck;
  return {
    preparation: preparation!.text,
    questions: questions.map(({ line, text }) => ({ title: titleAt(line).replace(/^#+ /, ""), statement: text })),
  };
}
