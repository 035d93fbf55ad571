import type { FileLayout } from "../../../connectors/mapping/layout.ts";
import { readApacheLine } from "./apache.ts";
import { decodeCsv } from "./csv.ts";
import { linesOf } from "./lines.ts";
import { readJsonLine } from "./ndjson.ts";
import type { Blocks, Decoded, Line } from "./row.ts";

/**
 * The rows of a file of any size, in blocks and in order. A line that cannot be read comes with its number and a
 * reason.
 */
export function decode(bytes: AsyncIterable<Uint8Array>, layout: FileLayout): Blocks<Decoded> {
  const lines = linesOf(bytes, layout.encoding);
  const { delimiter = ",", quote = '"', columns } = layout;
  switch (layout.format) {
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
