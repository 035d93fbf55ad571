import fc from "fast-check";
import { expect, test } from "vitest";
import {
  AMOUNTS,
  BYTES,
  COUNTS,
  type ColumnForm,
  type ColumnTypes,
  columnAt,
  formOf,
  formOfBoth,
  LENGTHS,
  NUMBERS,
  roomFor,
  takesRoom,
} from "../../src/journeys/column-types.ts";

const whole = (min: number, max: number) => fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
const none = (number: fc.Arbitrary<number>) => fc.oneof(fc.constant(-1), number);

/** Numbers that a column of the types is made for; the first of each pair of arrays often has one number only. */
const KINDS: readonly (readonly [ColumnTypes, fc.Arbitrary<number>])[] = [
  [BYTES, fc.constantFrom(0, 1, 7, 255)],
  [NUMBERS, none(fc.oneof(whole(0, 127), whole(0, 32_767), whole(-2_147_483_648, 2_147_483_647)))],
  [COUNTS, fc.oneof(whole(0, 255), whole(0, 65_535), whole(0, 4_294_967_295))],
  [LENGTHS, fc.oneof(whole(0, 4_294_967_295), fc.constant(8_640_000_000_000))],
  [AMOUNTS, fc.oneof(fc.constant(Number.NaN), fc.constantFrom(0.5, 3, 1e12, 0.1), fc.double())],
];

const columns = fc.constantFrom(...KINDS).chain(([types, number]) => {
  const rows = fc.oneof(
    fc.array(number, { maxLength: 20 }),
    number.chain((same) => fc.array(fc.constant(same))),
  );
  return fc.record({ types: fc.constant(types), one: rows, other: rows });
});

function written(numbers: readonly number[], form: ColumnForm, types: ColumnTypes): number[] {
  const rows = numbers.length;
  const column = columnAt(form, types, { buffer: new SharedArrayBuffer(roomFor(form, types, rows)), offset: 0, rows });
  if (takesRoom(form)) column.set(numbers);
  return Array.from(column);
}

const formed = (numbers: readonly number[], types: ColumnTypes) => formOf(Float64Array.from(numbers), types);

test("a column gives back its numbers, and so does one with the rows of two", () => {
  fc.assert(
    fc.property(columns, ({ types, one, other }) => {
      const form = formed(one, types);
      const ofBoth = formOfBoth(form, formed(other, types), types);

      expect(written(one, form, types)).toEqual(one);
      expect(written([...one, ...other], ofBoth, types)).toEqual([...one, ...other]);
    }),
    { numRuns: 2_000 },
  );
});

test("a column takes no more room than its numbers need, and none where all are those of nothing", () => {
  const bytes = (numbers: number[], types: ColumnTypes) => roomFor(formed(numbers, types), types, 1_000) / 1_000;

  expect(bytes([-1, 5, 127], NUMBERS)).toBe(1);
  expect(bytes([-1, 128], NUMBERS)).toBe(2);
  expect(bytes([-1, 32_768], NUMBERS)).toBe(4);
  expect(bytes([0, 86_400_000], LENGTHS)).toBe(4);
  expect(bytes([0, 5_000_000_000], LENGTHS)).toBe(8);
  expect(bytes([Number.NaN, 4.5], AMOUNTS)).toBe(4);
  expect(bytes([Number.NaN, 0.1], AMOUNTS)).toBe(8);
  expect([bytes([-1, -1], NUMBERS), bytes([Number.NaN, Number.NaN], AMOUNTS), bytes([255, 255], BYTES)]).toEqual([
    0, 0, 0,
  ]);
});
