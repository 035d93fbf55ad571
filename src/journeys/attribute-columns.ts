import type { Attribute } from "../fields/derive/attributes.ts";
import { customerCount, type Partition } from "./columns.ts";
import type { KeyIndex } from "./key-index.ts";
import { weighed } from "./shared-memory.ts";

// Columns of what somebody asked for, beside those that are always there: a value a customer, or a leg.

/** Numbers of texts or lists, -1 for none; of a number itself, NaN for none. */
export type AttributeColumn = Int32Array | Float64Array;
/** By the attribute's name. */
export type AttributeColumns = Readonly<Record<string, AttributeColumn>>;

const tableOf = ({ of }: Attribute) => (of === "CUSTOMER" ? "customers" : "legs");

/** A column in which nothing is known. */
export function blankColumn(partition: Partition, attribute: Attribute): AttributeColumn {
  const rows = partition.lengths[tableOf(attribute)];
  if (attribute.is === "NUMBER") return new Float64Array(weighed(new SharedArrayBuffer(rows * 8))).fill(Number.NaN);
  return new Int32Array(weighed(new SharedArrayBuffer(rows * 4))).fill(-1);
}

/** The row of a customer, or of its leg; -1 where the partition does not hold it. */
export function rowOfKey(partition: Partition, customerKey: Uint32Array, legKey: Uint32Array | null): number {
  const customer = customerRow(partition, customerKey);
  if (customer === -1 || legKey === null) return customer;
  const { customers, legs } = partition;
  for (let row = customers.legs[customer]!; row < customers.legs[customer + 1]!; row += 1) {
    if (compareKeys(legs, row, legKey) === 0) return row;
  }
  return -1;
}

/** Customers lie in order of id. */
function customerRow(partition: Partition, key: Uint32Array): number {
  let [low, high] = [0, customerCount(partition) - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const order = compareKeys(partition.customers, middle, key);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

type Keys = Pick<Partition["legs"], "id0" | "id1" | "id2" | "id3">;

function compareKeys({ id0, id1, id2, id3 }: Keys, row: number, key: Uint32Array): number {
  return id0[row]! - key[0]! || id1[row]! - key[1]! || id2[row]! - key[2]! || id3[row]! - key[3]!;
}

/** A partition that was laid down anew. */
interface Anew {
  before: Partition;
  after: Partition;
  changed: KeyIndex;
}

/** What brings over the values of customers who did not change: they are sought once, however many attributes there are. */
export function carrierOver({ before, after, changed }: Anew): (attribute: Attribute) => AttributeColumn {
  const rows = unchangedRows({ before, after, changed });
  const { legs } = after.customers;
  return (attribute) => {
    const column = blankColumn(after, attribute);
    const known = before.attributes[attribute.name];
    if (!known) return column;
    for (let row = 0; row < rows.length; row += 1) {
      const from = rows[row]!;
      if (from === -1) continue;
      if (attribute.of === "CUSTOMER") column[row] = known[from]!;
      else column.set(known.subarray(before.customers.legs[from]!, before.customers.legs[from + 1]!), legs[row]!);
    }
    return column;
  };
}

/** Of each customer the row before; -1 of who changed. */
function unchangedRows({ before, after, changed }: Anew): Int32Array {
  const key = new Uint32Array(4);
  const { id0, id1, id2, id3 } = after.customers;
  return Int32Array.from({ length: customerCount(after) }, (_, row) => {
    key.set([id0[row]!, id1[row]!, id2[row]!, id3[row]!]);
    return changed.find(key) === -1 ? customerRow(before, key) : -1;
  });
}

/** Bytes of an attribute's columns in all partitions. */
export const attributeBytes = (partitions: readonly Partition[], attribute: Attribute): number =>
  partitions.reduce((sum, { lengths }) => sum + lengths[tableOf(attribute)], 0) * (attribute.is === "NUMBER" ? 8 : 4);
