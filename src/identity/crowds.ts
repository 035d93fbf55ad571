import type { Db } from "../db/client.ts";
import type { Identity } from "../facts/identity.ts";
import { type Rules, settingsOf } from "../facts/rules.ts";
import { byText } from "../kit/order.ts";
import { findTurned, insertConflicts, markPersons, removeConflicts } from "./crowds.repository.ts";
import {
  type Conflict,
  isPerson,
  type Pair,
  type Sighting,
  STITCHING_LIMITS,
  type StitchingLimits,
} from "./evidence.ts";
import { findMarkedPublic } from "./public.repository.ts";

// A number that a shop writes on everybody's records was seen with everybody's telephone. It is public: it stays a customer of its
// own, and none of those telephones and browsers is its.

type Carrier = "telephones" | "browsers";

/** What a carrier counts as; null of a contact, which a person has any number of. */
function countedAs(namespace: string): Carrier | null {
  if (namespace === "contact") return null;
  return namespace === "phone" ? "telephones" : "browsers";
}

/** The persons who were seen, as the subject of a record, with more telephones or browsers than a person has. */
export function crowdsAmong(
  sightings: readonly Sighting[],
  {
    known,
    rules,
    limits = STITCHING_LIMITS,
  }: { known: ReadonlyMap<string, Identity>; rules: Rules; limits?: StitchingLimits },
): Set<string> {
  const seen = new Map<string, Record<Carrier, Set<string>>>();
  for (const { subjectId, identityId, source } of sightings) {
    const [subject, identity] = [known.get(subjectId), known.get(identityId)];
    if (!subject || !isPerson(subject) || identity?.kind !== "CARRIER" || !settingsOf(rules, source).joins) continue;
    const counted = countedAs(identity.namespace);
    if (!counted) continue;
    const uses = seen.get(subjectId) ?? { telephones: new Set(), browsers: new Set() };
    seen.set(subjectId, uses);
    uses[counted].add(identityId);
  }
  const isCrowd = ({ telephones, browsers }: Record<Carrier, Set<string>>) =>
    telephones.size > limits.telephones || browsers.size > limits.browsers;
  return new Set([...seen].flatMap(([id, uses]) => (isCrowd(uses) ? [id] : [])));
}

/** What keeps these crowds apart from the telephones and browsers that they were seen with: the newest sighting of each pair. */
export function conflictsOf(
  crowds: ReadonlySet<string>,
  sightings: readonly Sighting[],
  { known, rules }: { known: ReadonlyMap<string, Identity>; rules: Rules },
): Conflict[] {
  const newest = new Map<string, Conflict>();
  for (const { subjectId: a, identityId: b, at: observedAt, source } of sightings) {
    const identity = known.get(b);
    if (!crowds.has(a) || identity?.kind !== "CARRIER" || !countedAs(identity.namespace)) continue;
    if (!settingsOf(rules, source).joins) continue;
    const shown = newest.get(a + b);
    const order = shown ? shown.observedAt.getTime() - observedAt.getTime() || byText(source, shown.source) : -1;
    if (order < 0) newest.set(a + b, { a, b, kind: "CONTESTED", observedAt, source });
  }
  return [...newest.values()];
}

/**
 * Lists again what keeps crowds apart from their telephones and browsers: all of those who turned or were judged, of others the
 * pairs that were touched.
 */
export async function listCrowds(
  db: Db,
  { touched, turned }: { touched: readonly Pair[]; turned: readonly string[] },
  judged: ReadonlySet<string>,
): Promise<void> {
  const asked = new Set([...judged, ...turned, ...touched.map(({ subject }) => subject)]);
  const marked = await findMarkedPublic(db, [...asked]);
  const whole = new Set([...judged].filter((id) => marked.has(id)).concat(turned));
  const pairs = touched.filter(({ subject }) => marked.has(subject) && !whole.has(subject));
  await removeConflicts(db, { crowds: [...whole], pairs });
  await insertConflicts(db, { crowds: [...whole].filter((id) => marked.has(id)), pairs });
}

/** What became of the evidence, as far as it may make a crowd of a person, or a person of a crowd. */
interface Seen {
  added: readonly Pair[];
  removed: readonly Pair[];
  newborn?: ReadonlySet<string>;
}

/** Marks the persons whom these pairs make a crowd, and takes the mark off those who are none any more; answers both. */
export async function settleCrowds(db: Db, { added, removed, newborn = new Set() }: Seen): Promise<string[]> {
  const pairs = new Map<string, number>();
  for (const { subject } of added) pairs.set(subject, (pairs.get(subject) ?? 0) + 1);
  const fewest = Math.min(STITCHING_LIMITS.telephones, STITCHING_LIMITS.browsers);
  // All that is known of a newborn is here.
  const gaining = [...pairs].flatMap(([id, count]) => (newborn.has(id) && count <= fewest ? [] : [id]));
  const losing = [...new Set(removed.map(({ subject }) => subject))];
  const turned = await findTurned(db, { gaining, losing });
  await markPersons(db, turned);
  return turned.map(({ id }) => id);
}
