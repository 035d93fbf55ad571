import type { Db } from "../db/client.ts";
import { hasGuests, type Rules } from "../facts/rules.ts";
import { type Reassignment, saveAssignments } from "./assignments.repository.ts";
import { recordAnyChange } from "./changes.repository.ts";
import { markOnly } from "./crowds.repository.ts";
import { lockStitching } from "./evidence.repository.ts";
import { isPerson } from "./evidence.ts";
import { findKnown } from "./known.repository.ts";
import { findMarkedPublic } from "./public.repository.ts";
import {
  countIdentities,
  findAllStretches,
  findAllVerdicts,
  findTellingSightings,
  findWitnessed,
  replaceConflicts,
  settleRows,
} from "./rebuild.repository.ts";
import { resolve } from "./resolve.ts";
import { always, isSameOwner } from "./timeline.ts";

/** What a rebuild found. */
export interface Rebuilt {
  identities: number;
  /** Identities whose owner changed, at some time at least. */
  reassigned: number;
  /** Customers that gained or lost an identity. */
  customersChanged: number;
  /** Stored rows that had the wrong customer. */
  rowsMoved: number;
}

/**
 * Computes the owner of every identity from the evidence alone. Unless it is a dry run, it stores the differences and
 * moves rows. Without a changed rule it changes nothing; a changed rule takes effect by it.
 */
export async function rebuild(db: Db, rules: Rules, isDryRun: boolean): Promise<Rebuilt> {
  return db.longTransaction(async (tx) => {
    if (!isDryRun) await lockStitching(tx);
    const identities = await findWitnessed(tx);
    const sightings = await findTellingSightings(tx);
    const verdicts = await findAllVerdicts(tx);
    const publicOnes = await findMarkedPublic(tx, null);
    const persons = hasGuests(rules) ? identities.filter(isPerson).map(({ id }) => id) : [];
    const knownAlone = new Set(await findKnown(tx, persons));
    // Of persons the evidence says it.
    for (const { id } of identities.filter(isPerson)) publicOnes.delete(id);
    const evidence = { identities, sightings, verdicts, rules, publicOnes, knownAlone };
    const { assignments, conflicts, crowds } = resolve(evidence);
    const stored = await findAllStretches(tx);
    const changes: Reassignment[] = [];
    const customers = new Set<string>();
    for (const { id, customerId } of identities) {
      const wanted = assignments.get(id) ?? always(customerId);
      const present = stored.get(id) ?? always(customerId);
      if (isSameOwner(present, wanted)) continue;
      changes.push({ subjectId: id, ranges: wanted });
      for (const range of [...present, ...wanted]) customers.add(range.customerId);
    }
    const counts = {
      identities: await countIdentities(tx),
      reassigned: changes.length,
      customersChanged: customers.size,
    };
    if (isDryRun) return { ...counts, rowsMoved: 0 };
    // Whatever is not as the evidence has it was changed by hand, past all that records changes.
    await recordAnyChange(tx);
    await markOnly(tx, crowds);
    await saveAssignments(tx, changes);
    await replaceConflicts(tx, conflicts);
    return { ...counts, rowsMoved: await settleRows(tx) };
  });
}
