import { type AttributePlan, attributePlanOf, compileAttribute } from "../../journeys/attribute.ts";
import { numbersOfTexts } from "../../journeys/attribute-values.ts";
import type { Partition } from "../../journeys/columns.ts";
import type { Winners } from "../../journeys/contest.ts";
import type { Journey } from "../../journeys/fold.ts";
import type { Version } from "../../journeys/journeys.ts";
import { floatOf } from "../../journeys/money.ts";
import { compileEarned, statedLast } from "../../journeys/transactions.ts";
import { AppError } from "../../kit/errors.ts";
import type { Unit } from "./units.ts";

/** A number of a unit, and how it is found. */
export type NumberPlan =
  /** Its events that are meant. */
  | { by: "TOUCHPOINTS" }
  /** Seconds that its event lasts. */
  | { by: "SECONDS" }
  | { by: "ATTRIBUTE"; attribute: AttributePlan; numbers: Float64Array | null }
  /** What its event earned, of which each transaction counts once. */
  | { by: "EARNED"; currency: number; last: Winners };

const REVENUE = "revenue.";
/** No event has a currency of this number. */
const UNKNOWN_CURRENCY = -2;

/** The number that a client names. */
export async function numberPlanOf(version: Version, attribute: string): Promise<NumberPlan> {
  const { dictionary } = version;
  const plan = attributePlanOf(attribute);
  if (plan.is === "LIST") {
    throw new AppError("BAD_INPUT", `\`${plan.name}\` is a list of texts: measure a number.`, ["measures"]);
  }
  if (!plan.name.startsWith(REVENUE)) {
    return { by: "ATTRIBUTE", attribute: plan, numbers: plan.is === "TEXT" ? numbersOfTexts(dictionary) : null };
  }
  const currency = dictionary.texts.find(plan.name.slice(REVENUE.length));
  const last = await version.survey(statedLast, { transactions: dictionary.transactions.size });
  return { by: "EARNED", currency: currency === -1 ? UNKNOWN_CURRENCY : currency, last };
}

/** The number of a unit; NaN where it has none. */
export type ReadNumber = (unit: Unit, journey: Journey) => number;

export function compileNumber(partition: Partition, plan: NumberPlan): ReadNumber {
  switch (plan.by) {
    case "TOUCHPOINTS":
      return ({ events }) => events;
    case "SECONDS": {
      const { lasts } = partition.events;
      return ({ event }) => (event === -1 ? Number.NaN : lasts[event]! / 1000);
    }
    case "ATTRIBUTE": {
      const { of, at } = compileAttribute(partition, plan.attribute);
      const { numbers } = plan;
      return ({ leg }, { customer }) => {
        const row = of === "CUSTOMER" ? customer : leg;
        if (row === -1) return Number.NaN;
        const value = at(row);
        if (!numbers) return value;
        return value === -1 ? Number.NaN : numbers[value]!;
      };
    }
    case "EARNED": {
      const earnedBy = compileEarned(partition, plan.last);
      return ({ event }) => {
        if (event === -1) return Number.NaN;
        const { units, millionths, currency } = earnedBy(event);
        return currency === plan.currency ? floatOf(units, millionths) : Number.NaN;
      };
    }
  }
}
