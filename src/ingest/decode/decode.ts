import { readApacheLine } from "./apache.ts";
import { decodeCsv } from "./csv.ts";
import { type Encoding, linesOf } from "./lines.ts";
import { readJsonLine } from "./ndjson.ts";
import type { Blocks, Decoded, Line } from "./row.ts";

export const FORMATS = ["csv", "tsv", "ndjson", "apache"] as const;
export type Format = (typeof FORMATS)[number];

/** How a file is written. */
export interface DecodeOptions {
  format: Format;
  encoding?: Encoding;
  /** Of CSV; a comma when left out. */
  delimiter?: string;
  /** Of CSV and TSV; double quotes when left out, null where quotes are ordinary characters. */
  quote?: string | null;
  /** Of CSV and TSV: the columns' names, where the file has no header. */
  columns?: readonly string[];
}

/** The rows of a file of any size, in blocks and in order. What cannot be read comes with its line and a reason. */
export function decode(bytes: AsyncIterable<Uint8Array>, options: DecodeOptions): Blocks<Decoded> {
  const lines = linesOf(bytes, options.encoding);
  const { delimiter = ",", quote = '"', columns } = options;
  switch (options.format) {
    case "csv":
      return decodeCsv(lines, { delimiter, quote, columns });
    case "tsv":
      return decodeCsv(lines, { delimiter: "\t", quote, columns });
    case "ndjson":
      return decodeEach(lines, readJsonLine);
    case "apache":
      return decodeEach(lines, readApacheLine);
  }
}

async function* decodeEach(blocks: Blocks<Line>, read: (line: Line) => Decoded): Blocks<Decoded> {
  for await (const lines of blocks) {
    yield lines
      .map((line) => ({ ...line, text: line.text.replace(/\r$/, "") }))
      .filter(({ text, fault }) => fault || text.trim() !== "")
      .map((line) => (line.fault ? { line: line.line, raw: line.text, fault: line.fault } : read(line)));
  }
}
