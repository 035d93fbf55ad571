import {
  type Redacted,
  type RedactedKind,
  type Redacting,
  redactAddress,
  redactSearch,
  redactText,
} from "../../facts/redacting/redact-text.ts";
import type { Validated } from "./validate.ts";

/** A record without what may not be stored, and what that was. */
interface RedactedRecord {
  validated: Validated;
  found: { field: string; kind: RedactedKind }[];
}

type Redact = (text: string, redacting: Redacting) => Redacted;

/** The fields in which people and pages write what they like. Ids and names of things are no such fields. */
const ADDRESSES = { pageUrl: redactAddress, referrer: redactAddress, landingPage: redactAddress };
const OF_LEG: Readonly<Record<string, Redact>> = {
  ...ADDRESSES,
  interactionNotes: redactText,
  intent: redactText,
  callReason: redactText,
};
const OF_MOMENT: Readonly<Record<string, Redact>> = { ...ADDRESSES, url: redactAddress };
/** The names of these are what somebody typed, or where they were. */
const PLACES: readonly string[] = ["PAGE_VIEW", "SEARCH"];

/** Takes numbers of cards, accounts and people out of a record, as the settings of its source say. */
export function redactRecord(validated: Validated, redacting: Redacting): RedactedRecord {
  if (redacting.kinds.size === 0) return { validated, found: [] };
  switch (validated.kind) {
    case "interaction": {
      const { body, found } = redactBody(validated.body, { texts: OF_LEG, documents: ["metadata"], redacting });
      const notes = [...validated.notes, ...found.map(noteOf)];
      return { validated: found.length === 0 ? validated : { ...validated, body, notes }, found };
    }
    case "touchpoint": {
      const named = PLACES.includes(validated.body.kind) ? redactSearch : redactText;
      const texts = { ...OF_MOMENT, name: named, section: named };
      const { body, found } = redactBody(validated.body, { texts, documents: ["metadata"], redacting });
      return { validated: found.length === 0 ? validated : { ...validated, body }, found };
    }
    case "customer": {
      const { body, found } = redactBody(validated.body, { texts: {}, documents: ["extra", "signals"], redacting });
      return { validated: found.length === 0 ? validated : { ...validated, body }, found };
    }
  }
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

interface How {
  texts: Readonly<Record<string, Redact>>;
  documents: readonly string[];
  redacting: Redacting;
}

function redactBody<Body extends object>(body: Body, { texts, documents, redacting }: How) {
  const found: RedactedRecord["found"] = [];
  const changed: Record<string, unknown> = {};
  const values = body as Readonly<Record<string, unknown>>;
  const put = (field: string, left: unknown, kinds: readonly RedactedKind[]) => {
    if (kinds.length === 0) return;
    changed[field] = left;
    for (const kind of new Set(kinds)) found.push({ field, kind });
  };
  for (const [field, redact] of Object.entries(texts)) {
    const value = values[field];
    if (typeof value !== "string") continue;
    const { text, found: kinds } = redact(value, redacting);
    put(field, text, kinds);
  }
  for (const field of documents) {
    const kinds: RedactedKind[] = [];
    const left = redactDocument(values[field], redacting, kinds);
    put(field, left, kinds);
  }
  return { body: found.length === 0 ? body : { ...body, ...changed }, found };
}

/** The texts of a document, and numbers so long that they are no amounts. */
function redactDocument(value: unknown, redacting: Redacting, kinds: RedactedKind[]): unknown {
  if (typeof value === "string" || typeof value === "number") {
    const { text, found } = redactText(String(value), redacting);
    kinds.push(...found);
    return found.length === 0 ? value : text;
  }
  if (Array.isArray(value)) return value.map((member) => redactDocument(member, redacting, kinds));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, redactDocument(member, redacting, kinds)]),
  );
}
