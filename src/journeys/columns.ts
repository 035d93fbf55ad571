import { legKindOf } from "../facts/vocabulary.ts";
import { CHANNELS } from "../fields/choices.ts";
import type { AttributeColumns } from "./attribute-columns.ts";
import {
  type ColumnForm,
  type ColumnTypes,
  columnAt,
  formOf,
  formOfBoth,
  roomFor,
  takesRoom,
  widestForm,
} from "./column-types.ts";
import { type Columns, TABLE_NAMES, TABLES, type TableName } from "./declared.ts";
import { weighed } from "./shared-memory.ts";

// What lies in memory of all that customers did: typed arrays over shared memory, so that every worker reads the same.

/** Bits of a customer's `flags`. */
export const IS_NOBODY = 1;
export const IS_ANONYMOUS = 2;
export const IS_NAMED = 4;
export const IS_VVIP = 8;
/** Consent keeps them out of reports: nothing that they did is here. */
export const IS_LEFT_OUT = 16;

/** Of a choice that a leg does not make, and of a claim (else 1 or 0) that it does not state. */
export const NO_CODE = 255;
/** By the channel's number: legs on the others are told by their page views. */
export const IS_EVENT_CHANNEL: readonly boolean[] = CHANNELS.map((channel) => legKindOf(channel) !== null);

export type Lengths = Readonly<Record<TableName, number>>;

/** A partition as other threads get it: one buffer, since sending costs by the buffer, and what lies in it. */
export interface LaidDown {
  /** No other partition has this number. */
  readonly serial: number;
  readonly lengths: Lengths;
  /** The form of each column, as a digit. */
  readonly forms: string;
  readonly buffer: SharedArrayBuffer;
  /** Of attributes that somebody asked for. */
  readonly attributes: AttributeColumns;
}

/**
 * The customers whose ids begin with the same byte, in order of id, each with its rows in total order. Never changed: what
 * is new is laid down beside it.
 */
export type Partition = LaidDown & { readonly [Name in TableName]: Columns<(typeof TABLES)[Name]> };

/** Tables by contact hold serial numbers in 32 bits. Partitions of two billion versions ago are gone. */
const MOST_SERIALS = 2 ** 31;
let serials = 0;

function nextSerial(): number {
  serials = (serials + 1) % MOST_SERIALS;
  return serials;
}

/** The same rows with other attributes. */
export const withAttributes = (partition: Partition, attributes: AttributeColumns): Partition => ({
  ...partition,
  serial: nextSerial(),
  attributes,
});

/** Room for so many rows. */
export function allocate(lengths: Lengths, forms = WIDEST_FORMS): Partition {
  const bytes = COLUMNS.reduce(
    (sum, { table, types }, i) => sum + roomFor(formAt(forms, i), types, rowsOf(table, lengths)),
    0,
  );
  return partitionOf({ serial: nextSerial(), lengths, forms, buffer: new SharedArrayBuffer(bytes), attributes: {} });
}

/** The columns of what was laid down, in whatever thread. */
export function partitionOf({ serial, lengths, forms, buffer, attributes }: LaidDown): Partition {
  weighed(buffer);
  let offset = 0;
  const tables = Object.fromEntries(TABLE_NAMES.map((name) => [name, {} as Record<string, object>]));
  COLUMNS.forEach(({ table, name, types }, i) => {
    const form = formAt(forms, i);
    const rows = rowsOf(table, lengths);
    tables[table]![name] = columnAt(form, types, { buffer, offset, rows });
    offset += roomFor(form, types, rows);
  });
  return { ...(tables as unknown as Omit<Partition, keyof LaidDown>), serial, lengths, forms, buffer, attributes };
}

/** Of customers there is one more, which says where the last one's rows end. */
const rowsOf = (name: TableName, lengths: Lengths): number => lengths[name] + (name === "customers" ? 1 : 0);

interface Column {
  table: TableName;
  name: string;
  types: ColumnTypes;
}

/** All columns, in the order in which they lie in memory. */
const COLUMNS: readonly Column[] = TABLE_NAMES.flatMap((table) =>
  Object.entries<ColumnTypes>(TABLES[table]).map(([name, types]) => ({ table, name, types })),
);

const DIGITS = 36;
const formAt = (forms: string, column: number): ColumnForm => Number.parseInt(forms[column]!, DIGITS);
const formsOf = (form: (column: Column, place: number) => ColumnForm): string =>
  COLUMNS.map((column, place) => form(column, place).toString(DIGITS)).join("");
const WIDEST_FORMS = formsOf(({ types }) => widestForm(types));

/** Rows before they are laid down, each column by its name. */
export type WideColumns = Readonly<Record<string, Float64Array>>;

/** The forms that take the least room, of the columns that are given; the widest of the others. */
export const narrowForms = (wide: Partial<Record<TableName, WideColumns>>): string =>
  formsOf(({ table, name, types }) => {
    const numbers = wide[table]?.[name];
    return numbers ? formOf(numbers, types) : widestForm(types);
  });

/** The forms of columns with the rows of two partitions. */
export const formsOfBoth = (one: Partition, other: Partition): string =>
  formsOf(({ types }, i) => formOfBoth(formAt(one.forms, i), formAt(other.forms, i), types));

/** Calls `each` with the columns of a table that take room, which are those that can be written. */
export function eachWritten(
  partition: Partition,
  table: TableName,
  each: (name: string, column: Written) => void,
): void {
  COLUMNS.forEach((column, i) => {
    if (column.table !== table || !takesRoom(formAt(partition.forms, i))) return;
    each(column.name, (partition[table] as unknown as Record<string, Written>)[column.name]!);
  });
}

/** What is written without regard to its type. */
type Written = Pick<Float64Array, "set" | "subarray" | "length"> & { [row: number]: number };

export const EMPTY_PARTITION: Partition = allocate({ customers: 0, events: 0, legs: 0, visits: 0, tied: 0, worth: 0 });

/** How many customers a partition has. */
export const customerCount = ({ lengths }: Partition): number => lengths.customers;
