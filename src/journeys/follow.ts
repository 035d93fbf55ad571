import type { Snapshot } from "../db/snapshot.ts";
import { readChanges } from "./changes.repository.ts";
import type { Seen } from "./changes.ts";
import { EMPTY_PARTITION, type Partition } from "./columns.ts";
import { Dictionaries } from "./dictionary.ts";
import { KeyIndex } from "./key-index.ts";
import { layDown } from "./lay-down.ts";
import { readCustomers, readJoins } from "./load.repository.ts";
import { load, nameItems } from "./load.ts";
import { LoadProgress } from "./loading.ts";
import { splice } from "./splice.ts";

/** All that customers did, as of the look at the changes that it was read with. */
export interface Followed {
  partitions: readonly Partition[];
  dictionary: Dictionaries;
  seen: Seen;
}

/** The same as of this snapshot: customers who changed since are read again, or all of them where nobody can tell who. */
export async function follow(
  snapshot: Snapshot,
  before: Followed | null,
  progress = new LoadProgress(),
): Promise<Followed> {
  const { seen, changed, erasedTexts } = await readChanges(snapshot, before?.seen ?? null);
  if (before === null || changed === "EVERYTHING") {
    const dictionary = new Dictionaries();
    progress.begin();
    return { partitions: await load(snapshot, dictionary, progress), dictionary, seen };
  }
  const { dictionary } = before;
  dictionary.items.forget(erasedTexts);
  const partitions = changed.size === 0 ? before.partitions : await readAgain(snapshot, before, { changed, progress });
  await nameItems(snapshot, dictionary);
  return { partitions, dictionary, seen };
}

/** The partitions with these customers as they are now. */
async function readAgain(
  snapshot: Snapshot,
  { partitions: before, dictionary }: Followed,
  { changed, progress }: { changed: ReadonlySet<string>; progress: LoadProgress },
): Promise<readonly Partition[]> {
  const ids = [...changed];
  const index = new KeyIndex(4);
  const bytes = new Set<number>();
  for (const id of ids) {
    const words = wordsOf(id);
    index.add(words);
    bytes.add(words[0]! >>> 24);
  }
  const joins = await readJoins(snapshot, dictionary, { ids });
  const read = new Map(layDown(await readCustomers(snapshot, { who: { ids }, joins, dictionary, progress }), joins));
  const partitions = before.slice();
  for (const byte of bytes) partitions[byte] = splice(before[byte]!, index, read.get(byte) ?? EMPTY_PARTITION);
  return partitions;
}

function wordsOf(id: string): Uint32Array {
  const digits = id.replaceAll("-", "");
  return Uint32Array.from({ length: 4 }, (_, i) => Number.parseInt(digits.slice(i * 8, i * 8 + 8), 16));
}
