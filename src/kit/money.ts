/** An exact amount: the decimal as a string, never a float. */
export interface Money {
  amount: string;
  currency: string;
}

/** The two columns of a money value as one, or null when there is none. */
export function moneyOf(amount: string | null, currency: string | null): Money | null {
  return amount === null || currency === null ? null : { amount, currency };
}
