import type { Db } from "../db/client.ts";
import type { Identity, Verdict } from "../facts/identity.ts";
import type { Rules } from "../facts/rules.ts";
import type { Reassignment } from "./assignments.repository.ts";
import { settleCarriers } from "./carriers.ts";
import { findSighted, findTurns } from "./closure.repository.ts";
import { findIdentities } from "./evidence.repository.ts";
import { type Conflict, isPerson, newestVerdictsFirst, type Pair, type Turn } from "./evidence.ts";
import { findOwners, lookUpIn } from "./owners.ts";
import { type Change, joinPeople, type People } from "./people.ts";
import { findMarkedPublic } from "./public.repository.ts";
import { findPublicPersons, publicAmong, turnedPublic } from "./public-persons.ts";
import { always, isSameOwner, type Range } from "./timeline.ts";
import { findUses, type OwnersNow, type Uses } from "./uses.ts";

/** What to resolve again, and what changed. */
export interface Restitching extends Change {
  /** Pairs that may move a customer, the added and removed ones included. */
  touched: readonly Pair[];
  /** Identities that no stored row has as its subject yet. */
  newborn?: ReadonlySet<string>;
  /** Persons whom a source that may join knows now, or knows no more, which decides on others' links. */
  named?: readonly string[];
  /** Persons who are a crowd now, or are none any more. */
  turned?: readonly string[];
}

/** What restitching would change. */
export interface Plan {
  changes: Reassignment[];
  conflicts: Conflict[];
  /** The ANCHOR and PERSONAL identities whose conflicts are complete in `conflicts`. */
  judged: ReadonlySet<string>;
  /** Carriers without an owner, as a person or a limit decided. */
  publicOnes: ReadonlySet<string>;
}

/** Computes what would change, from no more evidence than the change can reach (kernel §4). */
export async function planRestitch(db: Db, restitching: Restitching, rules: Rules): Promise<Plan> {
  const touched = await findTouched(db, restitching);
  let seeds = seedsOf(restitching, touched);
  for (;;) {
    const people = await joinPeople(db, seeds, { change: restitching, rules });
    const settlement = await openSettlement(db, people, { restitching, rules });
    const carriers = [...touched.values()].filter(({ kind }) => kind === "CARRIER").map(({ id }) => id);
    const uses = await findUses(db, await reachedBy(db, settlement, carriers), settlement.ownersNow);
    // A verdict on a carrier also names persons; whether it is in force depends on their links.
    const named = personsIn([...uses.verdicts.values()], uses.identities);
    const unheard = [...named, ...(await followersOf(db, settlement))].filter((id) => !people.settled.has(id));
    if (unheard.length === 0) return { ...(await planOf(db, settlement, uses)), judged: people.judged };
    seeds = [...seeds, ...unheard];
  }
}

async function findTouched(db: Db, { touched, verdict }: Restitching): Promise<Map<string, Identity>> {
  const ids = new Set(touched.flatMap(({ subject, identity }) => [subject, identity]));
  for (const id of [...(verdict?.verdict.left ?? []), ...(verdict?.verdict.right ?? [])]) ids.add(id);
  const identities = await findIdentities(db, [...ids]);
  return new Map(identities.map((identity) => [identity.id, identity]));
}

/** The persons of the touched links and of the verdict. */
function seedsOf(
  { touched, verdict, named: known = [], turned = [] }: Restitching,
  named: ReadonlyMap<string, Identity>,
): string[] {
  const isNamedPerson = (id: string) => {
    const identity = named.get(id);
    return identity !== undefined && isPerson(identity);
  };
  const links = touched.filter(({ subject, identity }) => isNamedPerson(subject) && isNamedPerson(identity));
  const decided = verdict ? [...verdict.verdict.left, ...verdict.verdict.right] : [];
  return [
    ...links.flatMap(({ subject, identity }) => [subject, identity]),
    ...decided.filter(isNamedPerson),
    ...known,
    ...turned,
  ];
}

/** The persons as they are joined now, together with the stored owners of all others. */
interface Settlement {
  people: People;
  rules: Rules;
  /** The new ranges of persons that are not the stored ones. */
  changed: Reassignment[];
  /** The persons whose company may move: those that moved, and those that became public or are public no longer. */
  reaching: string[];
  ownersNow: OwnersNow;
}

async function openSettlement(
  db: Db,
  people: People,
  { restitching, rules }: { restitching: Restitching; rules: Rules },
): Promise<Settlement> {
  const fresh = new Map<string, readonly Range[]>();
  for (const id of people.settled) {
    const customerId = people.customerOf.get(id);
    if (customerId !== undefined) fresh.set(id, always(customerId));
  }
  const ownersNow: OwnersNow = async (tx, subjects) => {
    const stored = await findOwners(
      tx,
      subjects.filter((id) => !fresh.has(id)),
    );
    return lookUpIn(new Map(subjects.map((id) => [id, fresh.get(id) ?? stored.rangesOf(id)])));
  };
  const { contested, wasContested } = people;
  const turns = await findTurns(db, [...new Set([...contested, ...wasContested])], [...contested]);
  for (const [id, ranges] of await splitContested(db, people, { turns, rules, ownersNow })) fresh.set(id, ranges);
  const changed = await changesAmong(db, fresh);
  const reaching = [
    ...new Set([...changed.map(subjectOf), ...turnedPublic(people, turns, restitching), ...(restitching.turned ?? [])]),
  ];
  return { people, rules, ownersNow, changed, reaching };
}

/** The time of a contested identity goes to the customers who used it (rule 4). Of those not settled it is as stored. */
async function splitContested(
  db: Db,
  { contested, settled, identities, inForce }: People,
  { turns, rules, ownersNow }: { turns: readonly Turn[]; rules: Rules; ownersNow: OwnersNow },
): Promise<Map<string, readonly Range[]>> {
  const divided = new Set([...contested].filter((id) => settled.has(id)));
  if (divided.size === 0) return new Map();
  const named = [...turns.map(({ subject }) => subject), ...personsIn(inForce, identities)];
  const persons = [...new Set(named)].filter((id) => !divided.has(id));
  const [owners, marked] = await Promise.all([ownersNow(db, persons), findMarkedPublic(db, [...named, ...divided])]);
  return settleCarriers({
    identities: [...identities.values()],
    contested: divided,
    turns,
    together: [],
    ownerOf: new Map(persons.map((id) => [id, owners.rangesOf(id)])),
    inForce,
    publicOnes: new Set([...marked, ...publicAmong(contested, turns)]),
    rules,
  });
}

async function changesAmong(db: Db, fresh: ReadonlyMap<string, readonly Range[]>): Promise<Reassignment[]> {
  const stored = await findOwners(db, [...fresh.keys()]);
  const changes: Reassignment[] = [];
  for (const [subjectId, ranges] of fresh) {
    if (!isSameOwner(stored.rangesOf(subjectId), ranges)) changes.push({ subjectId, ranges });
  }
  return changes;
}

/** The persons seen with those whose company may move: of a contested one, the time depends on them. */
async function followersOf(db: Db, { reaching }: Settlement): Promise<string[]> {
  return findSighted(db, reaching, ["ANCHOR", "PERSONAL"]);
}

function subjectOf({ subjectId }: Reassignment): string {
  return subjectId;
}

/**
 * The touched carriers, the carriers seen with persons whose company may move, and the carriers that a verdict names
 * together with loaded persons.
 */
async function reachedBy(db: Db, { reaching, people }: Settlement, touched: readonly string[]): Promise<string[]> {
  const sighted = await findSighted(db, reaching, ["CARRIER"]);
  return [...new Set([...touched, ...sighted, ...people.judgedCarriers])];
}

function personsIn(verdicts: readonly Verdict[], identities: ReadonlyMap<string, Identity>): string[] {
  const named = new Set(verdicts.flatMap(({ left, right }) => [...left, ...right]));
  return [...named].filter((id) => {
    const identity = identities.get(id);
    return identity !== undefined && isPerson(identity);
  });
}

async function planOf(db: Db, settlement: Settlement, uses: Uses): Promise<Omit<Plan, "judged">> {
  const { people, rules, changed } = settlement;
  const identities = [...uses.identities.values()];
  const persons = identities.filter(isPerson).map(({ id }) => id);
  const [publicOnes, owners, publicPersons] = await Promise.all([
    findMarkedPublic(db, [...uses.identities.keys()]),
    settlement.ownersNow(db, persons),
    findPublicPersons(db, people, { usedByMany: uses.usedByMany, rules }),
  ]);
  if (uses.settled.size === 0) return { changes: changed, conflicts: people.conflicts, publicOnes };
  const onCarriersOnly = [...uses.verdicts.values()].filter(
    (verdict) => personsIn([verdict], uses.identities).length === 0,
  );
  const settled = settleCarriers({
    identities,
    contested: new Set(),
    turns: uses.turns,
    together: uses.together,
    ownerOf: new Map(persons.map((id) => [id, owners.rangesOf(id)])),
    inForce: newestVerdictsFirst([...people.inForce, ...onCarriersOnly], identities),
    publicOnes: new Set([...publicOnes, ...publicPersons]),
    rules,
  });
  const wanted = new Map([...settled].filter(([id]) => uses.settled.has(id)));
  return { changes: [...changed, ...(await changesAmong(db, wanted))], conflicts: people.conflicts, publicOnes };
}
