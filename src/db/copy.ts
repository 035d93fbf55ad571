import type { EventEmitter } from "node:events";
import pg from "pg";
import { CopyReader } from "./copy-reader.ts";
import type { Sql } from "./sql.ts";

// Rows by the million, in PostgreSQL's binary form: decoding them as text takes five times as long.

/** Calls `each` for every row of a statement, in the order in which they come. */
export function copyRows(client: pg.PoolClient, statement: Sql, each: (row: CopyReader) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const text = `copy (${written(statement)}) to stdout (format binary)`;
    client.query(new Copy(text, { each, resolve, reject }));
  });
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

/** A message begins with a byte that says what it is, and its length, which counts itself. */
const MESSAGE_HEADER = 5;
/** Bytes of the message that begins there, with what its length does not count. */
const lengthOf = (bytes: Buffer, from = 0): number => 1 + bytes.readInt32BE(from + 1);
const COPY_DATA = 0x64;
const COPY_OUT_RESPONSE = 0x48;
const NOTHING = Buffer.alloc(0);

interface Receiver {
  each(row: CopyReader): void;
  resolve(): void;
  reject(error: unknown): void;
}

/** What a driver calls of a connection that a query runs on. */
interface Connection {
  stream: EventEmitter & { destroy(): void };
  query(text: string): void;
}
type TakeBytes = (bytes: Buffer) => void;

/**
 * A query that reads the connection itself: the driver makes three objects of each row, which takes longer than reading the
 * row. Messages that hold no row are the driver's, which answers through the methods below.
 */
class Copy implements pg.Submittable {
  private readonly reader = new CopyReader();
  /** The beginning of a message whose end has not come. */
  private rest: Buffer = NOTHING;
  private giveBack: () => void = () => {};

  constructor(
    private readonly text: string,
    private readonly to: Receiver,
  ) {}

  submit(connection: pg.Connection): void {
    const { stream } = connection as unknown as Connection;
    const [drivers, ...others] = stream.listeners("data") as TakeBytes[];
    if (!drivers || others.length > 0) throw new Error("A connection has one reader.");
    const take = (chunk: Buffer) => {
      try {
        this.take(chunk, drivers);
      } catch (error) {
        // Whatever is left of the rows would still come.
        this.to.reject(error);
        stream.destroy();
      }
    };
    stream.off("data", drivers).on("data", take);
    this.giveBack = () => stream.off("data", take).on("data", drivers);
    (connection as unknown as Connection).query(this.text);
  }

  private take(chunk: Buffer, drivers: TakeBytes): void {
    const cut = this.rest;
    if (cut.length === 0) {
      this.rest = this.readMessages(chunk, drivers);
      return;
    }
    // Only the message that is cut is put together: to copy the whole chunk makes twice as much garbage.
    const header = cut.length < MESSAGE_HEADER ? Buffer.concat([cut, chunk.subarray(0, MESSAGE_HEADER)]) : cut;
    const missing = header.length < MESSAGE_HEADER ? chunk.length : lengthOf(header) - cut.length;
    const rest = this.readMessages(Buffer.concat([cut, chunk.subarray(0, missing)]), drivers);
    this.rest = rest.length > 0 ? rest : this.readMessages(chunk.subarray(missing), drivers);
  }

  /** Reads all messages that are whole; answers the beginning of the one that is not. */
  private readMessages(bytes: Buffer, drivers: TakeBytes): Buffer {
    const { reader } = this;
    reader.over(bytes);
    let from = 0;
    while (from + MESSAGE_HEADER <= bytes.length) {
      const to = from + lengthOf(bytes, from);
      if (to > bytes.length) break;
      const kind = bytes[from]!;
      if (kind === COPY_DATA) reader.read(from + MESSAGE_HEADER, to, this.to.each);
      else if (kind !== COPY_OUT_RESPONSE) drivers(bytes.subarray(from, to));
      from = to;
    }
    return bytes.subarray(from);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.giveBack();
    this.to.resolve();
  }

  handleError(error: unknown): void {
    this.to.reject(error);
  }
}
