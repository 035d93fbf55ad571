const BYTES_OF_WORD = 4;

/** Rows of so many words of 32 bits. The numbers of a row lie side by side: to write one touches one line of the cache. */
export class PackedRows {
  length = 0;
  words: Int32Array;
  /** The same memory, two words each. */
  doubles: Float64Array;

  constructor(
    /** Even, so that each row begins with a double. */
    readonly width: number,
    capacity = 64,
  ) {
    this.words = new Int32Array(capacity * width);
    this.doubles = new Float64Array(this.words.buffer);
  }

  /** Makes room for one more row; answers the place of its first word. */
  add(): number {
    const place = this.length * this.width;
    if (place === this.words.length) this.grow();
    this.length += 1;
    return place;
  }

  private grow(): void {
    const before = this.words;
    this.words = new Int32Array(before.length * 2);
    this.words.set(before);
    this.doubles = new Float64Array(this.words.buffer, 0, (this.words.length * BYTES_OF_WORD) / 8);
  }
}
