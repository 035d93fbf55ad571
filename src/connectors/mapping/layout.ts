export const FORMATS = ["csv", "tsv", "ndjson", "apache"] as const;

/** The encodings of files. Every one but UTF-8 must be stated, since it cannot be recognised. */
export const ENCODINGS = ["utf-8", "windows-1252", "iso-8859-15", "utf-16le", "utf-16be"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** How a file is written. */
export interface FileLayout {
  format: (typeof FORMATS)[number];
  encoding?: Encoding;
  /** The separator of CSV; a comma when left out. */
  delimiter?: string;
  /** The quote of CSV and TSV; double quotes when left out, null when quotes are ordinary characters. */
  quote?: string | null;
  /** The columns' names of a CSV or TSV file without a header. */
  columns?: readonly string[];
}
