import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { AppError } from "../../kit/errors.ts";
import type { Database } from "../client.ts";
import { type BackupFile, type BackupManifest, FORMAT, MANIFEST } from "./manifest.ts";
import { eachRow, findTables, findTaken } from "./tables.repository.ts";

/**
 * Writes all tables, as of one instant, into a folder that is new or empty. A run that is broken off leaves no manifest, and
 * so no backup. Servers go on writing meanwhile.
 */
export async function writeBackup(database: Database, folder: string): Promise<BackupManifest> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new AppError("CONFLICT", `${folder} is not empty: name a new folder for each backup.`);
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return database.atOneInstant(async (snapshot) => {
    const { at, migrations } = await findTaken(snapshot);
    const files: BackupFile[] = [];
    for (const table of await findTables(snapshot)) {
      const file = openFile(folder, table.name);
      await eachRow(snapshot, table, file.add);
      files.push(file.finish());
    }
    const manifest = { format: FORMAT, at: at.toISOString(), migrations, files } as const;
    writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
    return manifest;
  });
}

/** Characters that are compressed together. */
const BLOCK = 1_000_000;

/** A file of lines; each block of them is compressed by itself, which makes one stream of all. */
function openFile(folder: string, table: string) {
  const path = `${table}.ndjson.gz`;
  const handle = openSync(join(folder, path), "w", 0o600);
  const hash = createHash("sha256");
  let [rows, bytes, block] = [0, 0, ""];
  function write(): void {
    const packed = gzipSync(block);
    block = "";
    hash.update(packed);
    bytes += packed.length;
    writeSync(handle, packed);
  }
  return {
    add(line: string): void {
      rows += 1;
      block += `${line}\n`;
      if (block.length > BLOCK) write();
    },
    finish(): BackupFile {
      write();
      fsyncSync(handle);
      closeSync(handle);
      return { table, path, rows, bytes, sha256: hash.digest("hex") };
    },
  };
}
