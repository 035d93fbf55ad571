import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ByteWriter, type ColumnSource, ParquetWriter } from "hyparquet-writer";
import { schemaOf } from "./schema.ts";

/** What a column holds: instants in milliseconds since 1970, money in millionths, LIST a list of texts. */
export type ParquetKind = "TEXT" | "INSTANT" | "INTEGER" | "NUMBER" | "MONEY" | "FLAG" | "LIST";

export interface ParquetColumn {
  name: string;
  is: ParquetKind;
}

export type ParquetValue = string | number | bigint | boolean | readonly string[] | null;

/** What a finished file is, so that whoever has it can tell that it is whole. */
export interface ParquetSummary {
  rows: number;
  bytes: number;
  sha256: string;
}

/** A file that rows are put into, one after the other. */
export interface ParquetFile {
  /** A value for each column, in their order. */
  add(row: readonly ParquetValue[]): void;
  /** Makes the file appear under its name, whole and on the disk. */
  finish(): ParquetSummary;
  /** Leaves nothing behind. */
  abandon(): void;
}

/** Rows that are compressed together: as many as are in memory at once. */
const ROWS_AT_ONCE = 65_536;

/** Names of files that are not whole begin with this, so that `*.parquet` does not find them. */
export const UNFINISHED = ".writing-";

/** Opens a Parquet file for any number of rows; under its name there is either nothing new or all of it. */
export function openParquet(path: string, columns: readonly ParquetColumn[]): ParquetFile {
  const unfinished = join(dirname(path), `${UNFINISHED}${process.pid}-${basename(path)}`);
  const out = new HashedFile(unfinished);
  const writer = new ParquetWriter({ writer: out, schema: schemaOf(columns), createdBy: "customer360" });
  const group = columns.map(({ name }): ColumnSource & { data: ParquetValue[] } => ({ name, data: [] }));
  let rows = 0;

  function writeGroup(): void {
    if (group[0]!.data.length === 0) return;
    writer.write({ columnData: group, rowGroupSize: ROWS_AT_ONCE });
    for (const column of group) column.data = [];
  }

  return {
    add(row) {
      for (let i = 0; i < group.length; i += 1) group[i]!.data.push(row[i]!);
      rows += 1;
      if (group[0]!.data.length === ROWS_AT_ONCE) writeGroup();
    },
    finish() {
      writeGroup();
      writer.finish();
      renameSync(unfinished, path);
      syncFolder(dirname(path));
      return { rows, bytes: out.offset, sha256: out.digest() };
    },
    abandon() {
      out.close();
      rmSync(unfinished, { force: true });
    },
  };
}

/** Puts a text in the place of what a file says, at once and on the disk. */
export function replaceFile(path: string, text: string): void {
  const unfinished = join(dirname(path), `${UNFINISHED}${process.pid}-${basename(path)}`);
  const handle = openSync(unfinished, "w");
  writeSync(handle, text);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(unfinished, path);
  syncFolder(dirname(path));
}

/** A renamed file is there after a loss of power only if its folder was written too. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}

/** Writes what the library has made of each group of rows, and hashes it on the way. */
class HashedFile extends ByteWriter {
  private readonly handle: number;
  private readonly hash = createHash("sha256");
  private isOpen = true;

  constructor(path: string) {
    super(1 << 20);
    this.handle = openSync(path, "w");
  }

  flush(): void {
    const bytes = new Uint8Array(this.buffer, 0, this.index);
    this.hash.update(bytes);
    for (let from = 0; from < bytes.length; ) from += writeSync(this.handle, bytes, from);
    this.index = 0;
  }

  override finish(): void {
    this.flush();
    fsyncSync(this.handle);
    this.close();
  }

  close(): void {
    if (this.isOpen) closeSync(this.handle);
    this.isOpen = false;
  }

  digest(): string {
    return this.hash.digest("hex");
  }
}
