import type { Version } from "../journeys/journeys.ts";
import { namesAlong } from "./along.type.ts";
import { type CreditPlan, type CreditTally, creditFold } from "./credit.fold.ts";
import { type CreditCell, learnedCellOf } from "./credit-cell.ts";
import { type CreditQuery, creditPlanOf } from "./credit-plan.ts";
import { type CreditRule, creditRuleOf } from "./credit-rule.ts";
import { pathCredits, ruleCredits } from "./item-credit.ts";
import type { ItemCredit } from "./learned.ts";
import type { AttributionModelInput } from "./model.type.ts";
import { noSuchCell } from "./people.ts";

/** What conversions are, and how each of several models shares them. */
export interface Attributed {
  models: readonly AttributionModelInput[];
  /** Names of the facets that credit is added up by, if it is. */
  facets: readonly string[] | null;
  /** Null for a model that sees every path before it weighs one. */
  rules: readonly (CreditRule | null)[];
  plan: CreditPlan;
  tally: CreditTally;
  /** What a model credits to each item, most first. */
  creditsOf(model: number): Promise<ItemCredit[]>;
}

export async function attributedIn(
  version: Version,
  query: CreditQuery,
  models: readonly AttributionModelInput[],
): Promise<Attributed> {
  const rules = models.map(creditRuleOf);
  const plan = await creditPlanOf(version, query, rules);
  const tally = await version.fold(creditFold, plan);
  const names = { texts: version.dictionary.texts, nameOf: namesAlong(version.dictionary, query.facets) };
  return {
    models,
    facets: query.facets?.map(({ name }) => name) ?? null,
    rules,
    plan,
    tally,
    creditsOf: async (model) =>
      rules[model] === null
        ? pathCredits(version, tally, models[model]!.kind)
        : ruleCredits({ ...names, plan, tally }, ruleNumberOf(rules, model)),
  };
}

/** The number of a rule among those of the plan, which knows none of the models that learn. */
export const ruleNumberOf = (rules: Attributed["rules"], model: number): number =>
  rules.slice(0, model).filter((rule) => rule !== null).length;

/** What a model gives to some items. */
interface Credit {
  model: number;
  /** One value of the split, any where it is left out. */
  split?: string | null;
  counts: "value" | "conversions";
}

/** The cell of one item of a model's answer. */
export async function itemCellOf(
  version: Version,
  attributed: Attributed,
  { item, ...credit }: Credit & { item: string | null },
): Promise<CreditCell> {
  const credits = await attributed.creditsOf(credit.model);
  const found = credits.find((each) => each.item === item);
  if (found) return creditCellOf(version, attributed, { ...credit, items: [found] });
  throw noSuchCell(
    "item",
    item,
    credits.map((each) => each.item),
  );
}

/** The cell of several of them together. */
export async function creditCellOf(
  version: Version,
  { models, facets, rules, tally }: Attributed,
  { model, items, split, counts }: Credit & { items: readonly ItemCredit[] },
): Promise<CreditCell> {
  const { texts } = version.dictionary;
  const names = items.map(({ item }) => item);
  const ofSplit = split === undefined ? {} : { split: splitOf(split, items, (text) => texts.find(text)) };
  if (rules[model] === null) {
    return learnedCellOf(version, { kind: models[model]!.kind, paths: tally.paths, items: names, counts, ...ofSplit });
  }
  const numbers = names.map((name) => (facets ? facets.indexOf(name) : texts.find(name)));
  const rule = counts === "conversions" ? -1 : ruleNumberOf(rules, model);
  return { of: "credits", rule, items: new Set(numbers), ...ofSplit };
}

function splitOf(asked: string | null, items: readonly ItemCredit[], find: (text: string) => number): number {
  const known = items.flatMap(({ split }) => split.map(({ value }) => value));
  if (!known.includes(asked)) throw noSuchCell("split", asked, known);
  return asked === null ? -1 : find(asked);
}
