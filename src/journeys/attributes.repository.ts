import type { CopyReader } from "../db/copy-reader.ts";
import type { Snapshot } from "../db/snapshot.ts";
import type { Attribute } from "../fields/derive/attributes.ts";
import { AppError } from "../kit/errors.ts";
import { type AttributeColumn, attributeBytes, blankColumn, carrierOver, rowOfKey } from "./attribute-columns.ts";
import { attributeRowsSql } from "./attributes.sql.ts";
import { type Partition, withAttributes } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import { bytesOf } from "./kept.ts";
import type { KeyIndex } from "./key-index.ts";
import type { Who } from "./load.sql.ts";
import { RecurringTexts } from "./recurring.ts";

/** Different texts of one attribute: they stay in memory, and a group by an id is a list of everybody. Smaller in tests. */
export const ATTRIBUTE_LIMITS = { texts: 100_000 };

/** An attribute that lies in memory, with the numbers of all texts or lists that it was ever read with. */
export interface ReadAttribute extends Attribute {
  readonly seen: Set<number>;
}

/** Reads what an attribute is of some, into its columns, one a partition; answers whether there was room for it. */
async function readInto(
  snapshot: Snapshot,
  { attribute, who, dictionary }: { attribute: ReadAttribute; who: Who; dictionary: Dictionaries },
  { partitions, columns }: { partitions: readonly Partition[]; columns: readonly (AttributeColumn | null)[] },
): Promise<boolean> {
  const [customer, leg] = [new Uint32Array(4), new Uint32Array(4)];
  const values = valueReader(attribute, dictionary);
  await snapshot.copy(attributeRowsSql(attribute, who), (row) => {
    row.uuid(customer);
    if (attribute.of === "LEG") row.uuid(leg);
    const value = values.read(row);
    const byte = customer[0]! >>> 24;
    const place = rowOfKey(partitions[byte]!, customer, attribute.of === "LEG" ? leg : null);
    if (place !== -1) columns[byte]![place] = value;
  });
  return !values.isFull();
}

function valueReader({ is, seen }: ReadAttribute, { texts, productLists }: Dictionaries) {
  if (is === "NUMBER") return { read: (row: CopyReader) => row.float(), isFull: () => false };
  const known = is === "LIST" ? productLists : texts;
  let isFull = false;
  const numberOf = (text: string | null): number => {
    if (isFull) return -1;
    const number = known.add(text);
    seen.add(number);
    isFull = seen.size > ATTRIBUTE_LIMITS.texts;
    return number;
  };
  const recurring = new RecurringTexts(numberOf);
  return { read: (row: CopyReader) => recurring.read(row), isFull: () => isFull };
}

/** Partitions with a column more in each, and the attribute; why not, where it would take too much. */
export async function attach(
  snapshot: Snapshot,
  partitions: readonly Partition[],
  { attribute: asked, dictionary }: { attribute: Attribute; dictionary: Dictionaries },
): Promise<{ partitions: readonly Partition[]; attribute: ReadAttribute } | AppError> {
  const attribute = { ...asked, seen: new Set<number>() };
  const columns = partitions.map((partition) => blankColumn(partition, attribute));
  const who = { from: EVERYBODY[0], to: EVERYBODY[1] };
  if (!(await readInto(snapshot, { attribute, who, dictionary }, { partitions, columns }))) {
    const message = `\`${attribute.name}\` has more than ${ATTRIBUTE_LIMITS.texts} different texts: name another attribute.`;
    return new AppError("LIMIT_EXCEEDED", message);
  }
  const read = partitions.map((partition, i) =>
    withAttributes(partition, { ...partition.attributes, [attribute.name]: columns[i]! }),
  );
  return { partitions: read, attribute };
}

/** Partitions without the columns of these. */
export function detach(partitions: readonly Partition[], gone: readonly Attribute[]): readonly Partition[] {
  const names = gone.map(({ name }) => name);
  return partitions.map((partition) => {
    const kept = Object.entries(partition.attributes).filter(([name]) => !names.includes(name));
    return withAttributes(partition, Object.fromEntries(kept));
  });
}

const EVERYBODY = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"] as const;

interface Again {
  before: readonly Partition[];
  /** The same, those of customers who changed laid down anew, as yet without attributes. */
  after: readonly Partition[];
  changed: { ids: readonly string[]; index: KeyIndex; bytes: ReadonlySet<number> };
  attributes: readonly ReadAttribute[];
  dictionary: Dictionaries;
}

/**
 * Partitions laid down anew with the columns that they had: of who changed read again, of all others as they were. An attribute
 * that cannot be read again, or has too many texts now, is left out, and read anew for who still asks for it.
 */
export async function attachAgain(
  snapshot: Snapshot,
  { before, after, changed, attributes, dictionary }: Again,
): Promise<{ partitions: readonly Partition[]; attributes: readonly ReadAttribute[] }> {
  const carriers = after.map((partition, byte) =>
    changed.bytes.has(byte) ? carrierOver({ before: before[byte]!, after: partition, changed: changed.index }) : null,
  );
  let partitions = after;
  const kept: ReadAttribute[] = [];
  for (const attribute of attributes) {
    const columns = carriers.map((carry) => carry?.(attribute) ?? null);
    const read = () =>
      readInto(snapshot, { attribute, who: { ids: changed.ids }, dictionary }, { partitions, columns });
    if (await snapshot.attempt(read, 0).catch(() => false)) {
      kept.push(attribute);
      partitions = partitions.map((partition, byte) =>
        columns[byte]
          ? withAttributes(partition, { ...partition.attributes, [attribute.name]: columns[byte] })
          : partition,
      );
    } else partitions = detach(partitions, [attribute]);
  }
  return { partitions, attributes: kept };
}

/** Why the oldest of these attributes do not fit beside the columns that are always there, by their names. */
export function unfitting(
  partitions: readonly Partition[],
  attributes: readonly Attribute[],
  room: number,
): Map<string, AppError> {
  const reasons = new Map<string, AppError>();
  let taken = bytesOf(partitions);
  for (const attribute of attributes.toReversed()) {
    const bytes = attributeBytes(partitions, attribute);
    if (taken + bytes <= room) taken += bytes;
    else {
      const megabytes = Math.ceil((taken + bytes) / 2 ** 20);
      const message = `There is no room for \`${attribute.name}\`: name fewer attributes, or give C360_REPORTS_MEMORY_MB ${megabytes} or more.`;
      reasons.set(attribute.name, new AppError("LIMIT_EXCEEDED", message));
    }
  }
  return reasons;
}
