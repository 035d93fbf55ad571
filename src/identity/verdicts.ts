import type { Identity, Verdict } from "../facts/identity.ts";
import { Components } from "./components.ts";
import { type Conflict, newestVerdictsFirst, VERDICT_SOURCE } from "./evidence.ts";

/** Identities, numbered from 0, as the verdicts in force join them and keep them apart. */
export interface Decided {
  components: Components;
  numbers: ReadonlyMap<string, number>;
  /** Verdicts that no newer one contradicts, newest first. */
  inForce: Verdict[];
  conflicts: Conflict[];
}

/**
 * Rule 1, newest verdict first: MUST joins, even beyond limits; NEVER keeps apart. A verdict that contradicts a newer
 * one is overruled as a whole. Members that are not among the identities (carriers, erased ones) are ignored.
 */
export function applyVerdicts(identities: readonly Identity[], verdicts: readonly Verdict[]): Decided {
  const numbers = new Map(identities.map(({ id }, i) => [id, i]));
  const decided: Decided = { components: new Components(identities.length), numbers, inForce: [], conflicts: [] };
  if (verdicts.length === 0) return decided;
  for (const [order, verdict] of newestVerdictsFirst(verdicts, identities).entries()) {
    const contradiction = verdict.kind === "MUST" ? unite(decided, verdict) : keepApart(decided, verdict, order);
    if (contradiction) decided.conflicts.push(overruled(verdict, contradiction, identities));
    else decided.inForce.push(verdict);
  }
  return decided;
}

type Two = [number, number];

function unite({ components, numbers }: Decided, { left, right }: Verdict): Two | null {
  const members = known(numbers, [...left, ...right]);
  const contradiction = firstForbidden(components, members);
  if (contradiction) return contradiction;
  for (const member of members) components.unite(members[0]!, member);
  return null;
}

/** Checks every pair of components before anything is joined: a verdict is applied as a whole or not at all. */
function firstForbidden(components: Components, members: readonly number[]): Two | null {
  const roots = [...new Set(members.map((member) => components.find(member)))];
  for (const [i, a] of roots.entries()) {
    for (const b of roots.slice(i + 1)) {
      const contradiction = components.forbidden(a, b);
      if (contradiction) return contradiction;
    }
  }
  return null;
}

function keepApart({ components, numbers }: Decided, { left, right }: Verdict, order: number): Two | null {
  const [ours, theirs] = [known(numbers, left), known(numbers, right)];
  const roots = new Map(ours.map((member) => [components.find(member), member]));
  for (const member of theirs) {
    const met = roots.get(components.find(member));
    if (met !== undefined) return [met, member];
  }
  for (const member of ours) components.mark(member, order, 0);
  for (const member of theirs) components.mark(member, order, 1);
  return null;
}

function known(numbers: ReadonlyMap<string, number>, ids: readonly string[]): number[] {
  return ids.flatMap((id) => numbers.get(id) ?? []);
}

function overruled(verdict: Verdict, [a, b]: Two, identities: readonly Identity[]): Conflict {
  return {
    a: identities[a]!.id,
    b: identities[b]!.id,
    kind: "OVERRULED",
    observedAt: verdict.at,
    source: VERDICT_SOURCE,
  };
}
