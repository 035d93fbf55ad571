import { AppError } from "../kit/errors.ts";
import { weighed } from "./shared-memory.ts";

// Tables that say something of each number of a dictionary, in shared memory: a plan takes them to every thread.

/** What the tables of one question may take together, before it is refused: twenty questions must not end the process. */
const MOST_MB = 256;

/** The tables of one question: each is made once, and all of them are bounded. */
export class Tables {
  private readonly made = new Map<string, unknown>();
  private bytes = 0;

  once<Table>(what: string, make: () => Table): Table {
    const known = this.made.get(what) as Table | undefined;
    if (known !== undefined) return known;
    const table = make();
    this.made.set(what, table);
    return table;
  }

  /** Is told before a table is made. */
  reserve(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes <= MOST_MB * 2 ** 20) return;
    const message = `The matchers of this question need more than ${MOST_MB} MB: ask with fewer of them, or name what \`namePattern\` means in \`names\`.`;
    throw new AppError("LIMIT_EXCEEDED", message);
  }
}

/** 1 for each number that is meant. */
export type Meant = Uint8Array;
/** Of each number another one; -1 for none. */
export type Translation = Int32Array;

/**
 * Whether a number is meant; -1 never is. To read a typed array at -1 is a search for a property of that name, and has V8 search
 * at every other place that the same line reads from then on.
 */
export const isMeantBy = (table: Meant, number: number): boolean => number >= 0 && table[number] === 1;

export function meant(size: number, numbers: Iterable<number>): Meant {
  const table = new Uint8Array(weighed(new SharedArrayBuffer(size)));
  for (const number of numbers) if (number !== -1) table[number] = 1;
  return table;
}

export function meantWhere(size: number, isMeant: (number: number) => boolean): Meant {
  const table = new Uint8Array(weighed(new SharedArrayBuffer(size)));
  for (let number = 0; number < size; number += 1) if (isMeant(number)) table[number] = 1;
  return table;
}

export function translation(size: number, of: (number: number) => number): Translation {
  const table = new Int32Array(weighed(new SharedArrayBuffer(size * 4)));
  for (let number = 0; number < size; number += 1) table[number] = of(number);
  return table;
}
