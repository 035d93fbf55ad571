/** Signature, flags and the length of an extension, before the first row. */
const HEADER = 19;
/** Stands where a row would say how many columns it has. */
const NO_MORE_ROWS = -1;
/** Of 1970 in seconds of PostgreSQL, whose time begins with 2000. */
const EPOCH_MS = 946_684_800_000;
const LENGTH_OF_NULL = -1;

/** Reads one row after the other; what is read of a row is read in the order of its columns. */
export class CopyReader {
  /** What `at` points into. */
  bytes: Buffer = Buffer.alloc(0);
  private view: DataView = new DataView(new ArrayBuffer(0));
  private at = 0;
  private endOfRow = 0;
  private hasBegun = false;

  /** What is read next lies in these bytes. */
  over(bytes: Buffer): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Calls `each` for the row that is in the bytes from one place to another, if one is. */
  read(from: number, to: number, each: (row: this) => void): void {
    this.at = this.hasBegun ? from : from + HEADER;
    this.hasBegun = true;
    // What came with the header alone is no row yet.
    if (this.at === to || this.view.getInt16(this.at) === NO_MORE_ROWS) return;
    this.at += 2;
    this.endOfRow = to;
    each(this);
    if (this.at !== to) throw new Error("A copied row has other columns than its reader reads.");
  }

  /** Leaves the rest of the row unread. */
  leave(): void {
    this.at = this.endOfRow;
  }

  /** Moves to the next column; false for null. */
  private next(length: number): boolean {
    const is = this.view.getInt32(this.at);
    this.at += 4;
    if (is === LENGTH_OF_NULL) return false;
    if (is !== length) throw new Error("A copied column has another type than its reader reads.");
    this.at += length;
    return true;
  }

  /** `timestamptz` in milliseconds since 1970; NaN for null. */
  instant(): number {
    if (!this.next(8)) return Number.NaN;
    const micros = this.view.getInt32(this.at - 8) * 4_294_967_296 + this.view.getUint32(this.at - 4);
    return micros / 1000 + EPOCH_MS;
  }

  /** `integer`; `none` for null. */
  int(none: number): number {
    return this.next(4) ? this.view.getInt32(this.at - 4) : none;
  }

  /** `double precision`; NaN for null. */
  float(): number {
    return this.next(8) ? this.view.getFloat64(this.at - 8) : Number.NaN;
  }

  /** `boolean`: 1 or 0, and `none` for null. */
  flag(none: number): number {
    return this.next(1) ? this.bytes[this.at - 1]! : none;
  }

  /** `text`, an enum, and whatever is cast to text. */
  text(): string | null {
    const length = this.span();
    return length === LENGTH_OF_NULL ? null : this.spelled(length);
  }

  /** Moves behind the bytes of the next column, which `bytes` has up to `end`; answers how many, -1 for null. */
  span(): number {
    const length = this.view.getInt32(this.at);
    this.at += 4;
    if (length !== LENGTH_OF_NULL) this.at += length;
    return length;
  }

  /** Where the column that was read last ends. */
  get end(): number {
    return this.at;
  }

  /** The column that was read last, of so many bytes, as text. */
  spelled(length: number): string {
    return this.bytes.toString("utf8", this.at - length, this.at);
  }

  /** `uuid`, in four words; false for null. */
  uuid(into: Uint32Array): boolean {
    if (!this.next(16)) return false;
    const { view, at } = this;
    into[0] = view.getUint32(at - 16);
    into[1] = view.getUint32(at - 12);
    into[2] = view.getUint32(at - 8);
    into[3] = view.getUint32(at - 4);
    return true;
  }

  /** `bigint`, in two words; false for null. */
  bigint(into: Uint32Array): boolean {
    if (!this.next(8)) return false;
    into[0] = this.view.getUint32(this.at - 8);
    into[1] = this.view.getUint32(this.at - 4);
    return true;
  }
}
