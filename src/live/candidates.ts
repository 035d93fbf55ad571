import { groupBy } from "../kit/group.ts";
import type { Person } from "./person.ts";
import type { Candidate } from "./situation.ts";
import type { OwnerRow } from "./who.sql.ts";

/** The candidates that are shown where nobody asks for more: an agent asks two questions, not ten. */
export const USUAL_CANDIDATES = 5;
export const MOST_CANDIDATES = 100;
/** How much each kind of identity proves about who is calling. */
const PROOF: Readonly<Record<OwnerRow["kind"], number>> = { ANCHOR: 0.99, PERSONAL: 0.95, CARRIER: 0.9 };
/** Of a carrier that is theirs by a chain alone, such as the telephone of whoever their call was passed on to. */
const BY_CHAIN = 0.5;
/** A visitor to whom the dialled number was lent. */
const LEASED = 0.85;
/** Of a shared identity: the part of the proof that goes to its present owner; use divides the rest. */
const TO_OWNER_NOW = 0.3;
/** Two candidates whose scores differ by less are equally likely. */
const CLOSE = 0.3;

interface Reason {
  confidence: number;
  why: string;
}

/** The customers who may be calling, likeliest first. Proofs of one customer add up. */
export function rank(owners: readonly OwnerRow[], people: readonly Person[]): Candidate[] {
  const byCustomer = groupBy(owners, ({ customerId }) => customerId);
  const now = groupBy(
    owners.filter(({ isNow }) => isNow),
    useOf,
  );
  const candidates = people.flatMap((person) => {
    const reasons = (byCustomer.get(person.id) ?? []).map((owner) => {
      return reasonOf(owner, { person, isNowOf: now.get(useOf(owner))?.length ?? 0 });
    });
    return reasons.length > 0 ? [candidateOf(person, reasons)] : [];
  });
  return candidates.sort((a, b) => b.confidence - a.confidence || (a.id < b.id ? -1 : 1));
}

function useOf({ identityId, way }: OwnerRow): string {
  return identityId + way;
}

/** Whether the second candidate is about as likely as the first. */
export function isShared([first, second]: readonly Candidate[]): boolean {
  return first !== undefined && second !== undefined && first.confidence - second.confidence < CLOSE;
}

function candidateOf(person: Person, reasons: Reason[]): Candidate {
  const sorted = reasons.sort((a, b) => b.confidence - a.confidence);
  const doubt = sorted.reduce((left, { confidence }) => left * (1 - confidence), 1);
  return {
    id: person.id,
    isAnonymous: person.isAnonymous,
    createdAt: person.createdAt,
    knownName: person.displayName,
    confidence: Math.round((1 - doubt) * 1_000) / 1_000,
    why: [...new Set(sorted.map(({ why }) => why))].join(" "),
  };
}

function reasonOf(owner: OwnerRow, { isNowOf, person }: { isNowOf: number; person: Person }): Reason {
  const proof = owner.way === "LEASE" ? LEASED : PROOF[owner.kind];
  const what = owner.way === "LEASE" ? "The number dialled was shown to this visitor" : `This ${owner.namespace}`;
  if (owner.owners > 1)
    return { confidence: proof * shareOf(owner, isNowOf), why: `${what} ${usedBy(owner, isNowOf)}.` };
  if (owner.way === "LEASE") return { confidence: proof, why: `${what}.` };
  const confidence = isOnlyBeside(owner, person) ? BY_CHAIN : proof;
  return { confidence, why: `${what} ${whoseAlone(owner, person)}.` };
}

/** Of one customer no more can be said than that no other is known. */
function whoseAlone(owner: OwnerRow, person: Person): string {
  if (owner.isEverybodys) return "is used by several customers and belongs to none of them";
  if (isOnlyBeside(owner, person))
    return "was never seen with them by name, only in one contact or session with what is theirs: ask who is calling";
  return person.isAnonymous ? "was seen before, though nothing names its owner" : "was seen with no other customer";
}

function isOnlyBeside({ isByChain }: OwnerRow, { isAnonymous }: Person): boolean {
  return isByChain && !isAnonymous;
}

/** The present owner of a shared identity is likelier than somebody who used it as often. */
function shareOf({ isNow, weight, allWeight }: OwnerRow, isNowOf: number): number {
  const byUse = allWeight ? (weight ?? 0) / allWeight : 0;
  return (isNow ? TO_OWNER_NOW / isNowOf : 0) + (1 - TO_OWNER_NOW) * byUse;
}

function usedBy({ owners, isNow, times, lastAt }: OwnerRow, isNowOf: number): string {
  const now =
    isNowOf > 1
      ? `, theirs or that of ${isNowOf === 2 ? "another" : `${isNowOf - 1} others`} at the moment`
      : ", theirs at the moment";
  const use =
    times && lastAt
      ? `, seen with them ${times === 1 ? "once" : `${times} times`}, last on ${lastAt.slice(0, 10)}`
      : "";
  return `is shared by ${owners} customers${isNow ? now : ""}${use}`;
}
