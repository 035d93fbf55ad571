import { weighed } from "./shared-memory.ts";

// Tables that say something of each number of a dictionary, in shared memory: a plan takes them to every thread.

/** 1 for each number that is meant. */
export type Meant = Uint8Array;
/** Of each number another one; -1 for none. */
export type Translation = Int32Array;

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
