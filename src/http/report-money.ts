import type { Cell } from "./csv.ts";

/** Money by currency, as reports answer it. */
export type MoneyLine = readonly { amount: string; currency: string }[];

/**
 * Two cells, `costAmount` and `costCurrency`. Amounts of several currencies are not added up: they stand in one cell, as
 * do their currencies in the same order. Texts as they are: an amount may have more digits than a float.
 */
export function moneyCells(name: string, money: MoneyLine): Record<string, Cell> {
  if (money.length === 0) return {};
  return {
    [`${name}Amount`]: money.map(({ amount }) => amount).join("; "),
    [`${name}Currency`]: money.map(({ currency }) => currency).join("; "),
  };
}
