import type { Verdict } from "../facts/identity.ts";
import { apartFrom, type Owner, type Range, rangesOf } from "./timeline.ts";

/** One verdict as it concerns one carrier or contested identity. */
export interface HeldVerdict {
  kind: Verdict["kind"];
  verdict: Verdict;
  /** Of a MUST the other members, of a NEVER the other side. */
  others: readonly string[];
}

/** The verdicts by carrier or contested identity, newest first. */
export type VerdictIndex = ReadonlyMap<string, readonly HeldVerdict[]>;

/** Indexes the verdicts by the identities that they cannot join: on a carrier a verdict does not chain. */
export function indexVerdicts(inForce: readonly Verdict[], isConcerned: (id: string) => boolean): VerdictIndex {
  const verdictIndex = new Map<string, HeldVerdict[]>();
  const hold = (ids: readonly string[], verdict: Verdict, others: readonly string[]) => {
    for (const id of new Set(ids)) {
      if (!isConcerned(id)) continue;
      const held = verdictIndex.get(id) ?? [];
      verdictIndex.set(id, held);
      held.push({ kind: verdict.kind, verdict, others: others.filter((other) => other !== id) });
    }
  };
  for (const verdict of inForce) {
    const { kind, left, right } = verdict;
    if (kind === "MUST") hold([...left, ...right], verdict, [...left, ...right]);
    else {
      hold(left, verdict, right);
      hold(right, verdict, left);
    }
  }
  return verdictIndex;
}

/** The owner of an identity; undefined while it is not settled, or when it has none. */
export type OwnerLookup = (id: string) => Owner | undefined;

/** The ranges without the time of customers whom a NEVER forbids; that time goes to `own`. */
export function keptApart(
  ranges: readonly Range[],
  held: readonly HeldVerdict[],
  { owners, own }: { owners: OwnerLookup; own: string },
): readonly Range[] {
  let kept = ranges;
  for (const { kind, others } of held) {
    if (kind === "MUST") continue;
    for (const other of others) {
      const owner = owners(other);
      if (owner !== undefined) kept = apartFrom(kept, rangesOf(owner), own);
    }
  }
  return kept;
}

/** Whether the ranges already respect these NEVERs. */
export function heedsNevers(ranges: readonly Range[], held: readonly HeldVerdict[], owners: OwnerLookup): boolean {
  return keptApart(ranges, held, { owners, own: "" }) === ranges;
}
