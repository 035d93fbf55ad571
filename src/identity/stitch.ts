import type { Db } from "../db/client.ts";
import type { CarriedIdentity, Fact } from "../facts/fact.ts";
import { hasGuests, type Rules, settingsOf } from "../facts/rules.ts";
import {
  deleteSightings,
  deleteSightingsOf,
  findKnownPairs,
  insertIdentities,
  insertSightings,
  pairKey,
  type ShownPair,
} from "./evidence.repository.ts";
import type { Pair, SightingKey } from "./evidence.ts";
import { findKnown, findSeenByGuests } from "./known.repository.ts";
import { findOwners, type Owners, ownersAfter } from "./owners.ts";
import type { KnownNow } from "./people.ts";
import { restitch } from "./restitch.ts";
import { soleOwner } from "./timeline.ts";

/** Thrown when a batch that does not hold the stitching lock needs it: the caller starts over with the lock. */
export class NeedsLock extends Error {}

export interface StitchContext {
  batchId: string | null;
  rules: Rules;
  isLocked: boolean;
}

/** The earlier version of a record that a newer revision replaces. */
interface Replaced {
  id: string;
  subjectId: string;
  occurredAt: Date;
}

/** What stitching needs of a record. */
type ShownFact = Pick<Fact, "id" | "kind" | "source" | "at" | "subject" | "others">;

/** The records of a batch, and the earlier versions that they replace. */
export interface BatchShown {
  facts: readonly ShownFact[];
  replaced: readonly Replaced[];
  /** Single sightings that no longer hold. */
  gone: readonly SightingKey[];
}

/**
 * Stores the identity evidence of a batch and moves customers, in the caller's transaction. Without the lock it throws
 * NeedsLock when anybody could move.
 */
export async function stitch(db: Db, shown: BatchShown, context: StitchContext): Promise<Owners> {
  const { facts, gone } = shown;
  const carried = facts.flatMap((fact) => [fact.subject, ...fact.others]);
  const ids = carried.map(({ id }) => id);
  const [newborn, before, known] = await Promise.all([
    insertIdentities(db, carried, context.batchId),
    findOwners(db, ids),
    findKnownPairs(db, pairsOf(facts, context.rules)),
  ]);
  const { unsettled, added } = unsettledPairs(pairsOf(facts, context.rules), before, known);
  const standing = standingOf(shown, context.rules);
  const named = standing ? await findNamed(db, shown, standing) : [];
  if (!context.isLocked && unsettled.length + named.length > 0) throw new NeedsLock();
  const [replaced, withdrawn] = await Promise.all([
    deleteSightingsOf(db, shown.replaced),
    deleteSightings(db, gone),
    insertSightings(db, sightingsOf(facts), context.batchId),
  ]);
  const lost = [...replaced, ...withdrawn];
  const touched = [...unsettled, ...lost];
  if (touched.length + named.length === 0) return before;
  // What could not join contested nobody either.
  const removed = lost.filter(({ isGuest }) => !isGuest);
  const change = { touched, added, removed, verdict: null, newborn, named, standing };
  const { changes } = await restitch(db, change, context.rules);
  return ownersAfter(before, ids, changes);
}

/** Whether a batch needs the stitching lock, judging by what is stored now; its own transaction checks again. */
export async function mustLock(db: Db, facts: readonly Fact[], rules: Rules): Promise<boolean> {
  const shown = { facts, replaced: [], gone: [] };
  const standing = standingOf(shown, rules);
  if (standing && (await findNamed(db, shown, standing)).length > 0) return true;
  const paired = facts.filter((fact) => fact.others.length > 0);
  if (paired.length === 0) return false;
  const ids = paired.flatMap((fact) => [fact.subject.id, ...fact.others.map((other) => other.id)]);
  const owners = await findOwners(db, ids);
  if (ids.some((id) => !owners.has(id))) return true;
  const pairs = pairsOf(paired, rules);
  return unsettledPairs(pairs, owners, await findKnownPairs(db, pairs)).unsettled.length > 0;
}

/** What the batch says of who is known; undefined where every source may join, so that nobody asks. */
function standingOf({ facts, replaced }: BatchShown, rules: Rules): KnownNow | undefined {
  if (!hasGuests(rules)) return undefined;
  const joining = facts.filter(({ source }) => settingsOf(rules, source).joins);
  const carried = joining.flatMap(({ subject, others }) => [subject, ...others]).filter(isPersons);
  const restated = facts.filter(({ kind }) => kind === "customer");
  return { carried: new Set(carried.map(idOf)), replaced: replaced.map(idOf), restated: restated.map(idOf) };
}

function idOf({ id }: { id: string }): string {
  return id;
}

function isPersons({ kind }: CarriedIdentity): boolean {
  return kind === "ANCHOR" || kind === "PERSONAL";
}

/** Persons on records of sources that may not join, whom this batch makes known to others, or perhaps known no more. */
async function findNamed(db: Db, shown: BatchShown, standing: KnownNow): Promise<string[]> {
  const left = shown.replaced.map(({ subjectId }) => subjectId);
  const seen = await findSeenByGuests(db, [...new Set([...standing.carried, ...left])]);
  const known = new Set(await findKnown(db, seen, standing));
  return seen.filter((id) => !known.has(id) || left.includes(id));
}

interface Unsettled {
  /** Pairs that may move a customer. */
  unsettled: Pair[];
  /** The pairs among them that were not seen before. */
  added: Pair[];
}

/**
 * A known pair whose two ends belong to one customer at all times moves nobody: it repeats an accepted link, or the
 * only owner of a carrier. Any other pair may.
 */
function unsettledPairs(pairs: readonly Pair[], owners: Owners, known: ReadonlySet<string>): Unsettled {
  const isSettled = (pair: Pair) => {
    const owner = soleOwner(owners.rangesOf(pair.subject));
    return known.has(pairKey(pair)) && owner !== null && owner === soleOwner(owners.rangesOf(pair.identity));
  };
  const unsettled = pairs.filter((pair) => !isSettled(pair));
  return { unsettled, added: unsettled.filter((pair) => !known.has(pairKey(pair))) };
}

function pairsOf(facts: readonly ShownFact[], rules: Rules): ShownPair[] {
  const pairs = new Map<string, ShownPair>();
  const guests = hasGuests(rules);
  for (const { subject, others, source } of facts) {
    const isGuest = guests && !settingsOf(rules, source).joins;
    for (const { id } of others) {
      const earlier = pairs.get(subject.id + id);
      pairs.set(subject.id + id, { subject: subject.id, identity: id, isGuest: isGuest && (earlier?.isGuest ?? true) });
    }
  }
  return [...pairs.values()];
}

function sightingsOf(facts: readonly ShownFact[]) {
  return facts.flatMap(({ id, at, source, subject, others }) =>
    others.map((other) => ({
      identityId: other.id,
      at: other.statedAt ?? at,
      subjectId: subject.id,
      recordId: id,
      source,
    })),
  );
}
