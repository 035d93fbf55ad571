import type { Partition } from "./columns.ts";
import { addSample, type Samples } from "./samples.ts";
import { type Translation, translation } from "./tables.ts";

// Several customers' events may count as one: those of a contact, or of a transaction. One of them wins.

/** Events that compete, each so many numbers: its key, where it lies, and what it is compared by, first things first. */
export type Contenders = Samples;
export type Contender = Float64Array;
const WIDTH = 12;
const [KEY, SERIAL, ROW, RANK] = [0, 1, 2, 3] as const;

/** Which of those with one key wins. */
export type Kept = "FIRST" | "LAST";

/** Of each key: where its winner lies, by the partition's serial number and the row; -1 where none competed. */
export interface Winners {
  serials: Translation;
  rows: Translation;
}

/**
 * What enters events of this partition among the contenders, in place of those that they beat. `rank` writes what an event
 * is compared by, from that place on.
 */
export function compileEntry(
  { serial }: Partition,
  keep: Kept,
  rank: (contender: Contender, event: number, place: number) => void,
): (contenders: Contenders, key: number, event: number) => void {
  const contender = new Float64Array(WIDTH);
  const best = new Map<number, number>();
  return (contenders, key, event) => {
    contender[KEY] = key;
    contender[SERIAL] = serial;
    contender[ROW] = event;
    rank(contender, event, RANK);
    const known = best.get(key);
    if (known === undefined) {
      best.set(key, contenders.length);
      for (const number of contender) addSample(contenders, number);
    } else if (beats(keep, contender, contenders.values.subarray(known))) {
      contenders.values.set(contender, known);
    }
  };
}

/** The best of all partitions, by key: the number of a dictionary of that size. */
export function winnersOf({ values, length }: Contenders, keep: Kept, size: number): Winners {
  const best = new Map<number, number>();
  for (let offset = 0; offset < length; offset += WIDTH) {
    const key = values[offset + KEY]!;
    const known = best.get(key);
    if (known === undefined || beats(keep, values.subarray(offset), values.subarray(known))) best.set(key, offset);
  }
  const part = (place: number) => (key: number) => {
    const offset = best.get(key);
    return offset === undefined ? -1 : values[offset + place]!;
  };
  return { serials: translation(size, part(SERIAL)), rows: translation(size, part(ROW)) };
}

/** Whether an event of this partition is the one that won. */
export function compileWins(
  { serial }: Partition,
  { serials, rows }: Winners,
): (key: number, event: number) => boolean {
  return (key, event) => rows[key] === event && serials[key] === serial;
}

function beats(keep: Kept, a: Contender, b: Contender): boolean {
  for (let place = RANK; place < WIDTH; place += 1) {
    if (a[place] !== b[place]) return a[place]! < b[place]! === (keep === "FIRST");
  }
  return false;
}
