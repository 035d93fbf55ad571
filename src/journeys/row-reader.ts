import type { CopyReader } from "../db/copy-reader.ts";
import { CHANNELS, TOUCHPOINT_KINDS } from "../fields/choices.ts";
import { NO_CODE } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import type { Joins } from "./joins.ts";
import { RecurringTexts } from "./recurring.ts";
import type { Staging } from "./staging.ts";

// What those who read copied rows share.

/** Where what is read goes, and what it is joined to. */
export interface Into {
  staging: Staging;
  dictionary: Dictionaries;
  joins: Joins;
}

export type RowReader = (row: CopyReader) => void;

/** The place of each word in its list, as columns hold it. */
export const codesByWord = (words: readonly string[]) => new Map(words.map((word, code) => [word, code]));
export const CHANNEL_CODES = codesByWord(CHANNELS);
export const KIND_CODES = codesByWord(TOUCHPOINT_KINDS);

/** Reads a word as its place in its list. */
export const codesReader = (codes: ReadonlyMap<string, number>): RecurringTexts =>
  new RecurringTexts((word) => (word === null ? NO_CODE : codes.get(word)!));

export const lengthInMs = (start: number, end: number): number => (end > start ? end - start : 0);
