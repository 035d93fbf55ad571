import { neededColumns, unmakeable } from "../../connectors/mapping/columns.ts";
import type { Mapping } from "../../connectors/mapping/language.ts";
import { decode } from "../../ingest/reading/decode/decode.ts";
import type { Decoded, Header } from "../../ingest/reading/decode/row.ts";
import { AppError } from "../../kit/errors.ts";
import type { ImportFile } from "./file.ts";
import { hintOn, similarTo } from "./header-hints.ts";

/**
 * Refuses a file of another kind than its mapping before anything is stored: told once, with the header that was read
 * and the remedy, instead of a reason on each of its rows.
 */
export async function lookAt(file: ImportFile, mapping: Mapping): Promise<void> {
  const onHeader = (header: Header) => refuseOtherHeader(header, mapping);
  for await (const rows of decode(file.bytes(), mapping, onHeader)) {
    refuseUnreadable(rows, mapping);
    if (mapping.format === "ndjson") refuseOtherObjects(rows, mapping);
    if (mapping.format === "apache") refuseMissing(mapping, columnsOf(rows));
    return;
  }
}

function refuseOtherHeader(header: Header, mapping: Mapping): void {
  const needed = neededColumns(mapping);
  if (needed.length > 0 && !needed.some((column) => header.columns.includes(column))) {
    throw new AppError("BAD_INPUT", `${noneOf(needed)} ${readAs(header)}${hintOn(header, mapping, needed)}`);
  }
  refuseMissing(mapping, header.columns);
  const lacking = unmakeable(mapping, header.columns);
  if (!lacking) return;
  const { kind, field, from } = lacking;
  const similar = similarTo(from, header.columns);
  const remedy = similar ? `Did you mean "${similar}"? ` : "";
  throw new AppError(
    "BAD_INPUT",
    `No ${kind} can be made of this file: its ${field} would come from ${named(from)}, which the file does not have. ${readAs(header)}${remedy}Rename the column, or name it in a mapping of your own.`,
  );
}

function noneOf(needed: readonly string[]): string {
  return `None of the ${needed.length} columns that the mapping asks for is there (${named(needed)}).`;
}

/** Characters of a header that are shown. */
const SHOWN = 300;

function readAs({ line, text }: Header): string {
  return `The header (line ${line}) reads\n  ${text.slice(0, SHOWN)}${text.length > SHOWN ? "…" : ""}\n`;
}

const NAMED = 8;

function named(columns: readonly string[]): string {
  const names = columns.slice(0, NAMED).map((column) => `"${column}"`);
  return (names.length > 0 ? names : ["nothing"]).join(", ") + (columns.length > NAMED ? ", …" : "");
}

function refuseMissing(mapping: Mapping, found: readonly string[]): void {
  const missing =
    mapping.missingColumns === "allow" ? [] : neededColumns(mapping).filter((name) => !found.includes(name));
  if (missing.length === 0) return;
  const similar = similarTo(missing, found);
  const remedy = similar ? ` Did you mean "${similar}"?` : "";
  throw new AppError(
    "BAD_INPUT",
    `The file lacks columns that the mapping names: ${named(missing)}. It has ${named(found)}.${remedy} Change the mapping, or set its key missingColumns to allow.`,
  );
}

/** Rows that are refused alike from the first one on are no accident. */
const ALIKE = 20;

function refuseUnreadable(rows: readonly Decoded[], { format }: Mapping): void {
  const [first] = rows;
  if (!first || !("fault" in first)) return;
  if (format === "ndjson" && /^\s*[[{]?\s*$|^\s*\[/.test(first.raw)) throw new AppError("BAD_INPUT", ONE_LIST);
  const { reason, message } = first.fault;
  const isTable = format === "csv" || format === "tsv";
  const isAlike = rows.every((row) => "fault" in row && row.fault.reason === reason);
  if (!isAlike || rows.length < (isTable ? ALIKE : 2)) return;
  throw new AppError("BAD_INPUT", `Line ${first.line} and those after it are no rows. ${message}`);
}

const ONE_LIST = "The file is one JSON text over several lines or one list: write one object a line (jq -c '.[]').";

/** Each object has columns of its own: that none has any is another kind of file. */
function refuseOtherObjects(rows: readonly Decoded[], mapping: Mapping): void {
  const needed = neededColumns(mapping);
  const found = columnsOf(rows);
  if (found.length === 0 || needed.length === 0) return;
  if (needed.some((column) => found.includes(column) || found.includes(column.split(".", 1)[0]!))) return;
  throw new AppError(
    "BAD_INPUT",
    `${noneOf(needed)} The objects have ${named(found)}. Name them in a mapping of your own.`,
  );
}

function columnsOf(rows: readonly Decoded[]): string[] {
  return [...new Set(rows.flatMap((row) => ("row" in row ? Object.keys(row.row) : [])))];
}
