import type { Db } from "../db/client.ts";
import type { Fact } from "../facts/fact.ts";
import type { Rules } from "../facts/rules.ts";
import {
  deleteSightings,
  deleteSightingsOf,
  findKnownPairs,
  insertIdentities,
  insertSightings,
  pairKey,
} from "./evidence.repository.ts";
import type { Pair, SightingKey } from "./evidence.ts";
import { findOwners, type Owners, ownersAfter } from "./owners.ts";
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

/** The records of a batch, and the earlier versions that they replace. */
export interface BatchShown {
  facts: readonly Fact[];
  replaced: readonly Replaced[];
  /** Single sightings that no longer hold. */
  gone: readonly SightingKey[];
}

/**
 * Stores the identity evidence of a batch and moves customers, in the caller's transaction. Without the lock it throws
 * NeedsLock when anybody could move.
 */
export async function stitch(db: Db, shown: BatchShown, context: StitchContext): Promise<Owners> {
  const { facts, replaced, gone } = shown;
  const carried = facts.flatMap((fact) => [fact.subject, ...fact.others]);
  const ids = carried.map(({ id }) => id);
  const [newborn, before, known] = await Promise.all([
    insertIdentities(db, carried, context.batchId),
    findOwners(db, ids),
    findKnownPairs(db, pairsOf(facts)),
  ]);
  const { unsettled, added } = unsettledPairs(facts, before, known);
  if (!context.isLocked && unsettled.length > 0) throw new NeedsLock();
  const [removed, withdrawn] = await Promise.all([
    deleteSightingsOf(db, replaced),
    deleteSightings(db, gone),
    insertSightings(db, sightingsOf(facts), context.batchId),
  ]);
  const lost = [...removed, ...withdrawn];
  const touched = [...unsettled, ...lost];
  if (touched.length === 0) return before;
  const { changes } = await restitch(db, { touched, added, removed: lost, verdict: null, newborn }, context.rules);
  return ownersAfter(before, ids, changes);
}

/** Whether a batch needs the stitching lock, judging by what is stored now; its own transaction checks again. */
export async function mustLock(db: Db, facts: readonly Fact[]): Promise<boolean> {
  const paired = facts.filter((fact) => fact.others.length > 0);
  if (paired.length === 0) return false;
  const ids = paired.flatMap((fact) => [fact.subject.id, ...fact.others.map((other) => other.id)]);
  const owners = await findOwners(db, ids);
  if (ids.some((id) => !owners.has(id))) return true;
  return unsettledPairs(paired, owners, await findKnownPairs(db, pairsOf(paired))).unsettled.length > 0;
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
function unsettledPairs(facts: readonly Fact[], owners: Owners, known: ReadonlySet<string>): Unsettled {
  const isSettled = (pair: Pair) => {
    const owner = soleOwner(owners.rangesOf(pair.subject));
    return known.has(pairKey(pair)) && owner !== null && owner === soleOwner(owners.rangesOf(pair.identity));
  };
  const unsettled = pairsOf(facts).filter((pair) => !isSettled(pair));
  return { unsettled, added: unsettled.filter((pair) => !known.has(pairKey(pair))) };
}

function pairsOf(facts: readonly Fact[]): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { subject, others } of facts) {
    for (const { id } of others) pairs.set(subject.id + id, { subject: subject.id, identity: id });
  }
  return [...pairs.values()];
}

function sightingsOf(facts: readonly Fact[]) {
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
