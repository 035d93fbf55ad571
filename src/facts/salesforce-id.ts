/** An id of a Salesforce object: three characters of its kind, then twelve; a checksum of three may follow. */
const SHORT = /^(?=.*[a-z])(?:0[0-9a-z]{2}|500|701|80[0-9]|a[0-9a-z]{2})[0-9a-z]{12}$/i;
/** Objects that stand for persons, accounts and what was done with them, with capitals and small letters mixed. */
const TYPICAL = /^(?=.*[a-z])(?=.*[A-Z])(?:00[1356QTU]|500|701)/;
const LENGTH = 15;
const CHECKSUM_LENGTH = 3;
/** Each character of the checksum tells of five others which are capitals. */
const CHECKSUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const GROUP = 5;

/**
 * A Salesforce id in its form of 18 characters, which stays one id where capitals are lost; the value itself where it is no
 * Salesforce id. Fifteen characters and eighteen name the same object.
 */
export function salesforceId(value: string): string {
  const short = value.slice(0, LENGTH);
  if (!SHORT.test(short)) return value;
  if (value.length === LENGTH) return short + checksumOf(short);
  return value.length === LENGTH + CHECKSUM_LENGTH ? whole(value) : value;
}

/** The checksum says nothing that the fifteen do not, so one that does not fit a typical id is put right. */
function whole(value: string): string {
  const short = value.slice(0, LENGTH);
  const sum = value.slice(LENGTH);
  if (!/^[A-Z0-5]{3}$/i.test(sum) || sum === checksumOf(short)) return value;
  return TYPICAL.test(short) ? short + checksumOf(short) : (restored(short, sum.toUpperCase()) ?? value);
}

function checksumOf(short: string): string {
  const groups = [0, 1, 2].map((group) => short.slice(group * GROUP, (group + 1) * GROUP));
  return groups.map((group) => CHECKSUM[capitalsIn(group)]!).join("");
}

/** One bit a character, the first the lowest. */
function capitalsIn(group: string): number {
  return [...group].reduce((bits, character, place) => bits | (/[A-Z]/.test(character) ? 1 << place : 0), 0);
}

/** An id that lost its capitals, or its small letters, as its checksum tells them; null where the two do not fit. */
function restored(short: string, sum: string): string | null {
  if (short !== short.toLowerCase() && short !== short.toUpperCase()) return null;
  const letters = [...short].map((character, place) => {
    const bits = CHECKSUM.indexOf(sum[Math.floor(place / GROUP)]!);
    return bits & (1 << (place % GROUP)) ? character.toUpperCase() : character.toLowerCase();
  });
  const id = letters.join("");
  return checksumOf(id) === sum ? id + sum : null;
}
