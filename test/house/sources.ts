import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

/** One hand-written file: its path from the root of the project, and its text. */
export interface SourceFile {
  path: string;
  text: string;
}

export interface Import {
  from: string;
  /** The path from the root, or the name of a package. */
  to: string;
  /** The types leave no trace in what runs. */
  isType: boolean;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NOT_OURS = /(^|\/)(node_modules|generated|dist|\.data)(\/|$)/;

/** Every hand-written TypeScript file below the folders. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true }).map((name) => join(folder, String(name))))
    .filter((path) => /\.tsx?$/.test(path) && !NOT_OURS.test(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}

/** What lies at the root: settings of tools, documents. */
export function rootFile(name: string): string {
  return readFileSync(join(ROOT, name), "utf8");
}

const STATIC = /^\s*(?:import|export)\s+(type\s)?[^;"'`]*?from\s+"([^"]+)"/gm;
const BARE = /^\s*import\s+"([^"]+)"/gm;
const DYNAMIC = /\bimport\(\s*["'`]([^"'`]+)["'`]/g;

/** What a file imports, in whichever way it says so. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const found = [
    ...[...text.matchAll(STATIC)].map(([, type, target]) => ({ target: target!, isType: Boolean(type) })),
    ...[...text.matchAll(BARE), ...text.matchAll(DYNAMIC)].map(([, target]) => ({ target: target!, isType: false })),
  ];
  return found.map(({ target, isType }) => ({
    from: path,
    to: target.startsWith(".") ? normalize(join(dirname(path), target)) : target,
    isType,
  }));
}

const DECLARED =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|const|let|interface|type|enum) (\w+)/gm;
const LISTED = /^export (?:type )?(?:(?:const|let) )?\{([^}]*)\}(?! from)/gm;

/** The names that a file declares and exports, each once: a type and a value of one name are one thing. */
export function exportsOf({ text }: SourceFile): string[] {
  const listed = [...text.matchAll(LISTED)].flatMap(([, list]) => list!.split(",").map((item) => item.trim()));
  const names = listed.filter(Boolean).map((item) => /(\w+)$/.exec(item)![1]!);
  return [...new Set([...[...text.matchAll(DECLARED)].map(([, name]) => name!), ...names])];
}
