import type { Identity, Verdict } from "../facts/identity.ts";
import { byNaturalKey } from "../facts/normalise.ts";
import { type Rules, ruleOf } from "../facts/rules.ts";
import type { ConflictKind } from "../facts/vocabulary.ts";
import { groupBy } from "../kit/group.ts";
import type { Components } from "./components.ts";
import { type Conflict, isPerson, isSenior, type Link, STITCHING_LIMITS, type StitchingLimits } from "./evidence.ts";
import { Holdings } from "./holdings.ts";
import { applyVerdicts } from "./verdicts.ts";

export interface JoinInput {
  /** Every identity that the links and verdicts name; carriers among them are ignored. */
  identities: readonly Identity[];
  /** One link for each pair. */
  links: readonly Link[];
  /** The verdicts that were not withdrawn. */
  verdicts: readonly Verdict[];
  rules: Rules;
  limits?: StitchingLimits;
  /** The identities on records of sources that may join: no link of others' unites two of them. */
  known?: ReadonlySet<string>;
}

export interface Joined {
  /** The customer of every ANCHOR and PERSONAL identity that has one owner at all times. */
  customerOf: Map<string, string>;
  /** The contested PERSONAL identities, and what many share: rule 4 divides their time. */
  contested: Set<string>;
  conflicts: Conflict[];
  /** The verdicts that no newer one overrules, newest first. */
  inForce: Verdict[];
}

/**
 * Rules 1 to 3: which identities are one person, from verdicts and links alone. Every rule works on pairs of a subject
 * and another identity. To decide whether an identity is contested, the input must hold its links with their subjects,
 * even subjects whose own links are not loaded; the customers of those subjects must then be ignored.
 */
export function joinLinks({ identities, links, verdicts, rules, ...input }: JoinInput): Joined {
  const { limits = STITCHING_LIMITS, known = NOBODY } = input;
  const people = identities.filter(isPerson);
  const { components, numbers, inForce, conflicts } = applyVerdicts(people, verdicts);
  const pairs = pairsOf(links, { people, numbers, rules });
  const state = { people, components, rules };
  const heeded = pairs.filter(({ link }) => !link.isGuest);
  const disputed = new Set([...contestedIn(heeded, state), ...sharedByManyIn(heeded, state, limits.publicAbove)]);
  const holdings = new Holdings(people, components, rules);
  const followed = pairs.filter(({ a, b }) => !disputed.has(a) && !disputed.has(b)).sort(inOrder);
  const joining = { components, holdings, limits, knownRoots: rootsOf(people, components, known) };
  for (const { a, b, link } of followed) {
    if (components.find(a) === components.find(b)) continue;
    const refused = refusal(joining, link, [a, b]);
    if (refused) conflicts.push(conflictOf(link, refused));
    else unite(joining, a, b);
  }
  for (const { a, b, link } of pairs) {
    const isDisputed = disputed.has(a) || disputed.has(b);
    if (isDisputed && components.find(a) !== components.find(b)) conflicts.push(conflictOf(link, "CONTESTED"));
  }
  // A verdict on a contested identity gives it an owner.
  const loose = [...disputed].filter((member) => components.sizeOf(member) === 1);
  const contested = new Set(loose.map((member) => people[member]!.id));
  return { customerOf: customersOf(people, components, contested), contested, conflicts, inForce };
}

interface NumberedLink {
  a: number;
  b: number;
  link: Link;
  rank: number;
  /**
   * Sorts ascending: newest first, or oldest first where the namespace says so (after other links of the same rank).
   */
  time: number;
  subject: Identity;
  identity: Identity;
}

interface Numbering {
  people: readonly Identity[];
  numbers: ReadonlyMap<string, number>;
  rules: Rules;
}

function pairsOf(links: readonly Link[], { people, numbers, rules }: Numbering): NumberedLink[] {
  const oldest = new Map<string, boolean>();
  const isOldest = (namespace: string) => {
    const known = oldest.get(namespace) ?? ruleOf(rules, namespace)?.isOldest ?? false;
    oldest.set(namespace, known);
    return known;
  };
  return links.flatMap((link) => {
    const [a, b] = [numbers.get(link.subject), numbers.get(link.identity)];
    if (a === undefined || b === undefined || a === b) return [];
    const [subject, identity] = [people[a]!, people[b]!];
    const time = isOldest(identity.namespace) ? link.first.getTime() : -link.last.getTime();
    return { a, b, link, rank: link.rank, time, subject, identity };
  });
}

/** What may join before what may not, then by rank of the source, then newest, then pair. */
function inOrder(x: NumberedLink, y: NumberedLink): number {
  return (
    Number(x.link.isGuest) - Number(y.link.isGuest) ||
    x.rank - y.rank ||
    x.time - y.time ||
    byNaturalKey(x.subject, y.subject) ||
    byNaturalKey(x.identity, y.identity)
  );
}

interface JoinState {
  people: readonly Identity[];
  components: Components;
  rules: Rules;
}

/**
 * Rule 2: PERSONAL identities, of namespaces without a limit of their own, that were seen with two values of one ANCHOR
 * namespace. Values that a verdict joined count as one, so this is decided before any link is followed.
 */
function contestedIn(pairs: readonly NumberedLink[], { people, components, rules }: JoinState): Set<number> {
  const contested = new Set<number>();
  const namespaces = new Map<string, number>();
  const seen = new Map<number, number>();
  const isUnlimited = new Set(
    [...new Set(people.map(({ namespace }) => namespace))].filter(
      (namespace) => (ruleOf(rules, namespace)?.limit ?? null) === null,
    ),
  );
  for (const { a, b, subject, identity } of pairs) {
    if (subject.kind !== "ANCHOR" || identity.kind !== "PERSONAL" || !isUnlimited.has(identity.namespace)) continue;
    const namespace = namespaces.get(subject.namespace) ?? namespaces.size;
    namespaces.set(subject.namespace, namespace);
    const key = namespace * people.length + b;
    const anchor = components.find(a);
    if ((seen.get(key) ?? anchor) !== anchor) contested.add(b);
    else seen.set(key, anchor);
  }
  return contested;
}

/**
 * ANCHOR and PERSONAL identities that were seen with more values of one namespace than a person has: a placeholder that no
 * table foresaw, an address that a shop gives for everybody. Values that a verdict joined count as one here too.
 */
function sharedByManyIn(pairs: readonly NumberedLink[], { people, components }: JoinState, most: number): Set<number> {
  const ends = pairs.flatMap(({ a, b }): [number, number][] => [
    [a, b],
    [b, a],
  ]);
  const seenBy = groupBy(ends, ([member, other]) => `${member} ${people[other]!.namespace}`);
  const shared = [...seenBy.values()].filter(
    (met) => met.length > most && new Set(met.map(([, other]) => components.find(other))).size > most,
  );
  return new Set(shared.map(([first]) => first![0]));
}

interface Joining {
  components: Components;
  holdings: Holdings;
  limits: StitchingLimits;
  /** Of the wholes that hold an identity known from a source that may join. */
  knownRoots: Set<number>;
}

const NOBODY: ReadonlySet<string> = new Set();

function rootsOf(people: readonly Identity[], components: Components, known: ReadonlySet<string>): Set<number> {
  const roots = new Set<number>();
  if (known.size > 0) for (const [i, { id }] of people.entries()) if (known.has(id)) roots.add(components.find(i));
  return roots;
}

function unite({ components, holdings, knownRoots }: Joining, a: number, b: number): void {
  const [one, other] = [components.find(a), components.find(b)];
  const isKnown = knownRoots.has(one) || knownRoots.has(other);
  const root = components.unite(a, b);
  holdings.merge(one, other, root);
  if (isKnown) knownRoots.add(root);
}

function refusal(joining: Joining, { isGuest }: Link, [a, b]: readonly [number, number]): ConflictKind | null {
  const { components, holdings, limits, knownRoots } = joining;
  if (isGuest && knownRoots.has(components.find(a)) && knownRoots.has(components.find(b))) return "SOURCE";
  if (components.forbidden(a, b)) return "NEVER";
  if (holdings.exceed(components.find(a), components.find(b))) return "LIMIT";
  return components.sizeOf(a) + components.sizeOf(b) > limits.customer ? "SIZE" : null;
}

function conflictOf({ subject, identity, last, source }: Link, kind: ConflictKind): Conflict {
  return { a: subject, b: identity, kind, observedAt: last, source };
}

function customersOf(
  people: readonly Identity[],
  components: Components,
  contested: ReadonlySet<string>,
): Map<string, string> {
  const seniors = new Map<number, Identity>();
  for (const [i, person] of people.entries()) {
    const root = components.find(i);
    const senior = seniors.get(root);
    if (!senior || isSenior(person, senior)) seniors.set(root, person);
  }
  const customers = new Map<string, string>();
  for (const [i, { id }] of people.entries()) {
    if (!contested.has(id)) customers.set(id, seniors.get(components.find(i))!.customerId);
  }
  return customers;
}
