import type { Identity, Verdict } from "../facts/identity.ts";
import { strongestFirst } from "../facts/normalise.ts";
import { groupBy } from "../kit/group.ts";
import type { Scene, Settled } from "./carriers.ts";
import { customerIdOf, type Pair } from "./evidence.ts";
import { always, type Range } from "./timeline.ts";
import { heedsNevers, keptApart, type VerdictIndex } from "./verdict-index.ts";
import { applyVerdicts, type Decided } from "./verdicts.ts";

interface GroupScene extends Scene {
  states: ReadonlyMap<string, Settled>;
}

/** Rule 5: the owners of carriers that were never seen with a person, from the carriers they shared records with. */
export function settleGroups(scene: GroupScene): Map<string, readonly Range[]> {
  const lonely = scene.carriers.filter(({ id }) => scene.states.get(id)?.state === "NONE");
  const answer = new Map<string, readonly Range[]>();
  if (lonely.length === 0) return answer;
  const pairs = [...scene.together];
  const groups = groupsOf(scene, lonely, pairs);
  const company = companyOf(scene, groups, [...pairs, ...bondsOf(scene)]);
  for (const group of new Set(groups.values())) {
    const ranges = rangesOf(scene, group, company.get(group) ?? []);
    for (const { id } of group) answer.set(id, ranges);
  }
  return answer;
}

type Group = readonly Identity[];

/**
 * The carriers that shared records, as groups. A group above the limit falls apart into single carriers and those that
 * a verdict joined.
 */
function groupsOf(scene: GroupScene, lonely: readonly Identity[], pairs: readonly Pair[]): Map<string, Group> {
  const verdicts = verdictsAmong(scene, lonely);
  const decided = applyVerdicts(lonely, verdicts);
  const isOrdered = verdicts.some(({ kind }) => kind === "NEVER");
  for (const [a, b] of edgesOf(scene, decided, isOrdered ? inOrder(scene, pairs) : pairs)) {
    if (!decided.components.forbidden(a, b)) decided.components.unite(a, b);
  }
  const alone = applyVerdicts(lonely, verdicts).components;
  const members = groupBy(lonely.keys(), (i) => {
    const isTooLarge = decided.components.sizeOf(i) > scene.limits.group;
    return isTooLarge ? `alone ${alone.find(i)}` : `group ${decided.components.find(i)}`;
  });
  const groups = new Map<string, Group>();
  for (const numbers of members.values()) {
    const group = numbers.map((i) => lonely[i]!);
    for (const { id } of group) groups.set(id, group);
  }
  return groups;
}

/** The verdicts between ownerless carriers. */
function verdictsAmong(scene: GroupScene, lonely: readonly Identity[]): Verdict[] {
  const ids = new Set(lonely.map(({ id }) => id));
  return scene.inForce.flatMap((verdict) => {
    const meant = verdict.kind === "MUST" ? boundBy(scene, verdict) : null;
    const isMeant = (id: string) => ids.has(id) && (meant === null || meant.includes(id));
    const [left, right] = [verdict.left.filter(isMeant), verdict.right.filter(isMeant)];
    return left.length + right.length > 1 ? [{ ...verdict, left, right }] : [];
  });
}

/**
 * The carriers that a MUST joins. Where it names carriers only, they count as seen on one record. It does not chain: of
 * several MUSTs on one carrier only the newest counts.
 */
function boundBy({ verdictIndex, known }: GroupScene, verdict: Verdict): string[] {
  const members = [...new Set([...verdict.left, ...verdict.right])];
  if (!members.every((id) => known.get(id)?.kind === "CARRIER")) return [];
  return members.filter((id) => verdictIndex.get(id)?.find(({ kind }) => kind === "MUST")?.verdict === verdict);
}

function bondsOf(scene: GroupScene): Pair[] {
  const bound = scene.inForce.flatMap((verdict) => (verdict.kind === "MUST" ? [boundBy(scene, verdict)] : []));
  return bound.flatMap((members) =>
    members.flatMap((subject, i) => members.slice(i + 1).map((identity) => ({ subject, identity }))),
  );
}

function* edgesOf({ states }: GroupScene, { numbers }: Decided, pairs: readonly Pair[]): Generator<[number, number]> {
  for (const { subject, identity } of pairs) {
    if (states.get(subject)?.state !== "NONE" || states.get(identity)?.state !== "NONE") continue;
    yield [numbers.get(subject)!, numbers.get(identity)!];
  }
}

/** Pairs in order of strength: where a NEVER refuses a pair, the order decides which. */
function inOrder({ known, rules }: GroupScene, pairs: readonly Pair[]): Pair[] {
  const isKnown = ({ subject, identity }: Pair) => known.has(subject) && known.has(identity);
  const compare = (a: string, b: string) => strongestFirst(known.get(a)!, known.get(b)!, rules);
  return pairs.filter(isKnown).sort((x, y) => compare(x.subject, y.subject) || compare(x.identity, y.identity));
}

interface Neighbour {
  identity: Identity;
  settled: Exclude<Settled, { state: "NONE" }>;
}

/** The carriers with an owner that shared a record with a member, by group. */
function companyOf(
  { known, states, verdictIndex }: GroupScene,
  groups: ReadonlyMap<string, Group>,
  pairs: readonly Pair[],
): Map<Group, Neighbour[]> {
  const company = new Map<Group, Neighbour[]>();
  const meet = (member: string, other: string) => {
    const group = groups.get(member);
    const state = states.get(other);
    const neighbour = known.get(other);
    if (!group || !neighbour || !state || state.state === "NONE" || state.state === "PUBLIC") return;
    if (isForbidden(verdictIndex, member, other)) return;
    const met = company.get(group) ?? [];
    company.set(group, met);
    met.push({ identity: neighbour, settled: state });
  };
  for (const { subject, identity } of pairs) {
    meet(subject, identity);
    meet(identity, subject);
  }
  return company;
}

function isForbidden(verdictIndex: VerdictIndex, member: string, other: string): boolean {
  return verdictIndex.get(member)?.some(({ kind, others }) => kind === "NEVER" && others.includes(other)) ?? false;
}

function rangesOf(
  { verdictIndex, owners, rules }: GroupScene,
  group: Group,
  company: readonly Neighbour[],
): readonly Range[] {
  const own = customerIdOf(group);
  const heldVerdicts = group.flatMap(({ id }) => verdictIndex.get(id) ?? []);
  const heeded = company.filter(
    ({ settled }) => settled.state !== "ONE" || heedsNevers(settled.ranges, heldVerdicts, owners),
  );
  const single = new Set(heeded.flatMap(({ settled }) => (settled.state === "ONE" ? [settled.customerId] : [])));
  const [only, ...more] = single;
  if (only !== undefined) return always(more.length === 0 ? only : own);
  const strongest = heeded.reduce<Neighbour | null>(
    (best, one) => (best && strongestFirst(best.identity, one.identity, rules) <= 0 ? best : one),
    null,
  );
  return strongest ? keptApart(strongest.settled.ranges, heldVerdicts, { owners, own }) : always(own);
}
