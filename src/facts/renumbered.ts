// Countries that changed how their numbers are written. libphonenumber knows the numbers of today only, and address books
// hold those of yesterday. As data: who changed what, since when, and who says so.

interface Renumbering {
  /** The country code. */
  code: string;
  /** The national number as it was. */
  from: RegExp;
  to: (was: string) => string;
}

const insert = (prefix: string) => (was: string) => prefix + was;

const RENUMBERED: readonly Renumbering[] = [
  // Brazil: mobile numbers took a ninth digit between 2012 and 2016 (Anatel, resolution 553 of 2010).
  { code: "55", from: /^\d{2}[6-9]\d{7}$/, to: (was) => `${was.slice(0, 2)}9${was.slice(2)}` },
  // Mexico: 1, 044, 045 and 01 went in August 2019 (IFT, Plan Técnico Fundamental de Numeración of 2018).
  { code: "52", from: /^1\d{10}$/, to: (was) => was.slice(1) },
  { code: "52", from: /^(?:044|045|01)\d{10}$/, to: (was) => was.slice(-10) },
  // Benin: all numbers took the prefix 01 on 30 November 2024 (ARCEP Bénin).
  { code: "229", from: /^\d{8}$/, to: insert("01") },
  // Ivory Coast: mobile numbers took the prefix of their operator on 31 January 2021 (ARTCI).
  { code: "225", from: /^\d[0-3]\d{6}$/, to: insert("01") },
  { code: "225", from: /^\d[4-6]\d{6}$/, to: insert("05") },
  { code: "225", from: /^\d[7-9]\d{6}$/, to: insert("07") },
  // Vietnam: mobile numbers lost a digit between September and November 2018 (Ministry of Information, plan 798).
  ...Object.entries({
    ...{ "120": "70", "121": "79", "122": "77", "126": "76", "128": "78" },
    ...{ "123": "83", "124": "84", "125": "85", "127": "81", "129": "82" },
    ...{ "162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37", "168": "38", "169": "39" },
    ...{ "186": "56", "188": "58", "199": "59" },
  }).map(([was, now]) => ({
    code: "84",
    from: new RegExp(`^${was}\\d{7}$`),
    to: (number: string) => now + number.slice(was.length),
  })),
];

/** A number of today for a number of yesterday; null where the country did not change it. */
export function renumbered(code: string, national: string): string | null {
  const change = RENUMBERED.find(({ code: of, from }) => of === code && from.test(national));
  return change ? `+${code}${change.to(national)}` : null;
}

/**
 * Argentina writes a mobile number with a 9 from abroad, with a 15 at home and with neither in messages; no line of another
 * kind has its ten digits (ENACOM, Plan Fundamental de Numeración Nacional). The ten digits are the number.
 */
export function subscriberNumber(e164: string): string {
  return e164.replace(/^\+549(?=\d{10}$)/, "+54");
}
