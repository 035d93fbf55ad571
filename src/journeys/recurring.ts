import type { CopyReader } from "../db/copy-reader.ts";

/** Longer texts come again too seldom. */
const MOST_BYTES = 32;
/** How many are remembered: a power of two. */
const PLACES = 1024;
const NEVER = -1;

/**
 * Reads texts that come again and again as their numbers. One that came before is known by its bytes: to make a string of
 * them and look that up takes ten times as long.
 */
export class RecurringTexts {
  private readonly known = new Uint8Array(PLACES * MOST_BYTES);
  private readonly lengths = new Int8Array(PLACES).fill(NEVER);
  private readonly numbers = new Int32Array(PLACES);

  constructor(private readonly numberOf: (text: string | null) => number) {}

  /** The number of the next column's text. */
  read(row: CopyReader): number {
    const length = row.span();
    if (length === -1) return this.numberOf(null);
    if (length > MOST_BYTES) return this.numberOf(row.spelled(length));
    const { bytes } = row;
    const from = row.end - length;
    let hash = length;
    for (let at = from; at < row.end; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
    const place = (hash ^ (hash >>> 15)) & (PLACES - 1);
    if (!this.isKnown(place, bytes, { from, length })) this.learn(place, row, { from, length });
    return this.numbers[place]!;
  }

  private isKnown(place: number, bytes: Uint8Array, { from, length }: Span): boolean {
    const { known, lengths } = this;
    if (lengths[place] !== length) return false;
    const start = place * MOST_BYTES;
    for (let i = 0; i < length; i += 1) if (known[start + i] !== bytes[from + i]) return false;
    return true;
  }

  /** Remembers a text in place of another one. */
  private learn(place: number, row: CopyReader, { from, length }: Span): void {
    this.numbers[place] = this.numberOf(row.spelled(length));
    this.lengths[place] = length;
    this.known.set(row.bytes.subarray(from, from + length), place * MOST_BYTES);
  }
}

interface Span {
  from: number;
  length: number;
}
