import type { Db } from "../db/client.ts";
import { findRanges, type Reassignment } from "./assignments.repository.ts";
import { customerAt, type Range } from "./timeline.ts";

/** The owners of subjects over time. */
export interface Owners {
  /** The customer that owns a subject at an instant. */
  ownerOf(subjectId: string, at: Date): string;
  /** The ranges of a subject in order of time; a single one where it was never shared. */
  rangesOf(subjectId: string): readonly Range[];
  has(subjectId: string): boolean;
}

/** The owners of these identities as the tables hold them. Identities that are not stored are left out. */
export async function findOwners(db: Db, ids: readonly string[]): Promise<Owners> {
  return lookUpIn(await findRanges(db, [...new Set(ids)]));
}

/** The owners of these identities after these changes. */
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
