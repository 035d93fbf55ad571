import type { FileLayout } from "../../../connectors/mapping/layout.ts";
import { readApacheLine } from "./apache.ts";
import { decodeCsv } from "./csv.ts";
import { linesOf } from "./lines.ts";
import { readJsonLine } from "./ndjson.ts";
import type { Blocks, Decoded, Header, Line } from "./row.ts";

/**
 * The rows of a file of any size, in blocks and in order. A line that cannot be read comes with its number and a
 * reason. `onHeader` is told the header of a table as soon as it is read, and may refuse it.
 */
export function decode(
  bytes: AsyncIterable<Uint8Array>,
  layout: FileLayout,
  onHeader: (header: Header) => void = () => {},
): Blocks<Decoded> {
  const { format, encoding, columns } = layout;
  switch (format) {
    case "csv":
    case "tsv": {
      const quote = layout.quote === undefined ? '"' : layout.quote;
      const delimiter = format === "tsv" ? "\t" : (layout.delimiter ?? ",");
      return decodeCsv(linesOf(bytes, { encoding, quote }), { delimiter, quote, columns, onHeader });
    }
    case "ndjson":
      return decodeEach(linesOf(bytes, { encoding }), readJsonLine);
    case "apache":
      return decodeEach(linesOf(bytes, { encoding }), readApacheLine);
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
