import { GraphQLCurrency } from "graphql-scalars";
import { takes } from "./takes.ts";

/** An exact amount: the decimal as a string, never a float. */
export interface Money {
  amount: string;
  currency: string;
}

/** The two columns of a money value as one, or null when there is none. */
export function moneyOf(amount: string | null, currency: string | null): Money | null {
  return amount === null || currency === null ? null : { amount, currency };
}

/** Whether it is the code of a currency in ISO 4217, such as EUR; sums would tell `eur` from it. */
export function isCurrency(code: string): boolean {
  return code === code.toUpperCase() && takes(GraphQLCurrency, code);
}
