import { behindFold } from "../../journeys/behind.ts";
import { takeMoney } from "../../journeys/money-sums.ts";
import { clearSums, placeInSums } from "../../journeys/sums.ts";
import { noSuchCell, wrongCell } from "../people.ts";
import { callPropensityFold } from "./call-propensity.fold.ts";
import type { PropensityCellInput } from "./cell.type.ts";
import type { Exposed } from "./exposed.ts";
import { CONVERSIONS, costKeyOf, EXPOSURES } from "./tally.ts";

/** A figure of an item, or of all sessions. */
export type PropensityCell =
  | { of: "sessions" | "converted" }
  | { of: "exposures" | "conversions"; item: number }
  | { of: "cost"; item: number; currency: number };

export const callPropensityBehind = behindFold({
  fold: callPropensityFold,
  take(tally, cell: PropensityCell, plan) {
    const share = () => {
      switch (cell.of) {
        case "sessions":
        case "converted":
          return tally[cell.of];
        case "cost":
          return takeMoney(tally.costs, costKeyOf(cell.item, cell.currency, plan));
        case "exposures":
        case "conversions": {
          const place = placeInSums(tally.items, cell.item);
          const which = cell.of === "exposures" ? EXPOSURES : CONVERSIONS;
          return place === -1 ? 0 : tally.items.values.values[place + which]!;
        }
      }
    };
    const taken = share();
    clearSums(tally.items);
    tally.sessions = 0;
    tally.converted = 0;
    return taken;
  },
});

/** `numberOf` finds the number of an item, and of a currency. */
export function propensityCellOf(
  rows: readonly Exposed[],
  { figure, item, currency, split }: PropensityCellInput,
  numberOf: { item(name: string): number; text(text: string): number },
): PropensityCell {
  if (figure === "SESSIONS" || figure === "CONVERTED_SESSIONS") {
    if (item != null) throw wrongCell(`${figure} is of all items together: leave out \`item\`.`);
    return { of: figure === "SESSIONS" ? "sessions" : "converted" };
  }
  const row = rows.find((each) => each.item === item);
  if (!row)
    throw noSuchCell(
      "item",
      item ?? null,
      rows.map((each) => each.item),
    );
  if (split !== undefined) throw wrongCell("Only CREDIT has a `split`: leave it out.");
  const number = numberOf.item(row.item);
  if (figure !== "COST") {
    if (currency != null) throw wrongCell(`${figure} is no money: leave out \`currency\`.`);
    return { of: figure === "EXPOSURES" ? "exposures" : "conversions", item: number };
  }
  const known = row.cost.map((money) => money.currency);
  if (!known.includes(currency ?? "")) throw noSuchCell("currency", currency ?? null, known);
  return { of: "cost", item: number, currency: numberOf.text(currency!) };
}
