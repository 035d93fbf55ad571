import { IDENTITY_KINDS, type IdentityRow } from "./identity.type.ts";
import type { SightingRow } from "./sighting.type.ts";
import type { IdentityVerdictType } from "./verdict.type.ts";

/** A record's subject and an identity beside it, both of one customer. */
export interface PairRow extends Omit<SightingRow, "otherId"> {
  subjectId: string;
  identityId: string;
}

export interface Pair extends PairRow {
  subjectKind: IdentityRow["kind"];
  identityKind: IdentityRow["kind"];
}

/** What is shown of one identity: the others of a person are few, the cookies of one may be hundreds. */
const MAX_TIES_SHOWN = 20;

/** What one identity was seen with, the strongest kind first, then the last seen. */
export function tiesOf(pairs: readonly Pair[], id: string): SightingRow[] {
  const seen = pairs.flatMap((pair) => {
    if (pair.subjectId === id) return [{ ...pair, otherId: pair.identityId, kind: pair.identityKind }];
    if (pair.identityId === id) return [{ ...pair, otherId: pair.subjectId, kind: pair.subjectKind }];
    return [];
  });
  const strength = (kind: IdentityRow["kind"]) => IDENTITY_KINDS.indexOf(kind);
  return seen
    .sort((a, b) => strength(a.kind) - strength(b.kind) || b.lastAt.getTime() - a.lastAt.getTime())
    .slice(0, MAX_TIES_SHOWN);
}

/** The decisions in force that say of one identity that it is one customer with others which are that customer's. */
export function decisionsOf(
  verdicts: readonly IdentityVerdictType[],
  identities: readonly IdentityRow[],
  id: string,
): IdentityVerdictType[] {
  const owned = new Set(identities.map((identity) => identity.id));
  return verdicts.filter(({ kind, withdrawnAt, leftIds, rightIds }) => {
    if (kind !== "MUST" || withdrawnAt !== null) return false;
    const named = [...leftIds, ...rightIds];
    return named.includes(id) && named.some((other) => other !== id && owned.has(other));
  });
}
