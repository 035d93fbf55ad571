import type { BadCell } from "./scope.ts";

export type Bad = (remedy: string) => BadCell;
/** What separates the fraction; null where the mapping does not say. */
export type DecimalMark = "." | "," | null;

/** A number, or a text that spells one as the mapping says. */
export function readNumber(cell: unknown, mark: DecimalMark, bad: Bad): number {
  return typeof cell === "number" ? cell : Number(readDecimal(cell, mark, bad));
}

/**
 * An exact decimal as text, so that no amount passes through a float. What a point and a comma mean is never guessed:
 * where the mapping does not say it, 1.234 and 1,234 can each be read in two ways, and are refused.
 */
export function readDecimal(cell: unknown, mark: DecimalMark, bad: Bad): string {
  const text = String(cell).trim().replace("\u2212", "-");
  if (mark === null && TWO_READINGS.test(text)) throw bad(`holds a number that can be read in two ways. ${SAY}`);
  const wanted = mark ?? ".";
  if (isWritten(text, wanted)) return plain(text, wanted);
  if (mark === null && isWritten(text, ",")) throw bad(`holds a number with a decimal comma. ${SAY}`);
  throw bad(`does not hold a number such as 12${wanted}50.`);
}

const SAY =
  'Say in the mapping what separates the fraction (decimal: "." or decimal: ","), or on the command line (--decimal).';

/** The separator may group thousands or begin the fraction. A number that begins with 0 has no groups. */
const TWO_READINGS = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;
/** The rounding error of a float that should be zero, such as -2.8e-17. */
const NOISE = /^-?\d(?:\.\d+)?e-\d{1,3}$/i;

/** Groups of three digits with one separator; in India the groups before the last have two. */
const grouped = (by: string) => `[1-9]\\d{0,2}(?:${by}\\d{3})+|[1-9]\\d?(?:${by}\\d{2})+${by}\\d{3}`;
const SPACES = "[ \\u00a0\\u2009\\u202f]";
const written = (mark: string, group: string) => {
  const whole = [group, SPACES, "['\u2019]"].map(grouped).join("|");
  return new RegExp(`^[+-]?(?:(?:\\d+|${whole})(?:${mark}\\d+)?|${mark}\\d+)$`);
};
const WRITTEN = { ".": written("\\.", ","), ",": written(",", "\\.") };

function isWritten(text: string, mark: "." | ","): boolean {
  return WRITTEN[mark].test(text) || (mark === "." && NOISE.test(text));
}

function plain(text: string, mark: "." | ","): string {
  if (NOISE.test(text)) return text;
  const digits = text.replace(mark === "." ? /[^\d.-]/g : /[^\d,-]/g, "").replace(mark, ".");
  return digits.replace(/^(-?)\./, "$10.");
}
