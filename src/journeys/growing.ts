import { weighed } from "./shared-memory.ts";

type Numbers = Float64Array | Uint32Array | Int32Array | Uint8Array;
interface NumbersConstructor<Some extends Numbers = Numbers> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: SharedArrayBuffer): Some;
}

/** Numbers that become more, over shared memory. */
export class Growing<Some extends Numbers> {
  length = 0;
  /** So many of them may be read by others as they are. */
  private lent = 0;
  private numbers: Some;

  constructor(private readonly Column: NumbersConstructor<Some>) {
    this.numbers = this.room(1024);
  }

  push(number: number): void {
    if (this.length === this.numbers.length) {
      this.move(this.numbers.length * 2);
    }
    this.numbers[this.length] = number;
    this.length += 1;
  }

  set(place: number, number: number): void {
    if (place < this.lent) {
      this.move(this.numbers.length);
      this.lent = 0;
    }
    this.numbers[place] = number;
  }

  /** Those that there are now: what comes later, or is set again, changes nothing of them. */
  all(): Some {
    this.lent = this.length;
    return this.numbers.subarray(0, this.length) as Some;
  }

  /** The same numbers, which nothing changes any more. */
  asRead(): Growing<Some> {
    this.lent = this.length;
    return Object.assign(Object.create(Growing.prototype), this);
  }

  private move(length: number): void {
    const before = this.numbers;
    this.numbers = this.room(length);
    this.numbers.set(before);
  }

  private room(length: number): Some {
    return new this.Column(weighed(new SharedArrayBuffer(length * this.Column.BYTES_PER_ELEMENT)));
  }
}
