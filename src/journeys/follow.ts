import type { Snapshot } from "../db/snapshot.ts";
import { readChanges } from "./changes.repository.ts";
import type { Seen } from "./changes.ts";
import { EMPTY_PARTITION, type Partition } from "./columns.ts";
import { Dictionaries } from "./dictionary.ts";
import { findKeptSince } from "./kept.repository.ts";
import { bytesOf } from "./kept.ts";
import { KeyIndex } from "./key-index.ts";
import { layDown } from "./lay-down.ts";
import { readCustomers, readJoins } from "./load.repository.ts";
import { load, nameItems } from "./load.ts";
import { LoadProgress, type LoadTerms } from "./loading.ts";
import { splice } from "./splice.ts";

/** All that customers did, as of the look at the changes that it was read with. */
export interface Followed {
  partitions: readonly Partition[];
  dictionary: Dictionaries;
  /** From when on all of it is there, in milliseconds since 1970: minus infinity where there was room. */
  since: number;
  seen: Seen;
}

/** The same as of this snapshot: customers who changed since are read again, or all of them where nobody can tell who. */
export async function follow(
  snapshot: Snapshot,
  before: Followed | null,
  { progress = new LoadProgress(), room = Number.POSITIVE_INFINITY }: Partial<LoadTerms> = {},
): Promise<Followed> {
  const { seen, changed, erasedTexts } = await readChanges(snapshot, before?.seen ?? null);
  if (before !== null && changed !== "EVERYTHING") {
    const { dictionary, since } = before;
    dictionary.items.forget(erasedTexts);
    const partitions =
      changed.size === 0 ? before.partitions : await readAgain(snapshot, before, { changed, progress });
    await nameItems(snapshot, dictionary);
    const now = { partitions, dictionary, since, seen };
    if (!(await hasOutgrown(snapshot, { before, now, room }))) return now;
  }
  const dictionary = new Dictionaries();
  progress.begin();
  return { ...(await load(snapshot, dictionary, { progress, room })), dictionary, seen };
}

interface Grown {
  before: Followed;
  now: Followed;
  room: number;
}

/** Of the room: months are counted each time that so much more is taken. */
const STEP = 0.05;

/** Whether there is no room any more for a month that was kept. */
async function hasOutgrown(snapshot: Snapshot, { before, now, room }: Grown): Promise<boolean> {
  const stepsOf = ({ partitions }: Followed) => Math.floor(bytesOf(partitions) / (room * STEP));
  const hasGrown = bytesOf(now.partitions) > room && stepsOf(now) > stepsOf(before);
  return hasGrown && (await findKeptSince(snapshot, room)) > now.since;
}

/** The partitions with these customers as they are now. */
async function readAgain(
  snapshot: Snapshot,
  { partitions: before, dictionary, since }: Followed,
  { changed, progress }: { changed: ReadonlySet<string>; progress: LoadProgress },
): Promise<readonly Partition[]> {
  const ids = [...changed];
  const index = new KeyIndex(4);
  const bytes = new Set<number>();
  for (const id of ids) {
    const words = idWordsOf(id);
    index.add(words);
    bytes.add(words[0]! >>> 24);
  }
  const joins = await readJoins(snapshot, dictionary, { ids });
  const read = new Map(
    layDown(await readCustomers(snapshot, { who: { ids }, since, joins, dictionary, progress }), joins),
  );
  const partitions = before.slice();
  for (const byte of bytes) partitions[byte] = splice(before[byte]!, index, read.get(byte) ?? EMPTY_PARTITION);
  return partitions;
}

function idWordsOf(id: string): Uint32Array {
  const digits = id.replaceAll("-", "");
  return Uint32Array.from({ length: 4 }, (_, i) => Number.parseInt(digits.slice(i * 8, i * 8 + 8), 16));
}
