import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** The last seal, as a file outside of the database says it: the last seals cannot be deleted with their rows unseen. */
export interface SealHead {
  seq: number;
  /** In hexadecimal. */
  hash: string;
}

/** The newest stands last; the others are seals that the database was found not to have any more. */
export function readHeads(file: string): SealHead[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => {
    const [seq = "", hash = ""] = line.split(" ");
    return { seq: Number(seq), hash };
  });
}

/** The newest head goes in whole or not at all. It takes the place of the one before, but of one that is missed. */
export function keepHead(file: string, head: SealHead, missed: boolean): void {
  const heads = readHeads(file);
  const newest = heads.at(-1);
  // Another server, which sealed after us, was first to write.
  if (newest && newest.seq >= head.seq && !missed) return;
  const kept = missed ? heads : heads.slice(0, -1);
  const text = [...kept, head].map(({ seq, hash }) => `${seq} ${hash}\n`).join("");
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
