import { weighed } from "./shared-memory.ts";

type Numbers = Float64Array | Uint32Array | Int32Array | Uint8Array;
interface NumbersConstructor<Some extends Numbers = Numbers> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: SharedArrayBuffer): Some;
}

/** Numbers that become more, over shared memory: who reads the first n of them may go on reading while more come. */
export class Growing<Some extends Numbers> {
  length = 0;
  private numbers: Some;

  constructor(private readonly Column: NumbersConstructor<Some>) {
    this.numbers = this.room(1024);
  }

  push(number: number): void {
    if (this.length === this.numbers.length) {
      const before = this.numbers;
      this.numbers = this.room(before.length * 2);
      this.numbers.set(before);
    }
    this.numbers[this.length] = number;
    this.length += 1;
  }

  set(place: number, number: number): void {
    this.numbers[place] = number;
  }

  /** Those that there are now. */
  all(): Some {
    return this.numbers.subarray(0, this.length) as Some;
  }

  private room(length: number): Some {
    return new this.Column(weighed(new SharedArrayBuffer(length * this.Column.BYTES_PER_ELEMENT)));
  }
}
