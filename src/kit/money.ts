import { GraphQLCurrency } from "graphql-scalars";
import { takes } from "./takes.ts";

/** An exact amount: the decimal as a string, never a float. */
export interface Money {
  amount: string;
  currency: string;
}

/** Whether it is the code of a currency in ISO 4217, such as EUR; sums would tell `eur` from it. */
export function isCurrency(code: string): boolean {
  return code === code.toUpperCase() && takes(GraphQLCurrency, code);
}
