import { createHash } from "node:crypto";
import { byText } from "../kit/order.ts";
import { isWholeText } from "../kit/text.ts";
import type { IdentityKey, IdentityKind, SourceSettings } from "./identity.ts";
import { callerNumber, isOwnNumber, isWithheld } from "./phone.ts";
import { MAX_IDENTITY_LENGTH } from "./record.ts";
import { baseOf, type Rules, regionOf, ruleOf } from "./rules.ts";

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
  const rule = ruleOf(rules, input.namespace.trim());
  if (!rule || rule.kind === "RECORD") return refuse("UNKNOWN_NAMESPACE", unknown(input.namespace));
  if (!isWholeText(input.namespace)) return refuse("INVALID", "Send the namespace as plain UTF-8 text.");
  const issuer = issuerIn(input.namespace);
  if (issuer !== null && (rule.kind !== "ANCHOR" || !issuer)) {
    return refuse("INVALID", `Send ${rule.name} without an issuer: only anchors, such as custid@crm, name one.`);
  }
  const value = input.value.trim();
  const fault = faultOf(value);
  if (fault) return fault;
  switch (rule.name) {
    case "phone":
      return phone(value, source, rules);
    case "email":
      return email(value, rule.kind);
    case "contact":
      return placeholder(value) ?? accept({ namespace: "contact", value: scoped(source.name, value) }, rule.kind);
    default: {
      const namespace = rule.kind === "ANCHOR" ? issued(rule.name, issuer, source) : rule.name;
      return placeholder(value) ?? accept({ namespace, value }, rule.kind);
    }
  }
}

/**
 * The carrier that holds the legs of one contact together. A universal session spans systems and has no source; a
 * channel's own session id means something to its source only. Null when the id is a placeholder.
 */
export function contactKey(source: string | null, sessionId: string): IdentityKey | null {
  const value = sessionId.trim();
  if (isPlaceholder(value)) return null;
  return { namespace: "contact", value: source === null ? value : scoped(source, value) };
}

/** The identity of a record that nothing else identifies. No sender may name it. */
export function recordKey(source: string, sourceId: string): IdentityKey {
  return { namespace: "record", value: scoped(source, sourceId) };
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
  const name = namespace.trim();
  const base = baseOf(name);
  return base === name
    ? null
    : name
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
  if (value.length > MAX_IDENTITY_LENGTH && [...value].length > MAX_IDENTITY_LENGTH) {
    return refuse("TOO_LONG", `An identity has at most ${MAX_IDENTITY_LENGTH} characters.`);
  }
  if (!isWholeText(value)) return refuse("INVALID", "Send the value as plain UTF-8 text.");
  return null;
}

function phone(value: string, source: SourceSettings, rules: Rules): Normalised {
  if (isWithheld(value)) return refuse("WITHHELD", "The caller withheld the number.");
  const stand = placeholder(value);
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
  const address = value.toLowerCase();
  const stand = placeholder(address);
  if (stand) return stand;
  if (SHA256.test(address)) {
    return PLACEHOLDER_DIGESTS.has(address)
      ? refuse("PLACEHOLDER", "The value is the digest of a placeholder, not of an address.")
      : accept({ namespace: "email", value: address }, kind);
  }
  if (!/^\S+@\S+$/.test(address)) return refuse("PLACEHOLDER", "The value is no e-mail address and identifies nobody.");
  return { ok: true, key: { namespace: "email", value: sha256(address) }, kind, note: null, display: address };
}

const PLACEHOLDERS = new Set([
  "",
  "null",
  "nil",
  "none",
  "undefined",
  "unknown",
  "anonymous",
  "n/a",
  "na",
  "-",
  "0",
  "-1",
  "nan",
  "true",
  "false",
  "test",
  "[object object]",
]);
const PLACEHOLDER_DIGESTS = new Set([...PLACEHOLDERS].map(sha256));

function isPlaceholder(value: string): boolean {
  return value.length < 16 ? PLACEHOLDERS.has(value.toLowerCase()) || /^[0-]*$/.test(value) : /^[0-]+$/.test(value);
}

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
