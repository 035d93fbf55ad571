import type { Db } from "../../db/client.ts";
import type { Rules } from "../../facts/rules.ts";
import { type Rebuilt, rebuild } from "../../identity/rebuild.ts";
import { rematchAll } from "../matching/rematch.ts";
import { rollUpAll } from "../storing/roll-ups.ts";
import { remeasureAllVisits } from "../storing/visits.repository.ts";

/** What recomputing all that is derived changed: after an undisturbed life all but `identities` is 0. */
export interface RebuiltAll extends Rebuilt {
  /** Visits whose times or customer were not those of their touchpoints. */
  visitsMeasured: number;
  /** Calls that are tied to another visit than before, or for another reason to none. */
  callsRematched: number;
  /** Customers whose roll-ups did not say what their events do. */
  rollUpsMade: number;
}

/** Recomputes from the evidence whose everything is, then what hangs on that; a dry run only counts the customers. */
export async function rebuildAll(db: Db, rules: Rules, isDryRun: boolean): Promise<RebuiltAll> {
  return db.longTransaction(async (tx) => {
    const rebuilt = await rebuild(tx, rules, isDryRun);
    if (isDryRun) return { ...rebuilt, visitsMeasured: 0, callsRematched: 0, rollUpsMade: 0 };
    const visitsMeasured = await remeasureAllVisits(tx);
    const callsRematched = await rematchAll(tx);
    return { ...rebuilt, visitsMeasured, callsRematched, rollUpsMade: await rollUpAll(tx) };
  });
}
