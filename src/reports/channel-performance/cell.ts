import { behindFold } from "../../journeys/behind.ts";
import type { Dictionaries } from "../../journeys/dictionary.ts";
import { takeMoney } from "../../journeys/money-sums.ts";
import { clearSums, placeInSums } from "../../journeys/sums.ts";
import { noSuchCell, wrongCell } from "../people.ts";
import type { ChannelCellInput, ChannelFigure } from "./cell.type.ts";
import {
  CALLS,
  type ChannelPerformanceTally,
  channelPerformanceFold,
  INTERACTIONS,
  MATCHED,
  partsOfKey,
  TRANSACTIONS,
  valueKeyOf,
} from "./channel-performance.fold.ts";
import type { Performance } from "./performances.ts";

interface ChannelCell {
  figure: ChannelFigure;
  /** The number of the row's value; -1 for none. */
  value: number;
  /** The number of its code; -1 where no money is asked for. */
  currency: number;
}

export const channelPerformanceBehind = behindFold({
  fold: channelPerformanceFold,
  take(tally, { figure, value, currency }: ChannelCell, { texts, transactions }) {
    const share = () => {
      switch (figure) {
        case "INTERACTIONS":
          return countOf(tally, value, INTERACTIONS);
        case "CALLS":
          return countOf(tally, value, CALLS);
        case "MATCHED_CALLS":
          return countOf(tally, value, MATCHED);
        case "TRANSACTIONS":
          return countOf(tally, value, TRANSACTIONS) + ordersOf(tally, value, transactions);
        case "REVENUE":
          return takeMoney(tally.revenue, valueKeyOf(value, currency, texts));
        case "COST":
          return takeMoney(tally.cost, valueKeyOf(value, currency, texts));
      }
    };
    const taken = share();
    clearSums(tally.counts);
    tally.named.length = 0;
    return taken;
  },
});

function countOf({ counts }: ChannelPerformanceTally, value: number, which: number): number {
  const place = placeInSums(counts, value);
  return place === -1 ? 0 : counts.values.values[place + which]!;
}

/** Transactions with an id, each once. */
function ordersOf({ named }: ChannelPerformanceTally, value: number, transactions: number): number {
  const orders = new Set<number>();
  for (let i = 0; i < named.length; i += 1) {
    const key = named.values[i]!;
    if (partsOfKey(key, transactions).value === value) orders.add(key);
  }
  return orders.size;
}

export function channelCellOf(
  rows: readonly Performance[],
  { value, figure, currency }: ChannelCellInput,
  { nameOf, texts }: { nameOf: (value: number) => string | null; texts: Dictionaries["texts"] },
): ChannelCell {
  const names = rows.map((row) => nameOf(row.value));
  const row = rows[names.indexOf(value ?? null)];
  if (!row) throw noSuchCell("row", value ?? null, names);
  const isMoney = figure === "REVENUE" || figure === "COST";
  if (!isMoney) {
    if (currency == null) return { figure, value: row.value, currency: -1 };
    throw wrongCell(`${figure} is no money: leave out \`currency\`.`);
  }
  const known = (figure === "REVENUE" ? row.revenue : row.cost).map((money) => money.currency);
  if (!known.includes(currency ?? "")) throw noSuchCell("currency", currency ?? null, known);
  return { figure, value: row.value, currency: texts.find(currency!) };
}
