import type { CopyReader } from "../db/copy.ts";
import { CHANNELS, TOUCHPOINT_KINDS } from "../fields/choices.ts";
import { NO_CODE } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import type { Staging } from "./staging.ts";

// What those who read copied rows share.

/** Where what is read goes. */
export interface Into {
  staging: Staging;
  dictionary: Dictionaries;
}

export type RowReader = (row: CopyReader) => void;

/** The place of each word in its list, as columns hold it. */
export const codesByWord = (words: readonly string[]) => new Map(words.map((word, code) => [word, code]));
export const CHANNEL_CODES = codesByWord(CHANNELS);
export const KIND_CODES = codesByWord(TOUCHPOINT_KINDS);

export const codeOf = (codes: ReadonlyMap<string, number>, word: string | null): number =>
  word === null ? NO_CODE : codes.get(word)!;

export const lengthInMs = (start: number, end: number): number => (end > start ? end - start : 0);

interface Place {
  customer: number;
  sequence: number;
  at: number;
  channel: number;
}
type Placed = Record<keyof Place | "id0" | "id1" | "id2" | "id3", { push(number: number): void }>;

/** What the order of events goes by. */
export function pushPlace(columns: Placed, { customer, sequence, at, channel }: Place, id: Uint32Array): void {
  columns.customer.push(customer);
  columns.sequence.push(sequence);
  columns.at.push(at);
  columns.channel.push(channel);
  columns.id0.push(id[0]!);
  columns.id1.push(id[1]!);
  columns.id2.push(id[2]!);
  columns.id3.push(id[3]!);
}
