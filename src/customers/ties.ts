import { groupBy } from "../kit/group.ts";
import { byText } from "../kit/order.ts";
import { IDENTITY_KINDS, type IdentityRow } from "./identity.type.ts";
import type { IdentitySightingType } from "./tie.type.ts";
import type { IdentityVerdictType } from "./verdict.type.ts";

type Seen = Omit<IdentitySightingType, "namespace" | "value" | "kind">;

/** A record's subject and an identity beside it, both of one customer, within one stretch of the subject's time there. */
export interface PairRow extends Seen {
  subjectId: string;
  identityId: string;
}

/** What is shown of one identity: the others of a person are few, the cookies of one may be hundreds. */
const MAX_TIES_SHOWN = 20;
/** Records of one pair that are counted; above it is said that there are more. */
export const MAX_RECORDS_COUNTED = 1_000;

/** What one of a customer's identities was seen with, the strongest kind first, then the last seen. */
export function tiesOf(
  pairs: readonly PairRow[],
  identities: readonly IdentityRow[],
  id: string,
): IdentitySightingType[] {
  const seen = pairs.filter(({ subjectId, identityId }) => subjectId === id || identityId === id);
  const byOther = groupBy(seen, ({ subjectId, identityId }) => (subjectId === id ? identityId : subjectId));
  const strength = ({ kind }: IdentitySightingType) => IDENTITY_KINDS.indexOf(kind);
  return identities
    .flatMap(({ id: otherId, namespace, value, kind }) => {
      const together = byOther.get(otherId);
      return together ? [{ ...together.reduce(fold), namespace, value, kind }] : [];
    })
    .sort((a, b) => strength(a) - strength(b) || b.lastAt.getTime() - a.lastAt.getTime())
    .slice(0, MAX_TIES_SHOWN);
}

/** Either of two may have been the subject, and a subject may have been the customer's more than once. */
function fold(one: PairRow, other: PairRow): PairRow {
  const records = one.records === null || other.records === null ? null : one.records + other.records;
  return {
    ...(one.lastAt < other.lastAt ? other : one),
    records: records !== null && records > MAX_RECORDS_COUNTED ? null : records,
    sources: [...new Set([...one.sources, ...other.sources])].sort(byText),
    firstAt: one.firstAt < other.firstAt ? one.firstAt : other.firstAt,
  };
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
