import type { Attribute } from "../fields/derive/attributes.ts";

/** How far a store is that is being read for the first time, or anew. */
export interface Loading {
  rows: number;
  /** About how many rows there are, as the database estimates. */
  of: number;
  seconds: number;
}

/** What a load goes by. */
export interface LoadTerms {
  progress: LoadProgress;
  /** Bytes that loading, and what is loaded, may take. */
  room: number;
  /** What is kept beside the columns that are always there. */
  attributes: readonly Attribute[];
}

/** What a load says of itself while it goes on. */
export class LoadProgress {
  private began: number | null = null;
  private rows = 0;
  private of = 0;

  begin(): void {
    this.began = performance.now();
    this.rows = 0;
    this.of = 0;
  }

  expect(rows: number): void {
    this.of = rows;
  }

  end(): void {
    this.began = null;
  }

  /** Counts each row that is read. */
  counted<Row>(read: (row: Row) => void): (row: Row) => void {
    return (row) => {
      this.rows += 1;
      read(row);
    };
  }

  now(): Loading | null {
    if (this.began === null) return null;
    const { rows, of } = this;
    return { rows, of: Math.max(of, rows), seconds: (performance.now() - this.began) / 1000 };
  }
}
