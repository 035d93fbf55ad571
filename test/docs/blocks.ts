import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");

/** A fenced block of a document. */
export interface Block {
  file: string;
  line: number;
  language: string;
  text: string;
}

/** The documents of the project, at its root and in docs/. */
export function documents(): string[] {
  const docs = readdirSync(join(ROOT, "docs"), { recursive: true }).map((name) => join("docs", String(name)));
  return [...readdirSync(ROOT), ...docs].filter((name) => name.endsWith(".md"));
}

export function blocksOf(file: string): Block[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  return [...text.matchAll(/^( *)```(.*)\n([\s\S]*?)^\1```$/gm)].map(({ index, 1: indent, 2: language, 3: body }) => ({
    file,
    line: text.slice(0, index).split("\n").length,
    language: language!.trim(),
    text: body!.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
}

/** What a document prints as the answer of a command: the block right after it. */
export function answersIn(blocks: readonly Block[]): [asked: Block, answer: Block][] {
  return blocks.flatMap((answer, place) => {
    const asked = blocks[place - 1];
    const isAnswer = asked?.language === "bash" && /^(json|csv)$/.test(answer.language);
    return isAnswer && answer.line - asked.line === asked.text.split("\n").length + 2 ? [[asked, answer]] : [];
  });
}

/** What stays the same from one day to another: names and texts, but no instant, no number, and no order by a number. */
export function shapeOf({ language, text }: Pick<Block, "language" | "text">): unknown {
  if (language === "json") return JSON.parse(text, (_key, value) => (isPassing(value) ? typeof value : value));
  const [header, ...rows] = text.trim().split(/\r?\n/);
  return [header, ...rows.map((row) => row.split(",", 2).join(",")).sort()];
}

function isPassing(value: unknown): boolean {
  return typeof value === "number" || /^\d{4}-\d\d-\d\dT|^[\da-f]{8}-/.test(String(value));
}
