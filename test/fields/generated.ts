import fc from "fast-check";
import { CALL, LEG } from "../../src/fields/call.ts";
import { STATED } from "../../src/fields/car.ts";
import type { Field, Fields } from "../../src/fields/field.ts";
import { OBSERVED, REVISION } from "../../src/fields/record.ts";
import { TOUCHPOINT } from "../../src/fields/touchpoint.ts";

/** The fields that senders state of each kind of record. */
export const GIVEN = {
  interaction: givenOf({ ...REVISION, ...LEG }),
  call: givenOf({ ...REVISION, ...CALL }),
  touchpoint: givenOf({ ...REVISION, ...TOUCHPOINT }),
  customer: givenOf({ ...OBSERVED, ...STATED }),
} as const;
export type Kind = keyof typeof GIVEN;

function givenOf(fields: Fields): Field[] {
  return Object.values(fields).filter(({ given }) => given !== false);
}

/** A record in which every field says something; what it says is its own, so that no value passes for another. */
export type Body = Record<string, unknown> & { source: string; sourceId: string };

export function bodyOf(kind: Kind): fc.Arbitrary<Body> {
  return fc
    .tuple(
      fc.noShrink(fc.uuid()),
      fc.record(Object.fromEntries(GIVEN[kind].map((field) => [field.name, valueIn(field)]))),
    )
    .map(([id, values]) => ({
      source: `source-${id}`,
      sourceId: `id-${id}`,
      identities: [
        { namespace: "custid", value: `C-${id}` },
        { namespace: "globalcustid", value: `G-${id}` },
      ],
      ...inOrder(kind, values),
    }));
}

/** Times as they were: each field's after the one declared before it. */
function inOrder(kind: Kind, values: Record<string, unknown>): Record<string, unknown> {
  const times = GIVEN[kind].filter(({ type }) => type === "instant").map(({ name }) => name);
  const sorted = times.map((name) => String(values[name])).sort();
  return { ...values, ...Object.fromEntries(times.map((name, position) => [name, sorted[position]])) };
}

// The year is over: what lies ahead of the clock is refused.
const EARLIEST = Date.UTC(2025, 0, 1);
const YEAR_MS = 31_536_000_000;
const word = fc.string({ unit: fc.constantFrom(..."abcXYZ019åß愛😀-_'\"&<>,.:"), minLength: 1, maxLength: 12 });

function valueIn(field: Field): fc.Arbitrary<unknown> {
  switch (field.type) {
    case "text":
      return textOf(field);
    case "instant":
      return fc.integer({ min: 0, max: YEAR_MS }).map((ms) => new Date(EARLIEST + ms).toISOString());
    case "seconds":
      return fc.nat(31_622_400);
    case "int":
      return fc.nat(field.most);
    case "number":
      return fc.double({ min: 0.001, max: field.most, noNaN: true });
    case "bool":
      return fc.boolean();
    case "money":
      return fc.record({
        amount: fc
          .tuple(fc.integer(), fc.nat(99))
          .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, "0")}`),
        currency: fc.constantFrom("EUR", "SEK", "JPY"),
      });
    case "choice":
      return fc.constantFrom(...field.choices.values);
    case "list":
      return fc.uniqueArray(field.choices ? fc.constantFrom(...field.choices.values) : word, {
        minLength: 1,
        maxLength: 3,
      });
    case "json": {
      // A key of extra that is null takes back what was said of it.
      const none = field.name === "extra" ? [] : [fc.constant(null)];
      return fc.dictionary(word, fc.oneof(word, fc.boolean(), fc.nat(), ...none), { minKeys: 1, maxKeys: 3 });
    }
    case "signals":
      return fc.array(fc.record({ code: word, score: fc.nat(9), reason: word }), { minLength: 1, maxLength: 1 });
  }
}

/** Each begins with its field's name. */
function textOf({ name, column }: Field): fc.Arbitrary<unknown> {
  if (/url$/i.test(name)) return fc.uuid().map((id) => `https://a.example/${name}/${id}?token=secret#part`);
  if (name === "dialledNumber") return fc.integer({ min: 1_000_000, max: 9_999_999 }).map((number) => `+4670${number}`);
  // Kept in the dictionary, which a server knows to be stored: it outlives the emptying between two tests.
  if (column === null) return fc.tuple(word, fc.uuid()).map(([text, id]) => `${name} ${text} ${id}`);
  return word.map((text) => `${name} ${text}`);
}
