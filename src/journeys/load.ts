import type { Snapshot } from "../db/snapshot.ts";
import { EMPTY_PARTITION, type Partition } from "./columns.ts";
import { type Dictionaries, ITEM_KINDS, OTHER_ITEM } from "./dictionary.ts";
import { estimateRows, findItems } from "./items.repository.ts";
import { layDown } from "./lay-down.ts";
import { readCustomers } from "./load.repository.ts";

/** Segments by the first byte of their customers' ids. */
const PARTITIONS = 256;
const NO_PARTITIONS: readonly Partition[] = Array(PARTITIONS).fill(EMPTY_PARTITION);

/**
 * Rows that are read before they are laid down. Each time, visits and identities are read whole to join them; each row
 * takes 200 bytes until it is laid down.
 */
const ROWS_AT_ONCE = 1_000_000;

/** All that everybody did. */
export async function load(snapshot: Snapshot, dictionary: Dictionaries): Promise<readonly Partition[]> {
  const rows = await estimateRows(snapshot);
  const partitions = NO_PARTITIONS.slice();
  const at = Math.min(PARTITIONS, 2 ** Math.ceil(Math.log2(1 + rows / ROWS_AT_ONCE)));
  const width = PARTITIONS / at;
  for (let first = 0; first < PARTITIONS; first += width) {
    const who = { from: idOf(first, "0"), to: idOf(first + width - 1, "f") };
    for (const [byte, partition] of layDown(await readCustomers(snapshot, dictionary, who)))
      partitions[byte] = partition;
  }
  await nameItems(snapshot, dictionary);
  return partitions;
}

/** The least or greatest id that begins with a byte. */
function idOf(byte: number, digit: string): string {
  const rest = (digits: number) => digit.repeat(digits);
  return `${byte.toString(16).padStart(2, "0")}${rest(6)}-${rest(4)}-${rest(4)}-${rest(4)}-${rest(12)}`;
}

/** Ids in one statement. */
const MOST_IDS = 20_000;

/** Reads what the items are called that events name and nobody asked for before. */
export async function nameItems(snapshot: Snapshot, { items, texts }: Dictionaries): Promise<void> {
  const ids = items.idsUnread();
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const asked = ids.slice(from, from + MOST_IDS);
    const found = await findItems(snapshot, asked.map(String));
    for (const { id, kind, name, section } of found) {
      const place = ITEM_KINDS.indexOf(kind);
      items.name(BigInt(id), {
        kind: place === -1 ? OTHER_ITEM : place,
        name: texts.add(name),
        section: section === "" ? -1 : texts.add(section),
      });
    }
    items.haveRead(asked);
  }
}
