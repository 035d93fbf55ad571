/** An amount in whole units and millionths, both of its sign: a double would round what has fifteen digits and a fraction. */
export interface Amount {
  /** NaN for none. */
  units: number;
  millionths: number;
}

const NO_AMOUNT: Amount = { units: Number.NaN, millionths: 0 };

/** A decimal's digits as an amount. */
export function moneyOf(digits: string | null): Amount {
  if (digits === null) return NO_AMOUNT;
  const [units, fraction = ""] = digits.split(".");
  const sign = digits.startsWith("-") ? -1 : 1;
  return { units: Number(units), millionths: sign * Number(fraction.padEnd(6, "0").slice(0, 6)) };
}
