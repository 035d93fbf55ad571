import type { Version } from "../../journeys/journeys.ts";
import { type Attributed, creditCellOf, itemCellOf, ruleNumberOf } from "../attributed.ts";
import type { CreditCell } from "../credit-cell.ts";
import { wrongCell } from "../people.ts";
import type { AttributionInput } from "./attribution.type.ts";
import type { AttributionCellInput } from "./cell.type.ts";

export async function attributionCellOf(
  version: Version,
  { input, attributed }: { input: AttributionInput; attributed: Attributed },
  asked: AttributionCellInput,
): Promise<CreditCell> {
  check(input, asked);
  const { rules, creditsOf } = attributed;
  const { item = null, split, figure, reason = null } = asked;
  const model = asked.model - 1;
  const rule = rules[model] === null ? null : ruleNumberOf(rules, model);
  switch (figure) {
    case "TOTAL":
      return { of: "total" };
    case "ALL_CONVERSIONS":
      return { of: "conversions" };
    case "OTHER_CURRENCIES":
      return { of: "otherCurrencies" };
    case "UNATTRIBUTED":
      return { of: "untouched", reason, sameTouch: input.models[model]!.kind === "SAME_TOUCH" ? rule : null };
    case "ATTRIBUTED":
      if (rule !== null) return { of: "attributed", rule };
      return creditCellOf(version, attributed, { model, items: await creditsOf(model), counts: "value" });
    case "OTHER_ROWS": {
      const items = (await creditsOf(model)).slice(input.first);
      return creditCellOf(version, attributed, { model, items, counts: "value" });
    }
    case "CREDIT":
      return itemCellOf(version, attributed, { model, item, split, counts: "value" });
    case "CONVERSIONS":
      return itemCellOf(version, attributed, { model, item, counts: "conversions" });
  }
}

function check({ models, splitBy, splitByCarried }: AttributionInput, asked: AttributionCellInput): void {
  const { figure, model, item, split, reason } = asked;
  if (model < 1 || model > models.length) {
    throw wrongCell(`The report has the models 1 to ${models.length}, and none is ${model}.`);
  }
  if (item != null && figure !== "CREDIT" && figure !== "CONVERSIONS") {
    throw wrongCell(`${figure} is of all items together: leave out \`item\`.`);
  }
  if (split !== undefined && (figure !== "CREDIT" || !(splitBy || splitByCarried))) {
    throw wrongCell("Only CREDIT has a `split`, and only of a report with `splitBy`: leave it out.");
  }
  if (reason != null && figure !== "UNATTRIBUTED") throw wrongCell(`${figure} has no \`reason\`: leave it out.`);
}
