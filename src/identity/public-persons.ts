import type { Db } from "../db/client.ts";
import type { Rules } from "../facts/rules.ts";
import { groupBy } from "../kit/group.ts";
import { type Pair, STITCHING_LIMITS, type Turn } from "./evidence.ts";
import { type Change, joinPeople, type People } from "./people.ts";

// A contested identity that too many people share is public: it has no owner, and identities seen with it get none from it.

const NOTHING: Change = { added: [], removed: [], verdict: null };

/** The public ones among persons whom many use. */
export async function findPublicPersons(
  db: Db,
  people: People,
  { usedByMany, rules }: { usedByMany: ReadonlySet<string>; rules: Rules },
): Promise<Set<string>> {
  if (usedByMany.size === 0) return new Set();
  const used = [...usedByMany];
  const strangers = used.filter((id) => !people.settled.has(id));
  const { contested } = await joinPeople(db, strangers, { change: NOTHING, rules });
  return new Set(used.filter((id) => (people.settled.has(id) ? people.contested : contested).has(id)));
}

/** The public ones among contested identities, by their turns. */
export function publicAmong(contested: ReadonlySet<string>, turns: readonly Turn[]): Set<string> {
  return new Set([...usersIn(turns)].flatMap(([id, users]) => (contested.has(id) && isMany(users) ? [id] : [])));
}

/**
 * The persons that the change made public, or public no longer. Their owner may be the same as before, since a public
 * identity belongs to the customer that it was born with.
 */
export function turnedPublic(
  { contested, wasContested }: People,
  turns: readonly Turn[],
  { added, removed }: Change,
): string[] {
  const [users, joining, leaving] = [usersIn(turns), usersOf(added), usersOf(removed)];
  return [...new Set([...contested, ...wasContested])].filter((id) => {
    const now = users.get(id) ?? NOBODY;
    const stayed = [...now].filter((user) => !joining.get(id)?.has(user));
    const before = new Set([...stayed, ...(leaving.get(id) ?? NOBODY)]);
    return (contested.has(id) && isMany(now)) !== (wasContested.has(id) && isMany(before));
  });
}

const NOBODY: ReadonlySet<string> = new Set();

function isMany({ size }: ReadonlySet<string>): boolean {
  return size > STITCHING_LIMITS.publicAbove;
}

function usersIn(turns: readonly Turn[]): Map<string, Set<string>> {
  return usersOf(turns.map(({ carrier, subject }) => ({ identity: carrier, subject })));
}

function usersOf(pairs: readonly Pair[]): Map<string, Set<string>> {
  const users = groupBy(pairs, ({ identity }) => identity);
  return new Map([...users].map(([id, uses]) => [id, new Set(uses.map(({ subject }) => subject))]));
}
