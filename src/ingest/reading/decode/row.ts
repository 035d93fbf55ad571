/** One row of a file: its columns, or why it cannot be read. `raw` is its text. */
export type Decoded = { line: number; raw: string } & ({ row: DecodedRow } | { fault: Fault });

export type DecodedRow = Readonly<Record<string, unknown>>;

/** Why a line is not a row: a reason to branch on and a sentence that names the remedy. */
export interface Fault {
  reason: string;
  message: string;
}

/** One line of a file, counted from 1, without its line break. */
export interface Line {
  line: number;
  text: string;
  fault?: Fault;
}

/** Blocks of rows: a block costs one turn of the event loop, where each row would cost one. */
export type Blocks<Item> = AsyncGenerator<Item[], void, undefined>;

/** The header of a table, as it was read. */
export interface Header {
  line: number;
  text: string;
  columns: readonly string[];
}
