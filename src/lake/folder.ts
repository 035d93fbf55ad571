import { readdirSync, rmdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { LakeFile } from "./manifest.ts";
import { UNFINISHED } from "./parquet.ts";

// What lies in the folder of a lake beside what its manifest lists.

/** Whether the file is there, as long as it was when it was written. */
export function isFileWhole(folder: string, { path, bytes }: LakeFile): boolean {
  return statSync(join(folder, path), { throwIfNoEntry: false })?.size === bytes;
}

/** Removes what runs that were killed have left. */
export function removeUnfinished(folder: string): void {
  for (const path of everythingIn(folder)) if (basename(path).startsWith(UNFINISHED)) removeFile(folder, path);
}

/** Removes files of months that the manifest does not list: a run was killed before it could enter them. */
export function removeUnlisted(folder: string, files: readonly LakeFile[]): void {
  const listed = new Set(files.map(({ path }) => path));
  const isOurs = (path: string) => /^\w+\/month=\d{4,}-\d\d\/part-0\.parquet$/.test(path);
  for (const path of everythingIn(folder)) if (isOurs(path) && !listed.has(path)) removeFile(folder, path);
}

/** Removes a file, and its folder where nothing else is in it. */
export function removeFile(folder: string, path: string): void {
  rmSync(join(folder, path), { force: true });
  const home = dirname(join(folder, path));
  if (home !== folder && readdirSync(home).length === 0) rmdirSync(home);
}

const everythingIn = (folder: string): string[] => readdirSync(folder, { recursive: true }).map(String);
