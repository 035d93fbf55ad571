import type { Db } from "../db/client.ts";
import type { Identity, Verdict } from "../facts/identity.ts";
import { type Rules, ruleOf } from "../facts/rules.ts";
import { groupBy, keyBy } from "../kit/group.ts";
import { findCompany, findLinks, findVerdicts } from "./closure.repository.ts";
import { findIdentities, pairKey } from "./evidence.repository.ts";
import { isPerson, type Link, type Pair } from "./evidence.ts";
import { type Joined, joinLinks } from "./links.ts";

/** What a batch or a verdict changed, so that the closure knows what was there before it. */
export interface Change {
  /** Pairs that the tables did not hold before. */
  added: readonly Pair[];
  /** Pairs that the tables may no longer hold. */
  removed: readonly Pair[];
  /** A verdict that has just come into force, or has just left it. */
  verdict: { verdict: Verdict; isNew: boolean } | null;
}

/** ANCHOR and PERSONAL identities joined anew, and which of them the answer is complete for. */
export interface People extends Joined {
  identities: ReadonlyMap<string, Identity>;
  /** Those whose customer follows from what was loaded; the others were only needed to judge their neighbours. */
  settled: ReadonlySet<string>;
  /** Those of whom every conflict is known: all of `settled` but the crowds. */
  judged: ReadonlySet<string>;
  /** Whom else the verdicts name that were asked: carriers, whose owner hangs on what became of the persons. */
  judgedCarriers: string[];
}

/**
 * Joins the ANCHOR and PERSONAL identities given and all that hang together with them, by links, refused ones
 * included, and by verdicts, but not through one that was contested and still is: nothing passes through it.
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
  const joined = joinLinks({ identities, links: [...closure.links.values()], verdicts, rules });
  const settled = new Set([...closure.visited].filter((id) => joined.customerOf.has(id) || joined.contested.has(id)));
  const known = keyBy(identities, ({ id }) => id);
  const judged = new Set([...settled].filter((id) => !closure.crowds.has(id)));
  const judgedCarriers = verdicts.flatMap(namedIn).filter((id) => !known.has(id));
  return { ...joined, identities: known, settled, judged, judgedCarriers };
}

interface Closure {
  change: Change;
  rules: Rules;
  identities: Map<string, Identity>;
  links: Map<string, Link>;
  verdicts: Map<string, Verdict>;
  /** Whose own links and verdicts were loaded. */
  visited: Set<string>;
  /** PERSONAL identities that were asked whether they are of the next. */
  glanced: Set<string>;
  /** PERSONAL identities that so many were seen with that a few of their links tell: contested, before and after. */
  crowds: Set<string>;
}

function openClosure(change: Change, rules: Rules): Closure {
  const verdicts = new Map<string, Verdict>();
  const sets = { visited: new Set<string>(), glanced: new Set<string>(), crowds: new Set<string>() };
  return { change, rules, identities: new Map(), links: new Map(), verdicts, ...sets };
}

/** Loads what hangs on the frontier; answers the next one. */
async function widen(db: Db, closure: Closure, frontier: readonly string[]): Promise<string[]> {
  await loadIdentities(db, closure, frontier);
  await spotCrowds(db, closure, personalAmong(closure, frontier));
  const links = await findLinks(
    db,
    frontier.filter((id) => !closure.crowds.has(id)),
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

/** The PERSONAL identities of these links that were contested before the change and are so after it. */
async function stayContested(
  db: Db,
  closure: Closure,
  frontier: readonly string[],
  links: readonly Link[],
): Promise<Set<string>> {
  const asked = personalAmong(closure, [...frontier, ...links.flatMap(endsOf)]);
  await spotCrowds(db, closure, asked);
  const personal = new Set(asked.filter((id) => !closure.crowds.has(id)));
  if (personal.size === 0) return closure.crowds;
  const around = (await findLinks(db, [...personal])).filter(({ identity }) => personal.has(identity));
  for (const link of around) closure.links.set(pairKey(link), link);
  const verdicts = await findVerdictChain(db, [...personal, ...around.map(({ subject }) => subject)]);
  await loadIdentities(db, closure, [...around.flatMap(endsOf), ...verdicts.flatMap(namedIn)]);
  const now = contestedAmong(closure, around, verdicts);
  const before = contestedAmong(closure, linksBefore(closure.change, around), verdictsBefore(closure.change, verdicts));
  return new Set([...closure.crowds, ...[...personal].filter((id) => now.has(id) && before.has(id))]);
}

function personalAmong({ identities }: Closure, ids: readonly string[]): string[] {
  return [...new Set(ids)].filter((id) => identities.get(id)?.kind === "PERSONAL");
}

/**
 * Finds the PERSONAL identities that two anchors of one namespace share whom neither the change nor any verdict names:
 * whatever else they were seen with, they were contested and are. Of a bogus address that thousands gave, two links say so.
 */
async function spotCrowds(db: Db, closure: Closure, asked: readonly string[]): Promise<void> {
  const { change, rules, crowds, glanced } = closure;
  const isUnlimited = (id: string) => (ruleOf(rules, closure.identities.get(id)!.namespace)?.limit ?? null) === null;
  const company = await findCompany(
    db,
    asked.filter((id) => !glanced.has(id) && isUnlimited(id)),
  );
  for (const id of asked) glanced.add(id);
  if (company.length === 0) return;
  const verdicts = await findVerdicts(db, [...new Set(company.flatMap(endsOf))]);
  const named = new Set([...verdicts, ...(change.verdict ? [change.verdict.verdict] : [])].flatMap(namedIn));
  const added = new Set(change.added.map(pairKey));
  const telling = company.filter((link) => !endsOf(link).some((id) => named.has(id)) && !added.has(pairKey(link)));
  const byNamespace = groupBy(telling, ({ identity, namespace }) => `${identity} ${namespace}`);
  const proofs = [...byNamespace.values()].filter(({ length }) => length > 1).flatMap((links) => links.slice(0, 2));
  for (const link of proofs) {
    crowds.add(link.identity);
    if (!closure.links.has(pairKey(link))) closure.links.set(pairKey(link), link);
  }
  await loadIdentities(
    db,
    closure,
    proofs.map(({ subject }) => subject),
  );
}

/** The verdicts that name these, those that name whom they name, and so on: one MUST after the other makes values one. */
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
  const long = { first: new Date(0), last: new Date(0), rank: 100, source: "" };
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
