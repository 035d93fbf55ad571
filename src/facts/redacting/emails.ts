import type { Passage } from "./digits-in.ts";

/** What stands in no address of e-mail that is not quoted. */
const BOUNDARY = /[\s@/?#&=;,:<>()[\]"']/;
const DOMAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?\.\p{L}{2,}/u;
/** Characters of a domain's name at most (RFC 1035). */
const LONGEST_DOMAIN = 255;

/** Where a text has an address of e-mail: from each @ back to what cannot be of it, so that no letter is read twice. */
export function emailsIn(text: string): Passage[] {
  const found: Passage[] = [];
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    const domain = DOMAIN.exec(text.slice(at + 1, at + 1 + LONGEST_DOMAIN))?.[0];
    if (!domain) continue;
    let from = at;
    while (from > 0 && !BOUNDARY.test(text[from - 1]!)) from -= 1;
    if (from < at) found.push({ from, to: at + 1 + domain.length });
  }
  return found;
}
