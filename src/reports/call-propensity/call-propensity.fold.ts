import { compileAudience } from "../../journeys/audience.ts";
import { IS_NOBODY } from "../../journeys/columns.ts";
import type { Fold } from "../../journeys/fold.ts";
import { compileMatcher } from "../../journeys/matcher.ts";
import { noMoney } from "../../journeys/money-sums.ts";
import { noSession, sessionsOf } from "../../journeys/sessions.ts";
import { addSums, noSums } from "../../journeys/sums.ts";
import { valuesAt } from "../../journeys/values.ts";
import { compileTouch } from "../touches.ts";
import { Exposures } from "./exposures.ts";
import type { CallPropensityPlan, CallPropensityTally } from "./tally.ts";

/**
 * An exposure is a customer's session with the item; it converts when a call follows within the minutes after any touch of
 * the item in it.
 */
export const callPropensityFold: Fold<CallPropensityPlan, CallPropensityTally> = {
  name: "call propensity",
  empty: () => ({ items: noSums(2), costs: noMoney(), sessions: 0, converted: 0 }),
  over(partition, plan) {
    const { flags } = partition.customers;
    const { at } = partition.events;
    const next = sessionsOf(partition, { timeout: plan.timeout, until: plan.to + plan.within });
    const session = noSession();
    const isOf = compileAudience(partition, plan.audience);
    const isConversion = compileMatcher(partition, plan.conversions);
    const touches = compileTouch(partition, plan.exposures);
    const exposures = new Exposures(partition, plan);
    return (tally, journey) => {
      if (flags[journey.customer]! & IS_NOBODY || !isOf(journey)) return;
      exposures.begin();
      session.to = journey.from;
      while (next(session, journey)) {
        exposures.beginSession();
        for (let event = session.from; event < session.to; event += 1) {
          if (at[event]! < plan.from) continue;
          if (isConversion(event, journey)) exposures.follow(tally, event);
          if (at[event]! >= plan.to) continue;
          const items = valuesAt(touches, event, journey);
          for (let i = 0; i < items.length; i += 1) if (items[i] !== -1) exposures.expose(tally, event, items[i]!);
        }
      }
    };
  },
  merge(tally, later) {
    addSums(tally.items, later.items);
    addSums(tally.costs, later.costs);
    tally.sessions += later.sessions;
    tally.converted += later.converted;
  },
};
