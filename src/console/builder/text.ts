// The spelling of questions in the address. Values are escaped, so that each text has one reading.

const SPECIAL = /[%.,>~;|=!]/g;

/** A value as it may stand between the signs of the address. */
export const escaped = (value: string) =>
  value.replace(SPECIAL, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);

export const unescaped = (text: string) =>
  text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Settings behind a separator: `within:60`, or `next` alone, which is "". */
export function readSettings(texts: readonly string[]): Map<string, string> {
  return new Map(
    texts.map((text) => {
      const [name = "", ...rest] = text.split(":");
      return [name, rest.join(":")];
    }),
  );
}

/** Writes settings; those that are null are left out. */
export function writeSettings(separator: string, settings: Record<string, string | number | null>): string {
  return Object.entries(settings)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => separator + (value === "" ? name : `${name}:${value}`))
    .join("");
}

/** A number of minutes; null where none is said. What is no number is -1, which the API refuses. */
export function minutesOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
}

/** A word of the API, spelled in small letters. One that it does not know is refused there. */
export const codeOf = <Code extends string>(text: string | undefined, fallback: Code) =>
  text ? (text.toUpperCase() as Code) : fallback;

/** 45 min; 2 h; 3 days */
export function minutesText(minutes: number): string {
  if (minutes < 0) return "?";
  if (minutes > 0 && minutes % 1_440 === 0) return minutes === 1_440 ? "1 day" : `${minutes / 1_440} days`;
  return minutes > 0 && minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}
