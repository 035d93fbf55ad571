import {
  addBehind,
  type Behind,
  type BehindPlan,
  compileEnter,
  compileId,
  enterShares,
  type LateShare,
  nobodyBehind,
} from "../../journeys/behind.ts";
import { IS_NOBODY } from "../../journeys/columns.ts";
import { noCombinations } from "../../journeys/combinations.ts";
import type { Fold } from "../../journeys/fold.ts";
import { addSamples, noSamples, type Samples } from "../../journeys/samples.ts";
import { contactCentreKpisFold, type KpiPlan } from "./contact-centre-kpis.fold.ts";
import type { KpiInput } from "./contact-centre-kpis.type.ts";
import { type KpiPartOf, partOf } from "./parts.ts";
import { addLegsOfGroup, openSettling } from "./settle.ts";
import { groupOf, type KpiTally, noTally } from "./tally.ts";
import { totalsIn, WIDTH } from "./totals.ts";

/** A part of a key figure, of one row. */
export interface KpiCell {
  /** The row's bucket, and the number of its value along each dimension. */
  key: readonly number[];
  part: KpiPartOf;
  /** What the methods are told of. */
  input: Pick<KpiInput, "serviceLevelSeconds" | "shortAbandonSeconds" | "repeatWindowDays">;
}

interface KpiBehindTally {
  behind: Behind;
  /** Legs of the row whose contacts are several customers': whose they are counted as is known at the end. */
  unsettled: Samples;
  /** These customers, by their numbers. */
  whose: Map<number, { id: string; isNobody: boolean }>;
}

/** Finds the customers behind a key figure. A contact of several customers is its first identified leg's. */
export const contactCentreKpisBehind: Fold<BehindPlan<KpiPlan, KpiCell>, KpiBehindTally, Behind> = {
  name: "behind contact-centre-kpis",
  empty: () => ({ behind: nobodyBehind(), unsettled: noSamples(), whose: new Map() }),
  over(partition, { plan, cell, ...page }) {
    const tally = contactCentreKpisFold.empty(plan);
    const add = contactCentreKpisFold.over(partition, plan);
    const enter = compileEnter(partition, page);
    const idOf = compileId(partition);
    return ({ behind, unsettled, whose }, journey) => {
      add(tally, journey);
      if (tally.unsettled.length > 0) {
        const customer = addLegsOfGroup(unsettled, tally.unsettled, groupOf(tally, cell.key));
        const isNobody = (partition.customers.flags[journey.customer]! & IS_NOBODY) !== 0;
        if (customer !== -1) whose.set(customer, { id: idOf(journey.customer), isNobody });
      }
      enter(behind, journey.customer, takePart(tally, cell));
    };
  },
  merge(tally, later, page) {
    addBehind(tally.behind, later.behind, page);
    addSamples(tally.unsettled, later.unsettled);
    for (const [customer, one] of later.whose) tally.whose.set(customer, one);
  },
  conclude({ behind, unsettled, whose }, { plan, cell, ...page }) {
    const tally = noTally(plan.buckets.length, plan.groups.length);
    const late = new Map<string, LateShare>();
    const settle = openSettling((customer) => {
      const { id, isNobody } = whose.get(customer)!;
      const share = takePart(tally, cell);
      if (share !== 0) late.set(id, { share: (late.get(id)?.share ?? 0) + share, isNobody });
    });
    groupOf(tally, cell.key);
    settle(tally, unsettled);
    enterShares(behind, late, page);
    return behind;
  },
};

/** What the tally has of the part; afterwards it has nothing but customers who were active, in other buckets. */
function takePart(tally: KpiTally, { key, part, input }: KpiCell): number {
  const bucket = key[0]!;
  const group = groupOf(tally, key);
  const totals = totalsIn(tally.totals.subarray(group * WIDTH, (group + 1) * WIDTH));
  const share = partOf({ ...totals, activeCustomers: tally.active[bucket]! }, part, { tally, group, input });
  tally.active[bucket] = 0;
  tally.groups = noCombinations(tally.groups.length);
  tally.totals.fill(0);
  tally.costs = noCombinations(2);
  tally.amounts = [];
  tally.scales = noCombinations(3);
  tally.scores = [];
  tally.unsettled.length = 0;
  return share ?? 0;
}
