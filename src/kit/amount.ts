// One spelling of amounts for every entry point: what one of them reads, all of them read.

export const AMOUNT_REMEDY =
  'Send an amount as a plain decimal of at most 15 digits before the point, such as "12.50".';

const PLAIN = /^(-?)(\d{1,15})(?:\.(\d{1,100}))?$/;
/** What programs write of the noise that is left where floats should have come to nothing. */
const TINY = /^-?\d(?:\.\d+)?[eE]-\d{1,3}$/;
const DECIMALS = 6;

/**
 * The exact decimal that a text or a number stands for, digit by digit; null when it stands for none. No currency has
 * more than six decimals: 2.4019999999999997 is what a float made of 2.402.
 */
export function amountIn(given: unknown): string | null {
  const text = typeof given === "number" ? spelledOut(given) : given;
  if (typeof text !== "string") return null;
  const amount = text.trim();
  const [, sign = "", whole, fraction = ""] = PLAIN.exec(TINY.test(amount) ? spelledOut(Number(amount)) : amount) ?? [];
  if (whole === undefined) return null;
  return fraction.length <= DECIMALS ? amount : rounded(sign, whole, fraction);
}

/** Without the exponent that JavaScript gives what is small. */
function spelledOut(number: number): string {
  return Math.abs(number) < 1e-6 ? number.toFixed(20) : String(number);
}

/** Half a millionth goes away from zero; zeros at the end go, and so does the sign of nothing. */
function rounded(sign: string, whole: string, fraction: string): string | null {
  const millionths = BigInt(whole + fraction.slice(0, DECIMALS)) + (fraction[DECIMALS]! >= "5" ? 1n : 0n);
  const digits = String(millionths).padStart(DECIMALS + 1, "0");
  const amount = `${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`.replace(/\.?0+$/, "");
  if (amount.split(".", 1)[0]!.length > 15) return null;
  return millionths === 0n ? "0" : sign + amount;
}
