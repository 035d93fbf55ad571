import type { Partition } from "../journeys/columns.ts";
import type { Winners } from "../journeys/contest.ts";
import type { Version } from "../journeys/journeys.ts";
import { floatOf } from "../journeys/money.ts";
import { compileEarned, statedLast } from "../journeys/transactions.ts";
import type { Measure } from "./filter.type.ts";

/** What a conversion is worth: 1, or money in one currency, by the number of its code. */
export type WorthPlan =
  | { measure: "COUNT" }
  | { measure: "COST"; currency: number }
  | { measure: "REVENUE"; currency: number; last: Winners };

/** No event has a currency of this number. */
const UNKNOWN = -2;

export async function worthPlanOf(
  version: Version,
  { measure, currency }: { measure: Measure; currency?: string | null },
): Promise<WorthPlan> {
  if (measure === "COUNT") return { measure };
  const { texts, transactions } = version.dictionary;
  const found = texts.find(currency!);
  const asked = found === -1 ? UNKNOWN : found;
  if (measure === "COST") return { measure, currency: asked };
  return { measure, currency: asked, last: await version.survey(statedLast, { transactions: transactions.size }) };
}

/** What a conversion is worth; NaN for money in another currency, which is worth nothing and counted apart. */
export function compileWorth(partition: Partition, plan: WorthPlan): (event: number) => number {
  const inCurrency = (asked: number, { units, millionths, currency }: Money) => {
    if (Number.isNaN(units)) return 0;
    return currency === asked ? floatOf(units, millionths) : Number.NaN;
  };
  switch (plan.measure) {
    case "COUNT":
      return () => 1;
    case "COST": {
      const costOf = compileCost(partition);
      return (event) => inCurrency(plan.currency, costOf(event));
    }
    case "REVENUE": {
      const earnedBy = compileEarned(partition, plan.last);
      return (event) => inCurrency(plan.currency, earnedBy(event));
    }
  }
}

interface Money {
  units: number;
  millionths: number;
  currency: number;
}

/** What a leg cost; `units` is NaN where nothing says so. The object is used again. */
export function compileCost({ events: { isLeg, link }, legs }: Partition): (event: number) => Money {
  const cost: Money = { units: Number.NaN, millionths: 0, currency: -1 };
  return (event) => {
    const leg = isLeg[event] ? link[event]! : -1;
    cost.units = leg === -1 ? Number.NaN : legs.costUnits[leg]!;
    cost.millionths = leg === -1 ? 0 : legs.costMillionths[leg]!;
    cost.currency = leg === -1 ? -1 : legs.costCurrency[leg]!;
    return cost;
  };
}
