import { domainToUnicode } from "node:url";
import { isPlaceholder } from "./nobody.ts";
import { PROGRAM_WORDS } from "./nobody-words.ts";
import { wordsIn } from "./spelling.ts";

const SCHEME = /^(?:mailto|smtp|e-?mail)\s*:\s*/;
const LOCAL = /^(?:"[^"]+"|[^\s@"<>(),:;[\]\\]+)$/;
const DOMAIN = /^(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?\.)*[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u;

/**
 * The addresses that a value names, in lower case: of a link, a From header, a list, a name beside an address. None where
 * it holds none, or where one cannot tell where it begins.
 */
export function addressesIn(value: string): string[] {
  const text = decoded(value).toLowerCase().trim().replace(SCHEME, "");
  const bracketed = [...text.matchAll(/<([^<>]*)>/g)].map(([, inside]) => withoutQuery(inside!.replace(SCHEME, "")));
  const pieces =
    bracketed.length > 0
      ? bracketed
      : withoutQuery(text)
          .replace(/\([^()]*\)/g, " ")
          .split(/[\s,;|]+/);
  const addresses = pieces
    .map((piece) => piece.trim().replace(EDGES, ""))
    .filter(Boolean)
    .map(addressIn);
  return addresses.every((address) => address !== null) ? [...new Set(addresses as string[])] : [];
}

/** Of a link, without what its mail would say. A name in front of an address may hold a question mark, or be encoded with some. */
function withoutQuery(text: string): string {
  return text.replace(/\?.*@.*$|\?[a-z]+=.*$/, "");
}

/** What clings to an address that was cut out of a text. */
const EDGES = /^[\s'"`<>,;:]+|[\s'"`<>,;:.]+$/g;

function decoded(value: string): string {
  return /%40/.test(value) ? value.replaceAll(/%40/g, "@") : value;
}

/** The address with its domain as people write it: `xn--` and the letters behind it are one domain. */
function addressIn(piece: string): string | null {
  const at = piece.lastIndexOf("@");
  const local = piece.slice(0, at);
  const domain = piece.slice(at + 1);
  if (at < 1 || !LOCAL.test(local) || !DOMAIN.test(domain)) return null;
  return `${local}@${domain.includes("xn--") ? domainToUnicode(domain) || domain : domain}`;
}

const DO_NOT_REPLY =
  /^(?:no|do[-_.]?not|dont|nicht|ne[-_.]?pas|ikke|ei)[-_.]?(?:reply|respond(?:er)?|answer|repondre|antworten|svare|vastaa)(?:[-_.+].*)?$/;
/** Words that an owner of a domain writes before it, though they are no id of anybody: mail@bell.se. */
const OWN = new Set([
  ...PROGRAM_WORDS,
  "mail",
  "email",
  "admin",
  "administrator",
  "root",
  "system",
  "user",
  "name",
  "me",
  "na",
  "nan",
  "id",
]);
const MACHINES = new Set(["mailer-daemon", "maildaemon", "postmaster", "bounce", "bounces"]);

/** Whether an address is one that software or people write where there is none. */
export function isNobodysAddress(address: string): boolean {
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (/(?:^|\.)invalid$/.test(domain)) return true;
  if (MACHINES.has(local) || DO_NOT_REPLY.test(local)) return true;
  if (!OWN.has(local) && isPlaceholder(local)) return true;
  // a@a.com and no@no.com, whereas bell@bell.se is a family's own.
  return local.length <= 2 && wordsIn(domain)[0] === local;
}
