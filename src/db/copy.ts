import type { Readable } from "node:stream";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Sql } from "./sql.ts";

// Rows by the million, in PostgreSQL's binary form: decoding them as text takes five times as long.

/** The chunks that PostgreSQL sends for a statement. */
export async function* copied(client: pg.PoolClient, statement: Sql): AsyncGenerator<Buffer> {
  const stream: Readable = client.query(copyTo(`copy (${written(statement)}) to stdout (format binary)`));
  yield* stream;
}

/** COPY binds no values: they are written into the statement, as literals. */
function written({ strings, values }: Sql): string {
  return strings.map((part, i) => (i === 0 ? part : literalOf(values[i - 1]) + part)).join("");
}

function literalOf(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return pg.escapeLiteral(value);
  throw new Error("A copied statement takes numbers and texts only.");
}

/** Signature, flags and the length of an extension, before the first row. */
const HEADER = 19;
/** Of 1970 in seconds of PostgreSQL, whose time begins with 2000. */
const EPOCH_MS = 946_684_800_000;
const LENGTH_OF_NULL = -1;

/** Reads one row after the other; what is read of a row is read in the order of its columns. */
export class CopyReader {
  private bytes: Buffer = Buffer.alloc(0);
  private at = 0;
  private hasBegun = false;

  /** Calls `each` for every whole row of the chunk; the rest waits for the next chunk. */
  feed(chunk: Buffer, each: (row: this) => void): void {
    this.bytes = this.at < this.bytes.length ? Buffer.concat([this.bytes.subarray(this.at), chunk]) : chunk;
    this.at = 0;
    if (!this.hasBegun) {
      if (this.bytes.length < HEADER) return;
      this.hasBegun = true;
      this.at = HEADER;
    }
    for (let end = this.endOfRow(); end !== -1; end = this.endOfRow()) {
      this.at += 2;
      each(this);
      if (this.at !== end) throw new Error("A copied row has other columns than its reader reads.");
    }
  }

  /** Where the row that begins here ends; -1 when it is not all here yet, or there is none. */
  private endOfRow(): number {
    const { bytes } = this;
    if (this.at + 2 > bytes.length) return -1;
    const columns = bytes.readInt16BE(this.at);
    if (columns === -1) return -1;
    let at = this.at + 2;
    for (let column = 0; column < columns; column += 1) {
      if (at + 4 > bytes.length) return -1;
      const length = bytes.readInt32BE(at);
      at += length === LENGTH_OF_NULL ? 4 : 4 + length;
    }
    return at > bytes.length ? -1 : at;
  }

  private next(): number {
    const length = this.bytes.readInt32BE(this.at);
    this.at += 4;
    return length;
  }

  /** `timestamptz` in milliseconds since 1970; NaN for null. */
  instant(): number {
    if (this.next() === LENGTH_OF_NULL) return Number.NaN;
    const micros = this.bytes.readInt32BE(this.at) * 4_294_967_296 + this.bytes.readUInt32BE(this.at + 4);
    this.at += 8;
    return micros / 1000 + EPOCH_MS;
  }

  /** `integer`; `none` for null. */
  int(none: number): number {
    if (this.next() === LENGTH_OF_NULL) return none;
    this.at += 4;
    return this.bytes.readInt32BE(this.at - 4);
  }

  /** `double precision`; NaN for null. */
  float(): number {
    if (this.next() === LENGTH_OF_NULL) return Number.NaN;
    this.at += 8;
    return this.bytes.readDoubleBE(this.at - 8);
  }

  /** `boolean`: 1 or 0, and `none` for null. */
  flag(none: number): number {
    if (this.next() === LENGTH_OF_NULL) return none;
    this.at += 1;
    return this.bytes[this.at - 1]!;
  }

  /** `text`, and whatever is cast to it. */
  text(): string | null {
    const length = this.next();
    if (length === LENGTH_OF_NULL) return null;
    this.at += length;
    return this.bytes.toString("utf8", this.at - length, this.at);
  }

  /** A fixed number of bytes, such as of `uuid` and `bigint`, into words from `offset` on; false for null. */
  words(into: Uint32Array, offset: number): boolean {
    const length = this.next();
    if (length === LENGTH_OF_NULL) return false;
    for (let i = 0; i < length; i += 4) into[offset + (i >> 2)] = this.bytes.readUInt32BE(this.at + i);
    this.at += length;
    return true;
  }
}
