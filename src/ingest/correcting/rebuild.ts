import type { Db } from "../../db/client.ts";
import type { Rules } from "../../facts/rules.ts";
import { type Rebuilt, rebuild } from "../../identity/rebuild.ts";
import { rematchAll } from "../matching/rematch.ts";
import { nothingLoosened, tieAllContacts } from "../storing/contacts.ts";
import { cutAllVisits } from "../storing/place-visits.ts";
import { remeasureAllVisits } from "../storing/visits.repository.ts";

/** What a rebuild changed. Normally everything but `identities` is 0. */
export interface RebuiltAll extends Rebuilt {
  /** Visits that pauses bound, and held other touchpoints. */
  visitsCut: number;
  /** Visits whose times or customer differed from those of their touchpoints. */
  visitsMeasured: number;
  /** Interactions whose contact was another. */
  contactsTied: number;
  /** Calls whose match changed. */
  callsRematched: number;
}

/** Computes all owners from the evidence, then everything that depends on them; a dry run only counts the customers. */
export async function rebuildAll(db: Db, rules: Rules, isDryRun: boolean): Promise<RebuiltAll> {
  return db.longTransaction(async (tx) => {
    const rebuilt = await rebuild(tx, rules, isDryRun);
    const nothing = { visitsCut: 0, visitsMeasured: 0, contactsTied: 0, callsRematched: 0 };
    if (isDryRun) return { ...rebuilt, ...nothing };
    const visitsCut = await cutAllVisits(tx, { batchId: null, rules, loosened: nothingLoosened() });
    const visitsMeasured = await remeasureAllVisits(tx);
    const contactsTied = await tieAllContacts(tx);
    const callsRematched = await rematchAll(tx);
    return { ...rebuilt, visitsCut, visitsMeasured, contactsTied, callsRematched };
  });
}
