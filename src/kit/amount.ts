// One spelling of amounts for every entry point: what one of them reads, all of them read.

export const AMOUNT_REMEDY = 'Send an amount as a plain decimal, such as "12.50".';

const PLAIN = /^-?\d{1,15}(\.\d{1,6})?$/;

/** The exact decimal that a text or a number stands for, digit by digit; null when it stands for none. */
export function amountIn(given: unknown): string | null {
  const text = typeof given === "number" ? String(given) : given;
  if (typeof text !== "string") return null;
  const amount = text.trim();
  return PLAIN.test(amount) ? amount : null;
}
