import { type CountryCode, findPhoneNumbersInText } from "libphonenumber-js/max";
import type { Passage } from "./digits-in.ts";
import { mayBeProduct } from "./products.ts";

/** As a number begins, with the country's code or the 0 before an area's, and as it may go on: 7 digits to 18. */
const CANDIDATE = /(?<![\p{L}\p{N}])\(?(?:\+[\s(]{0,2}\d|0)(?:[\s\p{Pd}().[\]/~\u2212]{0,4}\d){6,17}/gu;
/** How many of a text the library is asked about: each costs it up to half a millisecond. */
const MOST_ASKED = 8;

/**
 * Where a text in ASCII digits has a telephone number. Numbers that begin otherwise are names of things: 87654321. Of a text
 * with very many candidates the later ones are taken for numbers without a look. What may be the number of goods is none.
 */
export function phonesIn(text: string, region: string): Passage[] {
  const found: Passage[] = [];
  const candidates = new RegExp(CANDIDATE);
  for (let asked = 1, match = candidates.exec(text); match; asked += 1, match = candidates.exec(text)) {
    const { 0: candidate, index } = match;
    const numbers = asked > MOST_ASKED ? [{ from: 0, to: candidate.length }] : numbersIn(candidate, region);
    for (const { from, to } of numbers) {
      if (!mayBeProduct(candidate.slice(from, to))) found.push({ from: index + from, to: index + to });
    }
    candidates.lastIndex = index + (numbers.at(-1)?.to ?? 1);
  }
  return found;
}

function numbersIn(candidate: string, region: string): Passage[] {
  return findPhoneNumbersInText(candidate, region as CountryCode)
    .map(({ startsAt: from, endsAt: to }) => ({ from, to }))
    .filter(({ from, to }) => /^[(\s]*[+0]/.test(candidate.slice(from, to)));
}
