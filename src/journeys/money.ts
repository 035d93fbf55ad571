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

/** An amount in millionths, to add up exactly. */
export const microsOf = ({ units, millionths }: Amount): bigint => BigInt(units) * 1_000_000n + BigInt(millionths);

/** So many millionths by so many, as a decimal; half a millionth goes away from zero. */
export function quotientOf(micros: bigint, by: number): string {
  const sign = micros < 0n ? "-" : "";
  const whole = ((micros < 0n ? -micros : micros) * 2n + BigInt(by)) / (2n * BigInt(by));
  const digits = String(whole).padStart(7, "0");
  const decimal = `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, "");
  return decimal === "0" ? "0" : sign + decimal;
}

/** The nearest double, of amounts below nine thousand million; a greater one may be the next to it. */
export const floatOf = (units: number, millionths: number): number => (units * 1_000_000 + millionths) / 1_000_000;
