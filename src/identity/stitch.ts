import type { Db } from "../db/client.ts";
import type { Fact } from "../facts/fact.ts";
import type { Rules } from "../facts/rules.ts";
import { deleteSightings, findKnownPairs, insertIdentities, insertSightings, pairKey } from "./evidence.repository.ts";
import type { Pair } from "./evidence.ts";
import { findOwners, type Owners, ownersAfter } from "./owners.ts";
import { restitch } from "./restitch.ts";
import { soleOwner } from "./timeline.ts";

/** Thrown where a batch without the stitching lock turns out to need it: the caller starts over with it. */
export class NeedsLock extends Error {}

export interface StitchContext {
  batchId: string | null;
  rules: Rules;
  isLocked: boolean;
}

/** A record as it was shown before. */
export interface Replaced {
  id: string;
  subjectId: string;
  occurredAt: Date;
}

/** What a batch shows, and what it takes back because newer revisions replace it. */
export interface Shown {
  facts: readonly Fact[];
  replaced: readonly Replaced[];
}

/**
 * Stores the identity evidence of a batch and moves whom it moves, in the caller's transaction. Without the lock it
 * takes in only what can move nobody.
 */
export async function stitch(db: Db, shown: Shown, context: StitchContext): Promise<Owners> {
  const { facts, replaced } = shown;
  const carried = facts.flatMap((fact) => [fact.subject, ...fact.others]);
  const ids = carried.map(({ id }) => id);
  const [newborn, before, known] = await Promise.all([
    insertIdentities(db, carried, context.batchId),
    findOwners(db, ids),
    findKnownPairs(db, pairsOf(facts)),
  ]);
  const { unsettled, added } = unsettledPairs(facts, before, known);
  if (!context.isLocked && unsettled.length > 0) throw new NeedsLock();
  const [removed] = await Promise.all([
    deleteSightings(db, replaced),
    insertSightings(db, sightingsOf(facts), context.batchId),
  ]);
  const touched = [...unsettled, ...removed];
  if (touched.length === 0) return before;
  const { changes } = await restitch(db, { touched, added, removed, verdict: null, newborn }, context.rules);
  return ownersAfter(before, ids, changes);
}

/** Whether a batch must take the stitching lock, from what is stored now; asked again inside its transaction. */
export async function mustLock(db: Db, facts: readonly Fact[]): Promise<boolean> {
  const paired = facts.filter((fact) => fact.others.length > 0);
  if (paired.length === 0) return false;
  const ids = paired.flatMap((fact) => [fact.subject.id, ...fact.others.map((other) => other.id)]);
  const owners = await findOwners(db, ids);
  if (ids.some((id) => !owners.has(id))) return true;
  return unsettledPairs(paired, owners, await findKnownPairs(db, pairsOf(paired))).unsettled.length > 0;
}

interface Unsettled {
  /** Pairs that may move somebody. */
  unsettled: Pair[];
  /** Those of them that were never seen before. */
  added: Pair[];
}

/**
 * A pair that was seen before, both ends of which belong to one customer at all times, moves nobody: it only repeats an
 * accepted link, or a carrier's only owner. Every other may.
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
    others.map((other) => ({ identityId: other.id, at, subjectId: subject.id, recordId: id, source })),
  );
}
