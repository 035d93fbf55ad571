// A column is as narrow as its numbers, since memory bounds how much fits.

type Numbers =
  | Float64Array
  | Float32Array
  | Uint32Array
  | Int32Array
  | Uint16Array
  | Int16Array
  | Uint8Array
  | Int8Array;
interface NumbersConstructor<Some extends Numbers = Numbers> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, offset: number, length: number): Some;
}

/** The types that a column may have, narrow ones first: it has the first that holds all its numbers. */
export type ColumnTypes = readonly NumbersConstructor[];

export const BYTES = [Uint8Array] as const;
/** Numbers of dictionaries, and others that are -1 for none. */
export const NUMBERS = [Int8Array, Int16Array, Int32Array] as const;
export const COUNTS = [Uint8Array, Uint16Array, Uint32Array] as const;
/** Milliseconds, which are seldom more than 49 days. */
export const LENGTHS = [Uint32Array, Float64Array] as const;
/** Doubles that seldom need all their digits; NaN for none. */
export const AMOUNTS = [Float32Array, Float64Array] as const;
// These are written once they lie there, so they keep their type.
export const WORDS = [Uint32Array] as const;
export const INTEGERS = [Int32Array] as const;
export const DOUBLES = [Float64Array] as const;
const FIXED: ReadonlySet<ColumnTypes> = new Set<ColumnTypes>([WORDS, INTEGERS, DOUBLES]);

/** Least and greatest number of those that hold whole ones. */
const RANGES: ReadonlyMap<NumbersConstructor, readonly [number, number]> = new Map<
  NumbersConstructor,
  readonly [number, number]
>([
  [Int8Array, [-(2 ** 7), 2 ** 7 - 1]],
  [Int16Array, [-(2 ** 15), 2 ** 15 - 1]],
  [Int32Array, [-(2 ** 31), 2 ** 31 - 1]],
  [Uint8Array, [0, 2 ** 8 - 1]],
  [Uint16Array, [0, 2 ** 16 - 1]],
  [Uint32Array, [0, 2 ** 32 - 1]],
]);

/**
 * What a column is: the place of its type among those that it may have, or, from `SAME` on, of the number that stands in
 * all its rows, which takes no room.
 */
export type ColumnForm = number;
const WITHOUT_ROWS: ColumnForm = 7;
const SAME: ColumnForm = 8;
/** Numbers that may stand in all rows: what stands for none, before all. */
const SAMES: readonly number[] = [-1, Number.NaN, 255, 0, 1, 2_147_483_647];

export const widestForm = (types: ColumnTypes): ColumnForm => types.length - 1;
export const takesRoom = (form: ColumnForm): boolean => form < WITHOUT_ROWS;

/** The form of a column of these numbers that takes the least room. */
export function formOf(numbers: Float64Array, types: ColumnTypes): ColumnForm {
  if (numbers.length === 0) return WITHOUT_ROWS;
  if (FIXED.has(types)) return widestForm(types);
  const same = areSame(numbers) ? SAMES.findIndex((number) => Object.is(number, numbers[0])) : -1;
  return same === -1 ? typeFor(numbers, types) : SAME + same;
}

function areSame(numbers: Float64Array): boolean {
  const first = numbers[0];
  for (let i = 1; i < numbers.length; i += 1) if (!Object.is(numbers[i], first)) return false;
  return true;
}

/** The first type that holds all of them. The last one of a column holds whatever there is. */
function typeFor(numbers: Float64Array, types: ColumnTypes): ColumnForm {
  const widest = widestForm(types);
  if (widest === 0) return widest;
  if (types[0] === Float32Array) return areSingle(numbers) ? 0 : widest;
  const extent = extentOf(numbers);
  if (!extent) return widest;
  for (let form = 0; form < widest; form += 1) {
    const range = RANGES.get(types[form]!);
    if (range && extent.least >= range[0] && extent.most <= range[1]) return form;
  }
  return widest;
}

/** Whether half of a double's digits suffice. */
function areSingle(numbers: Float64Array): boolean {
  for (let i = 0; i < numbers.length; i += 1) if (!Object.is(Math.fround(numbers[i]!), numbers[i])) return false;
  return true;
}

/** The least and the greatest; null where not all are whole. */
function extentOf(numbers: Float64Array): { least: number; most: number } | null {
  let [least, most] = [numbers[0]!, numbers[0]!];
  for (let i = 0; i < numbers.length; i += 1) {
    const number = numbers[i]!;
    if (Math.floor(number) !== number) return null;
    if (number < least) least = number;
    if (number > most) most = number;
  }
  return { least, most };
}

/** The type that holds the number of all rows. */
const typeOfSame = (form: ColumnForm, types: ColumnTypes): ColumnForm =>
  typeFor(Float64Array.of(SAMES[form - SAME]!), types);

/** The form of a column with the rows of two. */
export function formOfBoth(one: ColumnForm, other: ColumnForm, types: ColumnTypes): ColumnForm {
  if (one === WITHOUT_ROWS || one === other) return other;
  if (other === WITHOUT_ROWS) return one;
  const [a, b] = [one, other].map((form) => (form < SAME ? form : typeOfSame(form, types)));
  return Math.max(a!, b!);
}

/** Bytes of a column. The next one begins where any number may lie. */
export function roomFor(form: ColumnForm, types: ColumnTypes, rows: number): number {
  return takesRoom(form) ? Math.ceil((rows * types[form]!.BYTES_PER_ELEMENT) / 8) * 8 : 0;
}

interface Place {
  buffer: SharedArrayBuffer;
  offset: number;
  rows: number;
}

export function columnAt(form: ColumnForm, types: ColumnTypes, { buffer, offset, rows }: Place): Numbers {
  if (takesRoom(form)) return new types[form]!(buffer, offset, rows);
  const Type = types[form < SAME ? 0 : typeOfSame(form, types)]!;
  return sameNumbers(Type, SAMES[form - SAME] ?? 0, rows);
}

/** Columns in which one number stands, which all partitions share. Nobody writes into them. */
const shared = new Map<NumbersConstructor, Map<number, Numbers>>();

function sameNumbers(Type: NumbersConstructor, number: number, rows: number): Numbers {
  const byNumber = shared.get(Type) ?? new Map<number, Numbers>();
  shared.set(Type, byNumber);
  const known = byNumber.get(number);
  if (known && known.length >= rows) return known.subarray(0, rows);
  const longer = new Type(new SharedArrayBuffer(rows * 2 * Type.BYTES_PER_ELEMENT), 0, rows * 2).fill(number);
  byNumber.set(number, longer);
  return longer.subarray(0, rows);
}
