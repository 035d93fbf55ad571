import { parse } from "csv-parse/sync";
import { AppError } from "../../../kit/errors.ts";
import type { Blocks, Decoded, DecodedRow, Fault, Header, Line } from "./row.ts";

export interface CsvOptions {
  delimiter: string;
  /** Null where quotes are ordinary characters. */
  quote: string | null;
  /** Names of the columns where the file has no header. */
  columns?: readonly string[];
  onHeader(header: Header): void;
}

/** The most characters of a row: an unclosed quote must not swallow the file. */
const MAX_RECORD_LENGTH = 1_048_576;

/**
 * Rows of a CSV or TSV file. A broken row spoils no other: where a quote is never closed, its first line is rejected
 * and reading continues with the next line.
 */
export async function* decodeCsv(blocks: Blocks<Line>, options: CsvOptions): Blocks<Decoded> {
  const reader: Reader = {
    options,
    header: options.columns ? checkedHeader(options.columns) : null,
    isBegun: false,
    open: [],
    length: 0,
    isOdd: false,
  };
  for await (const lines of blocks) {
    const decoded = readLines(reader, reader.isBegun ? lines : begin(reader, lines));
    if (decoded.length > 0) yield decoded;
  }
  while (reader.open.length > 0) yield breakOpen(reader);
}

interface Reader {
  options: CsvOptions;
  header: readonly string[] | null;
  isBegun: boolean;
  /** Lines of a row whose quote is still open. */
  open: Line[];
  length: number;
  isOdd: boolean;
}

/** One row of the file, over as many lines as its quotes span. */
interface Entry {
  lines: Line[];
  text: string;
}

/** How a spreadsheet writes the delimiter into the file itself, before the header. */
const SEPARATOR = /^"?sep=([^\w"])"?[,;|\s]*$/i;

function begin(reader: Reader, lines: readonly Line[]): readonly Line[] {
  reader.isBegun = true;
  const [, delimiter] = SEPARATOR.exec(lines[0]?.text ?? "") ?? [];
  if (delimiter === undefined) return lines;
  reader.options = { ...reader.options, delimiter };
  return lines.slice(1);
}

function readLines(reader: Reader, lines: readonly Line[]): Decoded[] {
  const decoded: Decoded[] = [];
  for (let queue = lines; queue.length > 0; ) {
    const entries: Entry[] = [];
    const unread = assemble(reader, queue, entries);
    queue = [...parseEntries(reader, entries, decoded), ...unread];
  }
  return decoded;
}

/** Joins lines to entries until all are used or one is broken; answers the lines to read again. */
function assemble(reader: Reader, queue: readonly Line[], entries: Entry[]): Line[] {
  for (const [position, line] of queue.entries()) {
    const isBroken = line.fault !== undefined && reader.open.length > 0;
    if (isBroken || reader.length > MAX_RECORD_LENGTH) {
      const [first, ...rest] = takeOpen(reader);
      entries.push({ lines: [{ ...first!, fault: UNCLOSED }], text: first!.text });
      return [...rest, ...queue.slice(position)];
    }
    append(reader, line);
    if (line.fault || !reader.isOdd) entries.push(entryOf(takeOpen(reader)));
  }
  return [];
}

const UNCLOSED: Fault = {
  reason: "BROKEN_ROW",
  message: 'A quote is opened and never closed: double quotes inside a quoted field ("").',
};

function append(reader: Reader, line: Line): void {
  reader.open.push(line);
  reader.length += line.text.length;
  if (reader.options.quote && isOddIn(line.text, reader.options.quote)) reader.isOdd = !reader.isOdd;
}

function isOddIn(text: string, quote: string): boolean {
  let isOdd = false;
  for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1)) isOdd = !isOdd;
  return isOdd;
}

function takeOpen(reader: Reader): Line[] {
  const { open } = reader;
  Object.assign(reader, { open: [], length: 0, isOdd: false });
  return open;
}

function entryOf(lines: Line[]): Entry {
  return {
    lines,
    text: lines
      .map(({ text }) => text)
      .join("\n")
      .replace(/\r+$/, ""),
  };
}

/** The file ends within a quote: the line that opened it is rejected, the others are read again. */
function breakOpen(reader: Reader): Decoded[] {
  const [first, ...rest] = takeOpen(reader);
  return [brokenAt(reader, first!, UNCLOSED), ...readLines(reader, rest)];
}

/** Parses whole entries; answers the lines to read again after a broken entry of several lines. */
function parseEntries(reader: Reader, entries: readonly Entry[], decoded: Decoded[]): Line[] {
  const filled = entries.filter(({ text, lines }) => text !== "" || lines[0]!.fault);
  const fields = fieldsOfAll(filled, reader.options);
  for (const [position, entry] of filled.entries()) {
    const cells = fields?.[position] ?? fieldsOf(entry, reader.options);
    if (Array.isArray(cells)) keep(reader, { entry, cells, decoded });
    else {
      decoded.push(brokenAt(reader, entry.lines[0]!, cells));
      if (entry.lines.length > 1) return linesAfter(reader, entry, filled.slice(position + 1));
    }
  }
  return [];
}

/** A broken header: nothing after it can be read. That may be since it is no header at all. */
function brokenAt({ header, options }: Reader, { line, text }: Line, fault: Fault): Decoded {
  if (header) return { line, raw: text, fault };
  if (fault === BROKEN) options.onHeader({ line, text, columns: [] });
  throw new AppError("BAD_INPUT", `The header (line ${line}) cannot be read. ${fault.message}`);
}

function linesAfter(reader: Reader, broken: Entry, others: readonly Entry[]): Line[] {
  return [...broken.lines.slice(1), ...others.flatMap(({ lines }) => lines), ...takeOpen(reader)];
}

/** Parses all entries at once, which is a hundred times faster; null when one of them is broken. */
function fieldsOfAll(entries: readonly Entry[], options: CsvOptions): string[][] | null {
  if (entries.some(({ lines }) => lines[0]!.fault)) return null;
  try {
    const fields = parseText(entries.map(({ text }) => text).join("\n"), options);
    return fields.length === entries.length ? fields : null;
  } catch {
    return null;
  }
}

function fieldsOf({ lines, text }: Entry, options: CsvOptions): string[] | Fault {
  if (lines[0]!.fault) return lines[0]!.fault;
  try {
    const [fields, ...more] = parseText(text, options);
    return fields && more.length === 0 ? fields : BROKEN;
  } catch {
    return BROKEN;
  }
}

const BROKEN: Fault = {
  reason: "BROKEN_ROW",
  message: 'The quotes of the row do not fit: quote the whole field and double the quotes inside it ("").',
};

function parseText(text: string, { delimiter, quote }: CsvOptions): string[][] {
  return parse(text, { delimiter, quote: quote ?? false, record_delimiter: "\n", relax_column_count: true });
}

function keep(reader: Reader, { entry, cells, decoded }: { entry: Entry; cells: string[]; decoded: Decoded[] }): void {
  // Spreadsheets leave rows and columns of nothing behind.
  if (cells.every(isBlank)) return;
  const { line } = entry.lines[0]!;
  if (!reader.header) {
    reader.header = checkedHeader(cells, line);
    reader.options.onHeader({ line, text: entry.text, columns: reader.header });
    return;
  }
  const { header } = reader;
  const row = { line, raw: entry.text };
  const isWhole = cells.length >= header.length && cells.slice(header.length).every(isBlank);
  if (isWhole) decoded.push({ ...row, row: rowOf(header, cells) });
  else decoded.push({ ...row, fault: miscounted(cells.length, header.length) });
}

/** Some programs of old end a file with the character 26. */
function isBlank(cell: string): boolean {
  return cell.trim() === "" || cell === "\u001a";
}

function miscounted(found: number, wanted: number): Fault {
  return {
    reason: "COLUMN_COUNT",
    message: `The row has ${found} columns where the header has ${wanted}: quote fields that hold the delimiter.`,
  };
}

function rowOf(header: readonly string[], cells: readonly string[]): DecodedRow {
  return Object.fromEntries(header.map((name, position) => [name, cells[position]]));
}

function checkedHeader(cells: readonly string[], line = 1): readonly string[] {
  const header = cells.map((cell, position) => cell.trim() || `column ${position + 1}`);
  const twice = header.find((name, position) => header.indexOf(name) !== position);
  if (twice)
    throw new AppError("BAD_INPUT", `The header (line ${line}) names the column "${twice}" twice: rename one of them.`);
  return header;
}
