import { createHash } from "node:crypto";
import { byText } from "../kit/order.ts";
import { isWholeText } from "../kit/text.ts";
import { addressesIn, isNobodysAddress } from "./email.ts";
import type { IdentityKey, IdentityKind, NamespaceRule, SourceSettings } from "./identity.ts";
import { isPlaceholder, isSharedAccount } from "./nobody.ts";
import { NOBODY_WORDS } from "./nobody-words.ts";
import { callerNumber, isOwnNumber, isWithheld } from "./phone.ts";
import { MAX_IDENTITY_LENGTH } from "./record.ts";
import { baseOf, digitsOf, type Rules, regionOf, ruleOf } from "./rules.ts";
import { salesforceId } from "./salesforce-id.ts";
import { hasLostCharacters, hasLostDigits, isAmbiguous, plainId, plainNumber, plainText } from "./spelling.ts";

export type NormaliseReason =
  | "UNKNOWN_NAMESPACE"
  | "PLACEHOLDER"
  | "WITHHELD"
  | "IMPOSSIBLE_NUMBER"
  | "OWN_NUMBER"
  | "TOO_LONG"
  | "INVALID";

export type Normalised =
  | {
      ok: true;
      key: IdentityKey;
      kind: IdentityKind;
      /** What is odd about it, though it identifies. */
      note: string | null;
      /** The readable form where the key's value is a digest. */
      display?: string;
    }
  | { ok: false; reason: NormaliseReason; message: string };

/** What a sender's (namespace, value) means: one spelling for one identity, or why it identifies nobody. */
export function normalise(input: IdentityKey, source: SourceSettings, rules: Rules): Normalised {
  const named = plainText(input.namespace);
  const rule = ruleOf(rules, named);
  if (!rule || rule.kind === "RECORD") return refuse("UNKNOWN_NAMESPACE", unknown(named));
  if (!isWholeText(named)) return refuse("INVALID", "Send the namespace as plain UTF-8 text.");
  const issuer = issuerIn(named);
  if (issuer !== null && (rule.kind !== "ANCHOR" || !issuer)) {
    return refuse("INVALID", `Send ${rule.name} without an issuer: only anchors, such as custid@crm, name one.`);
  }
  const fault = faultOf(input.value);
  if (fault) return fault;
  const value = plainText(input.value);
  switch (rule.name) {
    case "phone":
      return tooLong(value) ?? phone(value, source, rules);
    case "email":
      return tooLong(value) ?? email(value, rule.kind);
    default:
      return (
        tooLong(value) ?? withoutDigits(value) ?? twofold(value) ?? id(plainId(value), rule, { issuer, source, rules })
      );
  }
}

/**
 * The carrier that holds the legs of one contact together. A universal session spans systems and has no source; a
 * channel's own session id means something to its source only. Null when the id is a placeholder.
 */
export function contactKey(source: string | null, sessionId: string): IdentityKey | null {
  const value = plainId(plainText(sessionId));
  if (isPlaceholder(value)) return null;
  return { namespace: "contact", value: source === null ? value : scoped(source, value) };
}

/** The identity of a record that nothing else identifies. No sender may name it. */
export function recordKey(source: string, sourceId: string): IdentityKey {
  return { namespace: "record", value: scoped(source, sourceId) };
}

/** A customer record's own identity, by which it stands for a customer whom it does not name (see `subjectOf`). */
export function customerRecordKey(source: string, sourceId: string): IdentityKey {
  return { namespace: "sourceid", value: scoped(source, sourceId) };
}

/**
 * Whom a customer record is about: the strongest of its identities. Where that is a telephone, which a household shares, it
 * is the record itself, so that two records with one number stay two customers.
 */
export function subjectOf<Item extends Comparable>(
  identities: readonly Item[],
  own: Item,
  rules: Rules,
): { subject: Item; others: Item[] } {
  const sorted = [...identities].sort((a, b) => strongestFirst(a, b, rules));
  const [strongest, ...others] = sorted;
  const isHousehold = strongest?.kind === "CARRIER" && rankIn(rules, strongest.namespace) >= rankIn(rules, "phone");
  return strongest && !isHousehold ? { subject: strongest, others } : { subject: own, others: sorted };
}

/** Orders identities: the first is the subject of the record that carried them. */
export function strongestFirst(a: Comparable, b: Comparable, rules: Rules): number {
  return (
    KIND_ORDER[a.kind] - KIND_ORDER[b.kind] ||
    (a.namespace === b.namespace ? 0 : rankIn(rules, a.namespace) - rankIn(rules, b.namespace)) ||
    byNaturalKey(a, b)
  );
}

type Comparable = IdentityKey & { kind: IdentityKind };

/** Orders by what senders say, never by an id that we made. */
export function byNaturalKey(a: IdentityKey, b: IdentityKey): number {
  return byText(a.namespace, b.namespace) || byText(a.value, b.value);
}

const KIND_ORDER: Readonly<Record<IdentityKind, number>> = { ANCHOR: 0, PERSONAL: 1, CARRIER: 2, RECORD: 3 };

/** A namespace that has left the table is the weakest of its kind. */
const UNRANKED = 1_000_000;

function rankIn(rules: Rules, namespace: string): number {
  return ruleOf(rules, namespace)?.rank ?? UNRANKED;
}

function unknown(namespace: string): string {
  return `No namespace is called "${namespace.trim().slice(0, 64)}": send one of the configured namespaces, or configure it.`;
}

/** What follows the `@` of the namespace, in lower case; null when there is none. */
function issuerIn(namespace: string): string | null {
  const base = baseOf(namespace);
  if (base === namespace) return null;
  return namespace
    .slice(base.length + 1)
    .trim()
    .toLowerCase();
}

/** A global id is the same in every system: it takes an issuer only when the sender names one. */
const GLOBAL = "globalcustid";

function issued(name: string, explicit: string | null, source: SourceSettings): string {
  const issuer = explicit ?? (name === GLOBAL ? null : source.anchorIssuer?.trim().toLowerCase());
  return issuer ? `${name}@${issuer}` : name;
}

function faultOf(value: string): Normalised | null {
  if (!isWholeText(value)) return refuse("INVALID", "Send the value as plain UTF-8 text.");
  if (hasLostCharacters(value)) return refuse("INVALID", "Characters of the value were lost: send it in UTF-8.");
  return tooLong(value);
}

function tooLong(value: string): Normalised | null {
  if (value.length <= MAX_IDENTITY_LENGTH || [...value].length <= MAX_IDENTITY_LENGTH) return null;
  return refuse("TOO_LONG", `An identity has at most ${MAX_IDENTITY_LENGTH} characters.`);
}

function withoutDigits(value: string): Normalised | null {
  return hasLostDigits(value) ? refuse("INVALID", `A spreadsheet dropped digits of the value: ${AS_TEXT}`) : null;
}

function twofold(value: string): Normalised | null {
  return isAmbiguous(value) ? refuse("INVALID", `Nothing says what the point or comma means: ${AS_TEXT}`) : null;
}

const AS_TEXT = "keep the column as text, and send it again.";

interface Issuing {
  /** The issuer that the sender named. */
  issuer: string | null;
  source: SourceSettings;
  rules: Rules;
}

function id(value: string, { name, kind }: NamespaceRule, { issuer, source, rules }: Issuing): Normalised {
  const stand = placeholder(value);
  if (stand) return stand;
  if (kind !== "CARRIER" && isSharedAccount(value)) return refuse("PLACEHOLDER", SHARED);
  if (name === "contact") return accept({ namespace: name, value: scoped(source.name, value) }, kind);
  if (kind !== "ANCHOR") return accept({ namespace: name, value }, kind);
  const namespace = issued(name, issuer, source);
  const digits = namespace === name ? null : digitsOf(rules, namespace.slice(name.length + 1));
  const number = plainNumber(value, digits);
  return placeholder(number) ?? accept({ namespace, value: name === "crmid" ? salesforceId(number) : number }, kind);
}

function phone(value: string, source: SourceSettings, rules: Rules): Normalised {
  if (isWithheld(value)) return refuse("WITHHELD", "The caller withheld the number.");
  const stand = placeholder(value) ?? withoutDigits(value);
  if (stand) return stand;
  const region = regionOf(rules, source);
  const number = callerNumber(value, region);
  if (!number) return refuse("IMPOSSIBLE_NUMBER", `No such phone number is possible (read in region ${region}).`);
  if (isOwnNumber(number.e164, source, region)) return refuse("OWN_NUMBER", "The number is one of our own lines.");
  const note = number.isValid ? null : "The phone number is possible, but no such range is in use.";
  return { ok: true, key: { namespace: "phone", value: number.e164 }, kind: "CARRIER", note };
}

const SHA256 = /^[0-9a-f]{64}$/;

/** The key is the digest of the address, so that an address and the hash of it are one identity. */
function email(value: string, kind: IdentityKind): Normalised {
  const digest = value.toLowerCase();
  if (SHA256.test(digest)) {
    return PLACEHOLDER_DIGESTS.has(digest)
      ? refuse("PLACEHOLDER", "The value is the digest of a placeholder, not of an address.")
      : accept({ namespace: "email", value: digest }, kind);
  }
  const [address, another] = addressesIn(value);
  if (another !== undefined) return refuse("INVALID", TWO_ADDRESSES);
  if (address === undefined) {
    return placeholder(value) ?? refuse("PLACEHOLDER", "The value is no e-mail address and identifies nobody.");
  }
  if (isNobodysAddress(address)) return refuse("PLACEHOLDER", "The address is a placeholder and identifies nobody.");
  return { ok: true, key: { namespace: "email", value: sha256(address) }, kind, note: null, display: address };
}

const TWO_ADDRESSES = "The value holds several e-mail addresses: send each as an identity of its own.";

/** Digests of what senders hash where there is no address. */
const PLACEHOLDER_DIGESTS = new Set(["", "0", "-1", "n/a", "-", "[object object]", ...NOBODY_WORDS].map(sha256));

const SHARED = "The value is an account that many use, and identifies nobody.";

function placeholder(value: string): Normalised | null {
  return isPlaceholder(value) ? refuse("PLACEHOLDER", "The value is a placeholder and identifies nobody.") : null;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Two names as one value; the escape keeps `a/b` + `c` from being `a` + `b/c`. */
function scoped(source: string, id: string): string {
  return `${source.replaceAll("%", "%25").replaceAll("/", "%2F")}/${id}`;
}

function accept(key: IdentityKey, kind: IdentityKind): Normalised {
  return { ok: true, key, kind, note: null };
}

function refuse(reason: NormaliseReason, message: string): Normalised {
  return { ok: false, reason, message };
}
