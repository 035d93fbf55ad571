import type { MoneyType } from "../fields/money.type.ts";
import type { Cell } from "../kit/table.ts";

/**
 * Two cells, `costAmount` and `costCurrency`. Amounts of several currencies are not added up: they stand in one cell, as
 * do their currencies in the same order. Texts as they are: an amount may have more digits than a float.
 */
export function moneyCells(name: string, money: readonly Readonly<MoneyType>[]): Record<string, Cell> {
  if (money.length === 0) return {};
  return {
    [`${name}Amount`]: money.map(({ amount }) => amount).join("; "),
    [`${name}Currency`]: money.map(({ currency }) => currency).join("; "),
  };
}

interface SplitRow {
  item: string;
  section?: string | null;
  split: readonly { value: string | null; credit: number }[];
}

/** The parts of a row's credit, a row each below it. */
export function splitRows({ item, section, split }: SplitRow): Record<string, Cell>[] {
  return split.map(({ value, credit }) => ({ part: "ITEM_SPLIT", item, section, split: value, credit }));
}
