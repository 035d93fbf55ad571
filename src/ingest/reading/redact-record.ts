import {
  type Redacted,
  type RedactedKind,
  type Redacting,
  redactAddress,
  redactSearch,
  redactText,
} from "../../facts/redacting/redact-text.ts";
import { LEG } from "../../fields/call.ts";
import { STATED } from "../../fields/car.ts";
import type { Fields } from "../../fields/field.ts";
import { TOUCHPOINT } from "../../fields/touchpoint.ts";
import type { Refusal } from "../receipt.ts";
import type { Validated } from "./validate.ts";

/** A record without what may not be stored, and what that was. */
interface RedactedRecord {
  validated: Validated;
  found: { field: string; kind: RedactedKind }[];
}

/** Takes what may not be stored out of a field's value, and says what that was. */
type Redact = (value: unknown, redacting: Redacting, kinds: RedactedKind[]) => unknown;

const textBy =
  (redact: (text: string, redacting: Redacting) => Redacted): Redact =>
  (value, redacting, kinds) => {
    if (typeof value !== "string") return value;
    const { text, found } = redact(value, redacting);
    kinds.push(...found);
    return text;
  };

/** What is done to each text that a sender states, by its line in src/fields; a field that is not among them holds no text. */
function redactsOf(all: Fields, place: Redact): [field: string, redact: Redact][] {
  return Object.values(all).flatMap((field): [string, Redact][] => {
    if (field.given === false) return [];
    switch (field.type) {
      case "text":
        if (field.redact === "id") return [];
        return [[field.name, field.redact === "address" ? ADDRESS : field.redact === "place" ? place : NOTE]];
      case "list":
        return field.choices ? [] : [[field.name, DOCUMENT]];
      case "json":
      case "signals":
        return [[field.name, DOCUMENT]];
      default:
        return [];
    }
  });
}

const [NOTE, SEARCH, ADDRESS] = [textBy(redactText), textBy(redactSearch), textBy(redactAddress)];
const DOCUMENT: Redact = (value, redacting, kinds) => redactDocument(value, redacting, kinds);
const OF_LEG = redactsOf(LEG, SEARCH);
/** The names of a page and of a search are where somebody was, and what they typed. */
const OF_PLACE = redactsOf(TOUCHPOINT, SEARCH);
const OF_MOMENT = redactsOf(TOUCHPOINT, NOTE);
const OF_CUSTOMER = redactsOf(STATED, NOTE);
const PLACES: readonly string[] = ["PAGE_VIEW", "SEARCH"];

/** Takes numbers of cards, accounts and people out of a record, as the settings of its source say. */
export function redactRecord(validated: Validated, redacting: Redacting): RedactedRecord {
  if (redacting.kinds.size === 0) return { validated, found: [] };
  switch (validated.kind) {
    case "interaction": {
      const { body, found } = redactBody(validated.body, OF_LEG, redacting);
      return { validated: { ...validated, body, notes: [...validated.notes, ...found.map(noteOf)] }, found };
    }
    case "touchpoint": {
      const redacts = PLACES.includes(validated.body.kind) ? OF_PLACE : OF_MOMENT;
      const { body, found } = redactBody(validated.body, redacts, redacting);
      return { validated: { ...validated, body, notes: [...validated.notes, ...found.map(noteOf)] }, found };
    }
    case "customer": {
      const { body, found } = redactBody(validated.body, OF_CUSTOMER, redacting);
      return { validated: { ...validated, body }, found };
    }
  }
}

/** Why a record was refused, in words that do not repeat what may not be stored: a name that no field has may be anything. */
export function redactRefusal({ reason, message, path }: Refusal, redacting: Redacting): Refusal {
  const left = (text: string) => redactText(text, redacting).text;
  return { reason, message: left(message), path: path.map(left) };
}

const SAID: Readonly<Record<RedactedKind, string>> = {
  iban: "An account number",
  card: "A card number",
  ssn: "A social security number",
  email: "An e-mail address",
  phone: "A telephone number",
  digits: "A long number",
};

const noteOf = ({ field, kind }: RedactedRecord["found"][number]) => ({
  field,
  message: `${SAID[kind]} was taken out before it was stored.`,
});

function redactBody<Body extends object>(
  body: Body,
  redacts: ReturnType<typeof redactsOf>,
  redacting: Redacting,
): { body: Body; found: RedactedRecord["found"] } {
  const found: RedactedRecord["found"] = [];
  const changed: Record<string, unknown> = {};
  const values = body as Readonly<Record<string, unknown>>;
  for (const [field, redact] of redacts) {
    const value = values[field];
    if (value === null || value === undefined) continue;
    const kinds: RedactedKind[] = [];
    const left = redact(value, redacting, kinds);
    if (left !== value) changed[field] = left;
    for (const kind of new Set(kinds)) found.push({ field, kind });
  }
  return { body: Object.keys(changed).length === 0 ? body : { ...body, ...changed }, found };
}

/** The texts of a document, its keys, and numbers so long that they are no amounts. */
function redactDocument(value: unknown, redacting: Redacting, kinds: RedactedKind[], called = ""): unknown {
  if (typeof value === "number" || typeof value === "string") {
    const { text, found } = redactText(String(value), redacting, called);
    kinds.push(...found);
    return found.length === 0 ? value : text;
  }
  if (Array.isArray(value)) return value.map((member) => redactDocument(member, redacting, kinds, called));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const left = new Map<string, unknown>();
  const times = new Map<string, number>();
  for (const [key, member] of Object.entries(value)) {
    left.set(ownKey(NOTE(key, redacting, kinds) as string, left, times), redactDocument(member, redacting, kinds, key));
  }
  return Object.fromEntries(left);
}

/** Keys of which nothing is left but what was taken out stay apart: "[card]", "[card] 2". */
function ownKey(key: string, taken: ReadonlyMap<string, unknown>, times: Map<string, number>): string {
  let own = key;
  while (taken.has(own)) {
    times.set(key, (times.get(key) ?? 1) + 1);
    own = `${key} ${times.get(key)}`;
  }
  return own;
}
