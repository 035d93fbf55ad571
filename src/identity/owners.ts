import type { Db } from "../db/client.ts";
import { findRanges, type Reassignment } from "./assignments.repository.ts";
import { customerAt, type Range } from "./timeline.ts";

/** Whose each subject is, over time. */
export interface Owners {
  /** The customer whom a subject belongs to at an instant. */
  ownerOf(subjectId: string, at: Date): string;
  /** All stretches of a subject, in time; one of them all where it was never shared. */
  rangesOf(subjectId: string): readonly Range[];
  has(subjectId: string): boolean;
}

/** Whose these identities are as the tables hold it now. Identities that are not stored are left out. */
export async function findOwners(db: Db, ids: readonly string[]): Promise<Owners> {
  return lookUpIn(await findRanges(db, [...new Set(ids)]));
}

/** Whose these identities are once some of them were given to others. */
export function ownersAfter(before: Owners, ids: readonly string[], changes: readonly Reassignment[]): Owners {
  const changed = new Map(changes.map(({ subjectId, ranges }) => [subjectId, ranges]));
  return lookUpIn(new Map(ids.map((id) => [id, changed.get(id) ?? before.rangesOf(id)])));
}

export function lookUpIn(ranges: ReadonlyMap<string, readonly Range[]>): Owners {
  const rangesOf = (subjectId: string) => {
    const found = ranges.get(subjectId);
    if (!found) throw new Error("The owner of an identity was asked for before it was loaded.");
    return found;
  };
  return {
    has: (subjectId) => ranges.has(subjectId),
    rangesOf,
    ownerOf: (subjectId, at) => customerAt(rangesOf(subjectId), at.getTime()),
  };
}
