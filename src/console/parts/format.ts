const LOCALE = "en-GB";
const count = new Intl.NumberFormat(LOCALE);
const decimal = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const percent = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 1 });
const MOMENT = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;
const moment = new Intl.DateTimeFormat(LOCALE, MOMENT);
const yearMoment = new Intl.DateTimeFormat(LOCALE, { ...MOMENT, year: "numeric" });
const clock = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric" });
const hour = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const shortDay = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });

/** Shown where nothing is known. */
const NONE = "–";

export type Maybe<Value> = Value | null | undefined;

/** 1,234 */
export const countOf = (value: Maybe<number>) => (value == null ? NONE : count.format(value));
/** 12.3 */
export const decimalOf = (value: Maybe<number>) => (value == null ? NONE : decimal.format(value));
/** 12.3 % */
export const percentOf = (value: Maybe<number>) => (value == null ? NONE : percent.format(value));
/** 20 Nov, 09:30; 20 Nov 2025, 09:30 of another year than this */
export const momentOf = (value: Maybe<string>) => (value ? withYear(value, [moment, yearMoment]) : NONE);
/** 09:30:12 */
export const clockOf = (value: Maybe<string>) => (value ? clock.format(new Date(value)) : NONE);
/** 20 Nov 2026 */
export const dayOf = (value: Maybe<string>) => (value ? day.format(new Date(value)) : NONE);

/** 09:30 */
export const hourOf = (value: Maybe<string>) => (value ? hour.format(new Date(value)) : NONE);
/** 20 Nov; 20 Nov 2025 of another year than this */
export const shortDayOf = (value: Maybe<string>) => (value ? withYear(value, [shortDay, day]) : NONE);

function withYear(value: string, [short, long]: [Intl.DateTimeFormat, Intl.DateTimeFormat]): string {
  const date = new Date(value);
  return (date.getFullYear() === new Date().getFullYear() ? short : long).format(date);
}

/** 4 min 05 s; 1 h 20 min */
export function lengthOf(seconds: Maybe<number>): string {
  if (seconds == null) return NONE;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(whole / 3_600)} h ${String(Math.floor((whole % 3_600) / 60)).padStart(2, "0")} min`;
}

/** 8 s ago; 3 min ago; 2 days ago */
export function agoOf(value: Maybe<string>, now: number): string {
  if (!value) return NONE;
  const seconds = Math.max(0, Math.round((now - Date.parse(value)) / 1_000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  const days = Math.floor(seconds / 86_400);
  return days === 1 ? "yesterday" : `${days} days ago`;
}

/** £1,234.50; several currencies stand side by side. */
export function moneyText(
  money: Maybe<{ amount: string; currency: string } | { amount: string; currency: string }[]>,
): string {
  const all = [money ?? []].flat();
  if (all.length === 0) return NONE;
  return all
    .map(({ amount, currency }) =>
      new Intl.NumberFormat(LOCALE, { style: "currency", currency, currencyDisplay: "narrowSymbol" }).format(
        Number(amount),
      ),
    )
    .join(" + ");
}

/** "CALL_REASON" as "Call reason". */
export function wordsOf(code: string): string {
  const words = code.replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
