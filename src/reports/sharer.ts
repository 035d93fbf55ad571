import type { Partition } from "../journeys/columns.ts";
import { placeAmong } from "../journeys/sums.ts";
import type { Values } from "../journeys/values.ts";
import type { CreditPlan, CreditTally } from "./credit.fold.ts";
import { creditKeyOf } from "./credit-key.ts";
import { sumOfShares, writeShares } from "./credit-share.ts";
import type { InReach } from "./in-reach.ts";
import { compileStaged, type StagedConversion } from "./staged-share.ts";

/** What shares a conversion among the touches in reach. Of several values of a touch, each gets all of its share. */
export function sharer(
  partition: Partition,
  plan: CreditPlan,
  { inReach, listed }: { inReach: InReach; listed: Values["listed"] },
) {
  const { rules } = plan;
  const staged = rules.map((rule, i) =>
    rule.kind === "STAGED" ? compileStaged(partition, rule, plan.stages[i]!) : null,
  );
  const width = 1 + rules.length;
  /** Of each value: its place among the credits, and the slot of its item. */
  const places: number[] = [];
  const slotOf: number[] = [];
  let shares = new Float64Array(64);
  let number = 0;
  /** By place among the credits: the number of the last conversion that had a touch of it. */
  const seen: number[] = [];
  return (
    { credits, attributed }: CreditTally,
    { value, split, ...shared }: StagedConversion & { value: number; split: number },
  ): void => {
    const { size, items } = inReach;
    if (shares.length < size) shares = new Float64Array(size * 2);
    let count = 0;
    for (let slot = 0; slot < size; slot += 1) {
      const values = listed?.(items[slot]!);
      for (let v = 0; v < (values?.length ?? 1); v += 1) {
        places[count] = placeAmong(credits, creditKeyOf(values?.[v] ?? items[slot]!, split, plan));
        slotOf[count] = slot;
        count += 1;
      }
    }
    const { values } = credits.values;
    for (let rule = 0; rule < rules.length; rule += 1) {
      number += 1;
      const isByItem = rules[rule]!.kind === "EACH";
      const writeStaged = staged[rule];
      if (writeStaged) writeStaged(shared, inReach, shares);
      else writeShares(rule, inReach, { rules, shares, conversion: shared.reach.conversion });
      attributed[rule]! += isByItem ? value : value * sumOfShares(shares, size);
      for (let i = 0; i < count; i += 1) {
        const place = places[i]!;
        const isFirst = seen[place] !== number;
        seen[place] = number;
        if (isFirst && rule === 0) values[place * width]! += 1;
        if (isFirst || !isByItem) values[place * width + 1 + rule]! += shares[slotOf[i]!]! * value;
      }
    }
  };
}
