import type { Db } from "../db/client.ts";
import type { Identity } from "../facts/identity.ts";
import { findAssignments } from "./assignments.repository.ts";
import { findIdentities } from "./evidence.repository.ts";
import { always, customerAt, type Range } from "./timeline.ts";

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
  const unique = [...new Set(ids)];
  const [identities, assignments] = [await findIdentities(db, unique), await findAssignments(db, unique)];
  return ownersOf(identities, assignments);
}

/** Whose identities are, from their rows; one without an assignment belongs to the id it was born with. */
export function ownersOf(identities: readonly Identity[], assignments: ReadonlyMap<string, readonly Range[]>): Owners {
  const ranges = new Map(
    identities.map(({ id, customerId }) => [id, assignments.get(id) ?? always(customerId)] as const),
  );
  return lookUpIn(ranges);
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

/** The one customer of a subject, or null where it is shared over time. */
export function soleOwner(ranges: readonly Range[]): string | null {
  const [only] = ranges;
  return ranges.length === 1 && only ? only.customerId : null;
}
