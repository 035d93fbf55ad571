import type { Mapping } from "../../connectors/mapping/language.ts";
import type { Header } from "../../ingest/reading/decode/row.ts";

/** What to do about a header of which the mapping knows no column. */
export function hintOn({ text, columns }: Header, mapping: Mapping, needed: readonly string[]): string {
  if (/^\s*[[{]/.test(text)) return "Did you mean --format ndjson?";
  if (/^\s*</.test(text)) return "That is HTML or XML: export the table as CSV.";
  if (text.includes("\u0000")) return "Is it UTF-16? State its encoding in the mapping (encoding: utf-16le).";
  const delimiter = otherDelimiter(text, mapping, needed);
  if (delimiter) return meant(delimiter);
  const usual = usualDelimiter(text, columns.length);
  if (usual) {
    const names = namesIn(text, usual);
    return `${meant(usual)} It then has ${names.length} columns under other names. ${renamed(needed, names)}`;
  }
  return renamed(needed, columns);
}

function meant(delimiter: string): string {
  if (delimiter === "\t") return "Did you mean --format tsv?";
  return `Did you mean "${delimiter}"? Name it: --delimiter "${delimiter}", or delimiter: "${delimiter}" in the mapping.`;
}

function renamed(needed: readonly string[], columns: readonly string[]): string {
  const similar = similarTo(needed, columns);
  if (similar) return `Did you mean "${similar}"? Rename the columns, or name them in a mapping of your own.`;
  return "Name them in a mapping of your own; where the file has no header, name its columns there (columns).";
}

const DELIMITERS = [",", ";", "\t", "|", ":", "^", "~"];

/** The delimiter by which most of the wanted columns are there. */
function otherDelimiter(text: string, { format, delimiter = "," }: Mapping, needed: readonly string[]): string | null {
  const present = format === "tsv" ? "\t" : delimiter;
  const counted = DELIMITERS.filter((other) => other !== present).map((other) => {
    const names = namesIn(text, other);
    return { other, found: needed.filter((column) => names.includes(column)).length };
  });
  const best = counted.reduce((a, b) => (b.found > a.found ? b : a));
  return best.found > 0 ? best.other : null;
}

/** What separates columns where a comma does not; other signs may be part of a name. */
const USUAL = [";", "\t", "|"];

/** The usual delimiter by which a header of other names has more columns than were read. */
function usualDelimiter(text: string, read: number): string | null {
  return USUAL.find((delimiter) => namesIn(text, delimiter).filter(Boolean).length > read) ?? null;
}

function namesIn(text: string, delimiter: string): string[] {
  return text.split(delimiter).map((name) => name.replaceAll('"', "").trim());
}

/** A column of the file that is spelt like a wanted one, capitals, spaces and accents aside. */
export function similarTo(wanted: readonly string[], columns: readonly string[]): string | null {
  const spellings = new Set(wanted.map(bare));
  return columns.find((column) => !wanted.includes(column) && spellings.has(bare(column))) ?? null;
}

function bare(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
