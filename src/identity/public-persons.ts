import type { Db } from "../db/client.ts";
import type { Rules } from "../facts/rules.ts";
import { groupBy } from "../kit/group.ts";
import { findUsedByMany } from "./closure.repository.ts";
import { type Pair, STITCHING_LIMITS, type Turn } from "./evidence.ts";
import { type Change, joinPeople, type People } from "./people.ts";

// A contested identity that too many people share is public: it has no owner, and identities seen with it get none from it.

const NOTHING: Change = { added: [], removed: [], verdict: null };

/** The public ones among these persons. */
export async function findPublicPersons(
  db: Db,
  people: People,
  { persons, rules }: { persons: readonly string[]; rules: Rules },
): Promise<Set<string>> {
  const used = await findUsedByMany(db, persons);
  if (used.length === 0) return new Set();
  const strangers = used.filter((id) => !people.settled.has(id));
  const { contested } = await joinPeople(db, strangers, { change: NOTHING, rules });
  return new Set(used.filter((id) => (people.settled.has(id) ? people.contested : contested).has(id)));
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
  const users = usersOf(turns.map(({ carrier, subject }) => ({ identity: carrier, subject })));
  const [joining, leaving] = [usersOf(added), usersOf(removed)];
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

function usersOf(pairs: readonly Pair[]): Map<string, Set<string>> {
  const users = groupBy(pairs, ({ identity }) => identity);
  return new Map([...users].map(([id, uses]) => [id, new Set(uses.map(({ subject }) => subject))]));
}
