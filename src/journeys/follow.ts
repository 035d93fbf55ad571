import type { Snapshot } from "../db/snapshot.ts";
import type { Attribute } from "../fields/derive/attributes.ts";
import { AppError } from "../kit/errors.ts";
import { attach, attachAgain, detach, type ReadAttribute, unfitting } from "./attributes.repository.ts";
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
  /** What lies beside the columns that are always there. */
  attributes: readonly ReadAttribute[];
  /** Why what was asked for does not, by its name. */
  refused: ReadonlyMap<string, AppError>;
  /** With what the reading of others failed, by their name: the next one tries again what is asked for then. */
  failed: ReadonlyMap<string, unknown>;
}

/** The same as of this snapshot: customers who changed since are read again, or all of them where nobody can tell who. */
export async function follow(
  snapshot: Snapshot,
  before: Followed | null,
  { progress = new LoadProgress(), room = Number.POSITIVE_INFINITY, attributes = [] }: Partial<LoadTerms> = {},
): Promise<Followed> {
  const { seen, changed, erasedTexts } = await readChanges(snapshot, before?.seen ?? null);
  if (before !== null && changed !== "EVERYTHING") {
    const { dictionary, since } = before;
    dictionary.items.forget(erasedTexts);
    const read = changed.size === 0 ? before : await readAgain(snapshot, before, { changed, progress });
    await nameItems(snapshot, dictionary);
    const { partitions } = read;
    const now = { ...before, partitions, attributes: read.attributes, dictionary, since, seen };
    if (!(await hasOutgrown(snapshot, { before, now, room }))) return attached(snapshot, now, { attributes, room });
  }
  const dictionary = new Dictionaries();
  progress.begin();
  const loaded = await load(snapshot, dictionary, { progress, room });
  return attached(
    snapshot,
    { ...loaded, dictionary, seen, attributes: [], refused: new Map(), failed: new Map() },
    { attributes, room },
  );
}

/**
 * The same with these attributes, as of the snapshot that it was read with: what it has not is read, and all others go. Of
 * what there is no room for, what was asked for last comes first.
 */
export async function attached(
  snapshot: Snapshot,
  followed: Followed,
  { attributes: all, room }: Pick<LoadTerms, "attributes" | "room">,
): Promise<Followed> {
  const failed = new Map<string, unknown>(unfitting(followed.partitions, all, room));
  const asked = all.filter(({ name }) => !failed.has(name));
  const has = (attributes: readonly Attribute[], name: string) => attributes.some((one) => one.name === name);
  const { dictionary, attributes: before } = followed;
  const gone = before.filter(({ name }) => !has(asked, name));
  const attributes = before.filter(({ name }) => has(asked, name));
  const refused = new Map([...followed.refused].filter(([name]) => has(asked, name)));
  let partitions = gone.length === 0 ? followed.partitions : detach(followed.partitions, gone);
  for (const attribute of asked) {
    if (has(before, attribute.name) || refused.has(attribute.name)) continue;
    try {
      const read = await snapshot.attempt(() => attach(snapshot, partitions, { attribute, dictionary }), 0);
      if (read instanceof AppError) refused.set(attribute.name, read);
      else {
        partitions = read.partitions;
        attributes.push(read.attribute);
      }
    } catch (error) {
      // Others asked for something else, and are answered all the same.
      failed.set(attribute.name, error);
    }
  }
  return { ...followed, partitions, attributes, refused, failed };
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
  { partitions: before, dictionary, since, attributes }: Followed,
  { changed, progress }: { changed: ReadonlySet<string>; progress: LoadProgress },
): Promise<Pick<Followed, "partitions" | "attributes">> {
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
  const again = { before, after: partitions, changed: { ids, index, bytes }, attributes, dictionary };
  return attachAgain(snapshot, again);
}

function idWordsOf(id: string): Uint32Array {
  const digits = id.replaceAll("-", "");
  return Uint32Array.from({ length: 4 }, (_, i) => Number.parseInt(digits.slice(i * 8, i * 8 + 8), 16));
}
