import type { Dictionaries } from "../journeys/dictionary.ts";
import type { Version } from "../journeys/journeys.ts";
import { type CreditPlan, type CreditTally } from "./credit.fold.ts";
import { lessonOf } from "./credit-cell.ts";
import { itemAndSplitOf } from "./credit-key.ts";
import { type ItemCredit, learnedSurvey } from "./learned.ts";
import type { AttributionKind } from "./model.type.ts";

interface Credited {
  texts: Dictionaries["texts"];
  /** What an item is called. */
  nameOf: (item: number) => string | null;
  plan: CreditPlan;
  tally: CreditTally;
}

/** What a rule credits to each item, most first; `rule` is its number among those of the plan. */
export function ruleCredits({ texts, nameOf, plan, tally }: Credited, rule: number): ItemCredit[] {
  const { keys, values, width } = tally.credits;
  const items = new Map<number, ItemCredit>();
  for (let place = 0; place < keys.length; place += 1) {
    const { item, split } = itemAndSplitOf(keys.values[place]!, plan);
    const credit = values.values[place * width + 1 + rule]!;
    const sum = items.get(item) ?? { item: nameOf(item)!, credit: 0, conversions: 0, split: [] };
    sum.credit += credit;
    sum.conversions += values.values[place * width]!;
    if (credit !== 0) sum.split.push({ value: texts.of(split), credit });
    items.set(item, sum);
  }
  return ranked([...items.values()]);
}

/** What a model that learns from all paths credits to each item, most first. */
export async function pathCredits(
  version: Version,
  { paths }: Pick<CreditTally, "paths">,
  kind: AttributionKind,
): Promise<ItemCredit[]> {
  return ranked(await version.survey(learnedSurvey, lessonOf(version, paths, kind)));
}

/** Items without any credit are left out. */
function ranked(credits: readonly ItemCredit[]): ItemCredit[] {
  for (const { split } of credits)
    split.sort((a, b) => b.credit - a.credit || (placed(a.value) < placed(b.value) ? -1 : 1));
  return credits.filter(({ credit }) => credit !== 0).sort((a, b) => b.credit - a.credit || (a.item < b.item ? -1 : 1));
}

/** What has no value comes last. */
const placed = (value: string | null): string => value ?? "\uffff";
