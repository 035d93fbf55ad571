import type { Db } from "../db/client.ts";
import type { Identity, Verdict } from "../facts/identity.ts";
import { findTogether, findTurns, findUsedByMany, findVerdicts } from "./closure.repository.ts";
import { findIdentities, pairKey } from "./evidence.repository.ts";
import type { Pair, Turn } from "./evidence.ts";
import type { Owners } from "./owners.ts";
import { findMarkedPublic } from "./public.repository.ts";

/** What settling carriers needs: their turns, and the carriers they shared records with. */
export interface Uses {
  /** The carriers to settle: those asked for, and the groups without an owner that they belong to. */
  settled: ReadonlySet<string>;
  /** Every identity named, subjects included. */
  identities: Map<string, Identity>;
  turns: Turn[];
  /** The subjects of turns that so many use that they may be public. */
  usedByMany: Set<string>;
  together: Pair[];
  verdicts: Map<string, Verdict>;
}

/**
 * Loads the turns of these carriers and of the whole groups that they belong to. Of a carrier with an owner that
 * borders on a group only its own turns are loaded.
 */
export async function findUses(db: Db, carriers: readonly string[], owners: OwnersNow): Promise<Uses> {
  const uses: Uses = {
    settled: new Set(carriers),
    identities: new Map(),
    turns: [],
    usedByMany: new Set(),
    together: [],
    verdicts: new Map(),
  };
  const together = new Map<string, Pair>();
  const settled = new Set(carriers);
  const loaded = new Set<string>();
  let frontier = [...settled];
  while (frontier.length > 0) {
    const unread = frontier.filter((id) => !loaded.has(id));
    const [pairs] = await Promise.all([findTogether(db, frontier), loadTurns(db, uses, unread, owners)]);
    for (const pair of pairs) together.set(pairKey(pair), pair);
    for (const id of frontier) loaded.add(id);
    const met = [...new Set([...pairs.flatMap(({ subject, identity }) => [subject, identity]), ...judgedIn(uses)])];
    const beside = met.filter((id) => !loaded.has(id));
    const owned = await loadTurns(db, uses, beside, owners);
    for (const id of beside) loaded.add(id);
    frontier = beside.filter((id) => !owned.has(id));
    for (const id of frontier) settled.add(id);
  }
  return { ...uses, settled, together: [...together.values()] };
}

/** Carriers that a verdict names together with one that is settled: its owner may decide theirs. */
function judgedIn({ verdicts, identities }: Uses): string[] {
  const named = [...verdicts.values()].flatMap(({ left, right }) => [...left, ...right]);
  return named.filter((id) => identities.get(id)?.kind === "CARRIER");
}

/** The present owners of subjects: as settled in this transaction, else as stored. */
export type OwnersNow = (db: Db, subjects: readonly string[]) => Promise<Owners>;

/**
 * Loads the turns of carriers; answers those that a person used and that therefore need no group. A public person may not
 * count.
 */
async function loadTurns(db: Db, uses: Uses, carriers: readonly string[], owners: OwnersNow): Promise<Set<string>> {
  if (carriers.length === 0) return new Set();
  const [folded, verdicts] = await Promise.all([findTurns(db, carriers, []), findVerdicts(db, carriers)]);
  const subjects = [...new Set(folded.map(({ subject }) => subject))];
  const [now, many, marked] = await Promise.all([
    owners(db, subjects),
    findUsedByMany(db, subjects),
    findMarkedPublic(db, subjects),
  ]);
  for (const id of many) uses.usedByMany.add(id);
  const shared = subjects.filter((subject) => now.rangesOf(subject).length > 1);
  const isShared = new Set(shared);
  const restless = [...new Set(folded.filter(({ subject }) => isShared.has(subject)).map(({ carrier }) => carrier))];
  const isRestless = new Set(restless);
  const unfolded = restless.length > 0 ? await findTurns(db, restless, shared) : [];
  for (const turn of folded) if (!isRestless.has(turn.carrier)) uses.turns.push(turn);
  for (const turn of unfolded) uses.turns.push(turn);

  for (const verdict of verdicts) uses.verdicts.set(verdict.id, verdict);
  const judged = new Set(verdicts.flatMap(({ left, right }) => [...left, ...right]));
  const missing = [...carriers, ...subjects, ...judged].filter((id) => !uses.identities.has(id));
  for (const identity of await findIdentities(db, [...new Set(missing)])) uses.identities.set(identity.id, identity);
  const isNobody = (subject: string) => uses.usedByMany.has(subject) || marked.has(subject);
  const counted = folded.filter(({ carrier, subject }) => !judged.has(carrier) && !isNobody(subject));
  return new Set(counted.map(({ carrier }) => carrier));
}
