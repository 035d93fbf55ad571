import { isUtf8 } from "node:buffer";
import type { Encoding } from "../../../connectors/mapping/layout.ts";
import { onlyText } from "./file-kind.ts";
import { withLineFeeds } from "./line-breaks.ts";
import type { Blocks, Fault, Line } from "./row.ts";

/** The most bytes of a line: several times what a record may hold, and little memory. */
export const MAX_LINE_BYTES = 1_048_576;
/** How many bytes of a line that is too long are shown among the rejects. */
const SHOWN_BYTES = 1_024;
const LINE_FEED = 0x0a;

/**
 * The lines of a file in blocks. A line that is not UTF-8 or too long carries a fault and spoils no other. Memory grows
 * neither with the file nor with a line. A byte-order mark is dropped.
 */
export async function* linesOf(
  bytes: AsyncIterable<Uint8Array>,
  { encoding = "utf-8", quote = null }: { encoding?: Encoding; quote?: string | null },
): Blocks<Line> {
  const cutter = { rest: Buffer.alloc(0), line: 1, isSkipping: false, isFirst: true };
  for await (const chunk of withLineFeeds(asUtf8(bytes, encoding), quote)) {
    const lines = cut(cutter, chunk);
    if (lines.length > 0) yield lines;
  }
  const last = lastLines(cutter);
  if (last.length > 0) yield last;
}

interface Cutter {
  /** The bytes after the last line break. */
  rest: Buffer;
  line: number;
  /** Whether the rest belongs to a line that was already rejected as too long. */
  isSkipping: boolean;
  isFirst: boolean;
}

function cut(cutter: Cutter, chunk: Buffer): Line[] {
  let bytes = cutter.rest.length > 0 ? Buffer.concat([cutter.rest, chunk]) : chunk;
  if (cutter.isSkipping) {
    const end = bytes.indexOf(LINE_FEED);
    if (end === -1) return [];
    bytes = bytes.subarray(end + 1);
    cutter.isSkipping = false;
  }
  if (cutter.isFirst && bytes.length < MARK.length) {
    cutter.rest = bytes;
    return [];
  }
  bytes = withoutMark(cutter, bytes);
  const end = bytes.lastIndexOf(LINE_FEED) + 1;
  const lines = splitWhole(bytes.subarray(0, end), cutter.line);
  cutter.line += lines.length;
  cutter.rest = bytes.subarray(end);
  if (cutter.rest.length > MAX_LINE_BYTES) lines.push(giveUp(cutter));
  return lines;
}

/** What is left at the end of the file: a last line without a break, and all of a file of few bytes. */
function lastLines(cutter: Cutter): Line[] {
  const bytes = withoutMark(cutter, cutter.rest);
  const end = bytes.lastIndexOf(LINE_FEED) + 1;
  const lines = splitWhole(bytes.subarray(0, end), cutter.line);
  return end < bytes.length ? [...lines, lineOf(bytes.subarray(end), cutter.line + lines.length)] : lines;
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

function withoutMark(cutter: Cutter, bytes: Buffer): Buffer {
  if (!cutter.isFirst) return bytes;
  cutter.isFirst = false;
  return bytes.subarray(0, MARK.length).equals(MARK) ? bytes.subarray(MARK.length) : bytes;
}

function splitWhole(bytes: Buffer, first: number): Line[] {
  if (bytes.length === 0) return [];
  if (isUtf8(bytes)) {
    const texts = bytes.toString("utf8").split("\n");
    texts.pop();
    return texts.map((text, position) => ({ line: first + position, text }));
  }
  const lines: Line[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, start);
    lines.push(lineOf(bytes.subarray(start, end), first + lines.length));
    start = end + 1;
  }
  return lines;
}

const NOT_UTF8: Fault = {
  reason: "NOT_UTF8",
  message: "The line is not UTF-8: convert the file, or name its encoding in the mapping (encoding: windows-1252).",
};

/** Latin-1 shows every byte of a line that is not text, so that the rejects lose nothing. */
function lineOf(bytes: Buffer, line: number): Line {
  return isUtf8(bytes)
    ? { line, text: bytes.toString("utf8") }
    : { line, text: bytes.toString("latin1"), fault: NOT_UTF8 };
}

function giveUp(cutter: Cutter): Line {
  const fault = { reason: "LINE_TOO_LONG", message: `The line is longer than ${MAX_LINE_BYTES} bytes.` };
  const text = cutter.rest.toString("latin1", 0, SHOWN_BYTES);
  cutter.rest = Buffer.alloc(0);
  cutter.isSkipping = true;
  return { line: cutter.line++, text, fault };
}

async function* asUtf8(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = encoding === "utf-8" ? null : new TextDecoder(encoding);
  for await (const chunk of onlyText(bytes, encoding.startsWith("utf-16"))) {
    yield decoder
      ? Buffer.from(decoder.decode(chunk, { stream: true }))
      : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  }
  if (decoder) yield Buffer.from(decoder.decode());
}
