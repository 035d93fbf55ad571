import type { IncomingRecord } from "../../ingest/receipt.ts";
import { AppError } from "../../kit/errors.ts";
import { RepeatedName, readJson } from "../../kit/json.ts";

/** A line of NDJSON: its record, or why it has none. */
export type BodyLine = Pick<IncomingRecord, "body" | "line" | "rejected">;

const NEWLINE = 10;
const SPACE = 32;

/**
 * The records of an NDJSON stream in blocks, with one block and one line in memory at most. A broken line becomes a
 * rejected record and spoils no other; a line longer than `lineBytes` ends the stream, since nobody knows what follows.
 * Empty lines count as lines: compressed, a million of them costs a kilobyte.
 */
export async function* readLines(
  stream: AsyncIterable<Buffer>,
  { blockSize, lineBytes, mostLines }: { blockSize: number; lineBytes: number; mostLines: number },
): AsyncGenerator<BodyLine[]> {
  let block: BodyLine[] = [];
  let number = 0;
  for await (const text of splitLines(stream, lineBytes)) {
    number += 1;
    if (number > mostLines) throw tooManyLines(mostLines);
    if (isBlank(text)) continue;
    block.push(lineOf(text, number));
    if (block.length < blockSize) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}

async function* splitLines(stream: AsyncIterable<Buffer>, lineBytes: number): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let held = 0;
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      refuseLong(held + end - start, lineBytes);
      yield Buffer.concat([...rest, chunk.subarray(start, end)]);
      rest = [];
      held = 0;
      start = end + 1;
    }
    held += chunk.length - start;
    refuseLong(held, lineBytes);
    rest.push(chunk.subarray(start));
  }
  if (held > 0) yield Buffer.concat(rest);
}

function tooManyLines(most: number): AppError {
  return new AppError("LIMIT_EXCEEDED", `At most ${most} lines a request: send them in several, or import a file.`);
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte <= SPACE);
}

function refuseLong(bytes: number, most: number): void {
  if (bytes > most) throw new AppError("LIMIT_EXCEEDED", `A line has more than ${most} bytes: send one record a line.`);
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function lineOf(bytes: Buffer, line: number): BodyLine {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    const message = "The line is not UTF-8: send it in that encoding.";
    return { line, body: bytes.toString("latin1"), rejected: { reason: "NOT_UTF8", stage: "decode", message } };
  }
  try {
    return { line, body: readJson(text) };
  } catch (error) {
    const isTwice = error instanceof RepeatedName;
    const message = isTwice ? error.message : "The line is not JSON: check its quotes, commas and brackets.";
    return { line, body: text, rejected: { reason: "BROKEN_ROW", stage: "decode", message } };
  }
}
