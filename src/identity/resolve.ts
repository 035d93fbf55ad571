import type { Identity, SourceSettings, Verdict } from "../facts/identity.ts";
import { hasGuests, type Rules, settingsOf } from "../facts/rules.ts";
import { groupBy } from "../kit/group.ts";
import { byText } from "../kit/order.ts";
import { settleCarriers } from "./carriers.ts";
import { conflictsOf, crowdsAmong } from "./crowds.ts";
import {
  byId,
  type Conflict,
  isPerson,
  type Link,
  type Pair,
  type Sighting,
  type StitchingLimits,
  type Turn,
} from "./evidence.ts";
import { joinLinks } from "./links.ts";
import { type Range, rangesOf, soleOwner } from "./timeline.ts";

export interface Evidence {
  identities: readonly Identity[];
  sightings: readonly Sighting[];
  /** The verdicts that were not withdrawn. */
  verdicts: readonly Verdict[];
  rules: Rules;
  /** Carriers marked as public, whatever the sightings say. */
  publicOnes?: ReadonlySet<string>;
  /** The identities that a record of a source that may join names alone, so that no sighting says so. */
  knownAlone?: ReadonlySet<string>;
  limits?: StitchingLimits;
}

export interface Resolution {
  /** The owners of each subject over all time. A subject that is missing belongs to the customer it was born with. */
  assignments: Map<string, readonly Range[]>;
  conflicts: Conflict[];
  /** The persons who were seen with more telephones or browsers than a person has. */
  crowds: ReadonlySet<string>;
}

/**
 * The owners of all subjects, from evidence and verdicts alone. The same facts in any order give the same answer.
 *
 * Persons come first: verdicts and links join ANCHOR and PERSONAL identities (rules 1 to 3), and no carrier can change
 * that. Then carriers, and PERSONAL identities that several anchors claim, go to the customers who used them (rule 4).
 * Carriers that were seen with no person follow the carriers they shared records with (rule 5).
 */
export function resolve({
  identities,
  sightings,
  verdicts,
  rules,
  publicOnes,
  knownAlone,
  limits,
}: Evidence): Resolution {
  const all = byId(identities);
  const links = linksOf(sightings, all, rules);
  const known = knownOf(sightings, rules, knownAlone);
  const joined = joinLinks({ identities, links, verdicts, rules, limits, known });
  const { customerOf, contested, conflicts, inForce } = joined;
  const { turns, together } = usesOf(sightings, { known: all, contested, rules });
  const crowds = crowdsAmong(sightings, { known: all, rules, limits });
  const carried = settleCarriers({
    identities,
    contested,
    turns,
    together,
    ownerOf: customerOf,
    inForce,
    publicOnes: new Set([...(publicOnes ?? []), ...crowds]),
    rules,
    limits,
  });
  const shown = [...conflicts, ...conflictsOf(crowds, sightings, { known: all, rules })];
  return { assignments: assignmentsOf(identities, customerOf, carried), conflicts: shown, crowds };
}

/** One link for each pair of persons, with its best rank and its first and last time. */
export function linksOf(sightings: readonly Sighting[], known: ReadonlyMap<string, Identity>, rules: Rules): Link[] {
  const links = new Map<string, Link & { best: number }>();
  const settings = new Map<string, SourceSettings>();
  for (const { subjectId, identityId, at, source } of sightings) {
    const [subject, identity] = [known.get(subjectId), known.get(identityId)];
    if (!subject || !identity || !isPerson(subject) || !isPerson(identity)) continue;
    const said = settings.get(source) ?? settingsOf(rules, source);
    settings.set(source, said);
    const { rank, joins } = said;
    const key = subjectId + identityId;
    const link = links.get(key);
    const isGuest = !joins;
    // What may join is heard alone, so that what may not changes neither its order nor its time.
    if (!link || (link.isGuest && !isGuest)) {
      const best = at.getTime();
      links.set(key, { subject: subjectId, identity: identityId, first: at, last: at, rank, source, best, isGuest });
      continue;
    }
    if (isGuest && !link.isGuest) continue;
    if (at < link.first) link.first = at;
    if (at > link.last) link.last = at;
    if (isBetter(link, { rank, source, best: at.getTime() })) Object.assign(link, { rank, source, best: at.getTime() });
  }
  return [...links.values()];
}

type Word = Pick<Link, "rank" | "source"> & { best: number };

/** The source that a link names: of the best rank, then the newest, then the first by name. */
function isBetter(now: Word, next: Word): boolean {
  return (now.rank - next.rank || next.best - now.best || byText(now.source, next.source)) > 0;
}

/** The identities on records of sources that may join. */
function knownOf(
  sightings: readonly Sighting[],
  rules: Rules,
  alone: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  if (!hasGuests(rules)) return undefined;
  const seen = sightings.filter(({ source }) => settingsOf(rules, source).joins);
  return new Set([...(alone ?? []), ...seen.flatMap(({ subjectId, identityId }) => [subjectId, identityId])]);
}

interface Using {
  known: ReadonlyMap<string, Identity>;
  contested: ReadonlySet<string>;
  rules: Rules;
}

type Use = Turn & { recordId: string; isGuest: boolean };

function usesOf(
  sightings: readonly Sighting[],
  { known, contested, rules }: Using,
): { turns: Iterable<Turn>; together: Pair[] } {
  const turns: Use[] = [];
  const together: Pair[] = [];
  const guests = hasGuests(rules);
  for (const { subjectId, identityId, at, recordId, source } of sightings) {
    const [subject, identity] = [known.get(subjectId), known.get(identityId)];
    if (!subject || !identity) continue;
    if (isPerson(subject) && (identity.kind === "CARRIER" || contested.has(identityId))) {
      const isGuest = guests && !settingsOf(rules, source).joins;
      turns.push({ carrier: identityId, subject: subjectId, at, recordId, isGuest });
    }
    if (subject.kind === "CARRIER" && identity.kind === "CARRIER")
      together.push({ subject: subjectId, identity: identityId });
  }
  return { turns: inTime(turns), together };
}

/** Grouped by carrier before sorting: many short sorts are faster than one long sort. */
function* inTime(turns: readonly Use[]): Generator<Turn> {
  for (const uses of groupBy(turns, ({ carrier }) => carrier).values()) {
    if (uses.length > 1) uses.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.recordId < b.recordId ? -1 : 1));
    yield* heeded(uses);
  }
}

/**
 * What a source that may not join says of a carrier counts where no other says anything, and only for the first whom it
 * names: it makes nothing shared.
 */
function heeded(uses: readonly Use[]): readonly Use[] {
  if (!uses.some(({ isGuest }) => isGuest)) return uses;
  const others = uses.filter(({ isGuest }) => !isGuest);
  return others.length > 0 ? others : uses.filter(({ subject }) => subject === uses[0]!.subject);
}

function assignmentsOf(
  identities: readonly Identity[],
  customerOf: ReadonlyMap<string, string>,
  carried: ReadonlyMap<string, readonly Range[]>,
): Map<string, readonly Range[]> {
  const assignments = new Map<string, readonly Range[]>();
  for (const { id, customerId } of identities) {
    const owner = carried.get(id) ?? customerOf.get(id) ?? customerId;
    if (soleOwner(owner) !== customerId) assignments.set(id, rangesOf(owner));
  }
  return assignments;
}
