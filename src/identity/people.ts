import type { Db } from "../db/client.ts";
import type { Identity, Verdict } from "../facts/identity.ts";
import { DEFAULT_RANK, type Rules, ruleOf } from "../facts/rules.ts";
import { groupBy, keyBy } from "../kit/group.ts";
import { type Company, findCompany, findLinks, findVerdicts } from "./closure.repository.ts";
import { findIdentities, pairKey } from "./evidence.repository.ts";
import { isPerson, type Link, type Pair, STITCHING_LIMITS } from "./evidence.ts";
import { findKnown, type Passing } from "./known.repository.ts";
import { type Joined, joinLinks } from "./links.ts";

/** What a batch or a verdict changed, so that the state before it is known. */
export interface Change {
  /** Pairs that were not stored before. */
  added: readonly Pair[];
  /** Pairs that may no longer be stored. */
  removed: readonly Pair[];
  /** The verdict that came into force, or was withdrawn. */
  verdict: { verdict: Verdict; isNew: boolean } | null;
  /** The records of a batch that are not stored yet. */
  standing?: KnownNow;
}

/** What a batch says of who is known, beside the rows that are stored. */
export interface KnownNow extends Passing {
  /** The persons on its records of sources that may join. */
  carried: ReadonlySet<string>;
}

/** The ANCHOR and PERSONAL identities as they are joined now, and for which of them the answer is complete. */
export interface People extends Joined {
  identities: ReadonlyMap<string, Identity>;
  /** The identities whose customer follows from what was loaded; the others were loaded only to judge these. */
  settled: ReadonlySet<string>;
  /** The identities of which every conflict is known: `settled` without the public ones. */
  judged: ReadonlySet<string>;
  /** The identities that were contested before the change. */
  wasContested: ReadonlySet<string>;
  /** Carriers that the loaded verdicts name: their owner depends on what became of the persons. */
  judgedCarriers: string[];
}

/**
 * Joins these ANCHOR and PERSONAL identities and all that they reach by links, refused links included, and by verdicts.
 * It does not go on through an identity that was contested before the change and still is: such an identity joins
 * nobody.
 */
export async function joinPeople(
  db: Db,
  seeds: readonly string[],
  { change, rules }: { change: Change; rules: Rules },
): Promise<People> {
  const closure = openClosure(change, rules);
  let frontier = [...new Set(seeds)];
  while (frontier.length > 0) frontier = await widen(db, closure, frontier);
  const identities = [...closure.identities.values()].filter(isPerson);
  const verdicts = [...closure.verdicts.values()];
  const links = [...closure.links.values()];
  const known = await knownAmong(db, closure, change);
  const joined = joinLinks({ identities, links, verdicts, rules, known });
  const wasContested = contestedAmong(closure, linksBefore(change, links), verdictsBefore(change, verdicts));
  const settled = new Set([...closure.visited].filter((id) => joined.customerOf.has(id) || joined.contested.has(id)));
  const persons = keyBy(identities, ({ id }) => id);
  const judged = new Set([...settled].filter((id) => !closure.sharedByMany.has(id)));
  const judgedCarriers = verdicts.flatMap(namedIn).filter((id) => !persons.has(id));
  return { ...joined, identities: persons, settled, judged, wasContested, judgedCarriers };
}

/** Whom sources that may join know among the loaded persons, where others' links ask for it. */
async function knownAmong(db: Db, { links, identities }: Closure, { standing }: Change): Promise<ReadonlySet<string>> {
  if (![...links.values()].some(({ isGuest }) => isGuest)) return new Set();
  const ids = [...identities.values()].filter(isPerson).map(({ id }) => id);
  const stored = await findKnown(db, ids, standing);
  return new Set([...stored, ...(standing?.carried ?? [])]);
}

interface Closure {
  change: Change;
  rules: Rules;
  identities: Map<string, Identity>;
  links: Map<string, Link>;
  verdicts: Map<string, Verdict>;
  /** The identities whose links and verdicts were loaded. */
  visited: Set<string>;
  /** The persons of which a sample was read. */
  sampled: Set<string>;
  /**
   * The persons shared by so many that some of their links prove that they were contested, or shared by too many, before
   * the change and still are.
   */
  sharedByMany: Set<string>;
}

function openClosure(change: Change, rules: Rules): Closure {
  const verdicts = new Map<string, Verdict>();
  const sets = { visited: new Set<string>(), sampled: new Set<string>(), sharedByMany: new Set<string>() };
  return { change, rules, identities: new Map(), links: new Map(), verdicts, ...sets };
}

/** Loads the links and verdicts of the frontier; answers the next frontier. */
async function widen(db: Db, closure: Closure, frontier: readonly string[]): Promise<string[]> {
  await loadIdentities(db, closure, frontier);
  await findSharedByMany(db, closure, frontier);
  const links = await findLinks(
    db,
    frontier.filter((id) => !closure.sharedByMany.has(id)),
  );
  const verdicts = await findVerdicts(db, frontier);
  for (const link of links) closure.links.set(pairKey(link), link);
  for (const verdict of verdicts) closure.verdicts.set(verdict.id, verdict);
  for (const id of frontier) closure.visited.add(id);
  await loadIdentities(db, closure, [...frontier, ...links.flatMap(endsOf), ...verdicts.flatMap(namedIn)]);

  const blocked = await stayContested(db, closure, frontier, links);
  const reached = links.filter((link) => !endsOf(link).some((end) => blocked.has(end))).flatMap(endsOf);
  const next = new Set([...reached, ...verdicts.flatMap(namedIn)]);
  return [...next].filter((id) => !closure.visited.has(id) && isKnownPerson(closure, id));
}

async function loadIdentities(db: Db, closure: Closure, ids: readonly string[]): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => !closure.identities.has(id));
  for (const identity of await findIdentities(db, missing)) closure.identities.set(identity.id, identity);
}

function isKnownPerson({ identities }: Closure, id: string): boolean {
  const identity = identities.get(id);
  return identity !== undefined && isPerson(identity);
}

/** The PERSONAL identities of these links that were contested before the change and still are. */
async function stayContested(
  db: Db,
  closure: Closure,
  frontier: readonly string[],
  links: readonly Link[],
): Promise<Set<string>> {
  const ends = [...frontier, ...links.flatMap(endsOf)];
  await findSharedByMany(db, closure, ends);
  const personal = new Set(personalAmong(closure, ends).filter((id) => !closure.sharedByMany.has(id)));
  if (personal.size === 0) return closure.sharedByMany;
  const around = (await findLinks(db, [...personal])).filter(({ identity }) => personal.has(identity));
  for (const link of around) closure.links.set(pairKey(link), link);
  const verdicts = await findVerdictChain(db, [...personal, ...around.map(({ subject }) => subject)]);
  await loadIdentities(db, closure, [...around.flatMap(endsOf), ...verdicts.flatMap(namedIn)]);
  const now = contestedAmong(closure, around, verdicts);
  const before = contestedAmong(closure, linksBefore(closure.change, around), verdictsBefore(closure.change, verdicts));
  return new Set([...closure.sharedByMany, ...[...personal].filter((id) => now.has(id) && before.has(id))]);
}

function personalAmong({ identities }: Closure, ids: readonly string[]): string[] {
  return [...new Set(ids)].filter((id) => identities.get(id)?.kind === "PERSONAL");
}

/**
 * Finds the persons whom some of their links prove to be contested, or shared by too many, before the change and after it:
 * links that neither the change nor a verdict names. Of a made-up address that thousands gave, a sample is enough.
 */
async function findSharedByMany(db: Db, closure: Closure, ends: readonly string[]): Promise<void> {
  const asked = [...new Set(ends)].filter((id) => isKnownPerson(closure, id) && !closure.sampled.has(id));
  for (const id of asked) closure.sampled.add(id);
  const company = await findCompany(db, asked);
  if (company.length === 0) return;
  const telling = await tellingLinks(db, closure, company);
  const proofs = [...groupBy(telling, ({ id, namespace }) => `${id} ${namespace}`).values()].flatMap(
    (links) => proofIn(closure, links) ?? [],
  );
  for (const { id, subject, identity, ...seen } of proofs) {
    closure.sharedByMany.add(id);
    const link = { subject, identity, ...seen };
    if (!closure.links.has(pairKey(link))) closure.links.set(pairKey(link), link);
  }
  await loadIdentities(db, closure, proofs.flatMap(endsOf));
}

async function tellingLinks(db: Db, { change }: Closure, company: readonly Company[]): Promise<Company[]> {
  const verdicts = await findVerdicts(db, [...new Set(company.flatMap(endsOf))]);
  const named = new Set([...verdicts, ...(change.verdict ? [change.verdict.verdict] : [])].flatMap(namedIn));
  const added = new Set(change.added.map(pairKey));
  return company.filter((link) => !endsOf(link).some((id) => named.has(id)) && !added.has(pairKey(link)));
}

/** Two anchors of one namespace contest a PERSONAL identity; more values than one person has are too many for any. */
function proofIn({ identities, rules }: Closure, links: readonly Company[]): Company[] | null {
  const { id, kind } = links[0]!;
  const { namespace, kind: ownKind } = identities.get(id)!;
  const isUnlimited = (ruleOf(rules, namespace)?.limit ?? null) === null;
  const anchors = links.filter(({ subject }) => subject !== id);
  if (ownKind === "PERSONAL" && kind === "ANCHOR" && isUnlimited && anchors.length > 1) return anchors.slice(0, 2);
  const tooMany = STITCHING_LIMITS.publicAbove + 1;
  const others = [...keyBy(links, ({ subject, identity }) => (subject === id ? identity : subject)).values()];
  return others.length >= tooMany ? others.slice(0, tooMany) : null;
}

/**
 * The verdicts that name these identities, the verdicts that name the identities named there, and so on: MUSTs chain.
 */
async function findVerdictChain(db: Db, ids: readonly string[]): Promise<Verdict[]> {
  const verdicts = new Map<string, Verdict>();
  const asked = new Set<string>();
  let names = [...new Set(ids)];
  while (names.length > 0) {
    for (const name of names) asked.add(name);
    const found = await findVerdicts(db, names);
    for (const verdict of found) verdicts.set(verdict.id, verdict);
    names = [...new Set(found.flatMap(namedIn))].filter((name) => !asked.has(name));
  }
  return [...verdicts.values()];
}

function contestedAmong(closure: Closure, links: readonly Link[], verdicts: readonly Verdict[]): Set<string> {
  const ids = new Set([...links.flatMap(endsOf), ...verdicts.flatMap(namedIn)]);
  const identities = [...ids].flatMap((id) => closure.identities.get(id) ?? []).filter(isPerson);
  return joinLinks({ identities, links, verdicts, rules: closure.rules }).contested;
}

function linksBefore({ added, removed }: Change, links: readonly Link[]): Link[] {
  const isAdded = new Set(added.map(pairKey));
  const long = { first: new Date(0), last: new Date(0), rank: DEFAULT_RANK, source: "", isGuest: false };
  return [...links.filter((link) => !isAdded.has(pairKey(link))), ...removed.map((pair) => ({ ...pair, ...long }))];
}

function verdictsBefore({ verdict }: Change, verdicts: readonly Verdict[]): Verdict[] {
  if (!verdict) return [...verdicts];
  const others = verdicts.filter(({ id }) => id !== verdict.verdict.id);
  return verdict.isNew ? others : [...others, verdict.verdict];
}

function endsOf({ subject, identity }: Pair): string[] {
  return [subject, identity];
}

function namedIn({ left, right }: Verdict): string[] {
  return [...left, ...right];
}
