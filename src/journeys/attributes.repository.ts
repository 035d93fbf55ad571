import type { CopyReader } from "../db/copy-reader.ts";
import type { Snapshot } from "../db/snapshot.ts";
import type { Attribute } from "../fields/derive/attributes.ts";
import { AppError } from "../kit/errors.ts";
import { type AttributeColumn, blankColumn, carryOver, rowOfKey } from "./attribute-columns.ts";
import { attributeRowsSql } from "./attributes.sql.ts";
import { type Partition, withAttributes } from "./columns.ts";
import type { Dictionaries } from "./dictionary.ts";
import type { KeyIndex } from "./key-index.ts";
import type { Who } from "./load.sql.ts";
import { RecurringTexts } from "./recurring.ts";

/** Different texts of one attribute: they stay in memory, and a group by an id is a list of everybody. Smaller in tests. */
export const ATTRIBUTE_LIMITS = { texts: 100_000 };

/** Reads what an attribute is of some, into its columns, one a partition; answers whether there was room for it. */
async function readInto(
  snapshot: Snapshot,
  { attribute, who, dictionary }: { attribute: Attribute; who: Who; dictionary: Dictionaries },
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

function valueReader({ is }: Attribute, { texts, productLists }: Dictionaries) {
  if (is === "NUMBER") return { read: (row: CopyReader) => row.float(), isFull: () => false };
  const known = is === "LIST" ? productLists : texts;
  const seen = new Set<number>();
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

/** Partitions with a column more in each; why not, where it would take too much. */
export async function attach(
  snapshot: Snapshot,
  partitions: readonly Partition[],
  { attribute, dictionary }: { attribute: Attribute; dictionary: Dictionaries },
): Promise<readonly Partition[] | AppError> {
  const columns = partitions.map((partition) => blankColumn(partition, attribute));
  const who = { from: EVERYBODY[0], to: EVERYBODY[1] };
  if (!(await readInto(snapshot, { attribute, who, dictionary }, { partitions, columns }))) {
    const message = `\`${attribute.name}\` has more than ${ATTRIBUTE_LIMITS.texts} different texts: name another attribute.`;
    return new AppError("LIMIT_EXCEEDED", message);
  }
  return partitions.map((partition, i) =>
    withAttributes(partition, { ...partition.attributes, [attribute.name]: columns[i]! }),
  );
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
  attributes: readonly Attribute[];
  dictionary: Dictionaries;
}

/** Partitions laid down anew with the columns that they had: of who changed read again, of all others as they were. */
export async function attachAgain(
  snapshot: Snapshot,
  { before, after, changed, attributes, dictionary }: Again,
): Promise<readonly Partition[]> {
  let partitions = after;
  for (const attribute of attributes) {
    const columns = partitions.map((partition, byte) =>
      changed.bytes.has(byte)
        ? carryOver(attribute, { before: before[byte]!, after: partition, changed: changed.index })
        : null,
    );
    await readInto(snapshot, { attribute, who: { ids: changed.ids }, dictionary }, { partitions, columns });
    partitions = partitions.map((partition, byte) =>
      columns[byte]
        ? withAttributes(partition, { ...partition.attributes, [attribute.name]: columns[byte] })
        : partition,
    );
  }
  return partitions;
}
