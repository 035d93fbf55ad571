import { setImmediate } from "node:timers/promises";
import type { Snapshot } from "../db/snapshot.ts";
import { EMPTY_PARTITION, type Partition } from "./columns.ts";
import { type Dictionaries, ITEM_KINDS, OTHER_ITEM } from "./dictionary.ts";
import { estimateRows, findItems } from "./items.repository.ts";
import { allFit, findKeptSince } from "./kept.repository.ts";
import { layDown } from "./lay-down.ts";
import { readCustomers, readJoins } from "./load.repository.ts";
import type { Who } from "./load.sql.ts";
import type { LoadTerms } from "./loading.ts";

/** Segments by the first byte of their customers' ids. */
const PARTITIONS = 256;
const NO_PARTITIONS: readonly Partition[] = Array(PARTITIONS).fill(EMPTY_PARTITION);

/** More rows are read in so many parts: a row takes twice as much memory until it is laid down, and a part reads the tables anew. */
const FEW_ROWS = 2_000_000;
const PARTS = 4;

interface Loaded {
  partitions: readonly Partition[];
  /** From when on all of it is there, in milliseconds since 1970. */
  since: number;
}

/** All that everybody did, of as many of the newest months as there is room for. */
export async function load(
  snapshot: Snapshot,
  dictionary: Dictionaries,
  { progress, room }: Pick<LoadTerms, "progress" | "room">,
): Promise<Loaded> {
  const rows = await estimateRows(snapshot);
  progress.expect(rows);
  const since = allFit(rows, room) ? Number.NEGATIVE_INFINITY : await findKeptSince(snapshot, room);
  const parts = rows > FEW_ROWS ? PARTS : 1;
  const joins = await readJoins(snapshot, dictionary, partOf(0, 1));
  const partitions = NO_PARTITIONS.slice();
  // What is left out, or is no event, leaves room that is never touched.
  const staged = { eventsOfEach: Math.ceil(rows / PARTITIONS), spare: [] };
  const reading = { since, joins, dictionary, progress, ...staged };
  for (let part = 0; part < parts; part += 1) {
    const staging = await readCustomers(snapshot, { who: partOf(part, parts), ...reading });
    for (const [byte, partition] of layDown(staging, joins)) {
      partitions[byte] = partition;
      // Others have the processor in between.
      await setImmediate();
    }
  }
  await nameItems(snapshot, dictionary);
  return { partitions, since };
}

/** The customers of one of several parts. */
function partOf(part: number, parts: number): Who {
  const width = PARTITIONS / parts;
  return { from: idOf(part * width, "0"), to: idOf((part + 1) * width - 1, "f") };
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
