import { GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from "graphql";
import { GraphQLJSONObject, GraphQLLocalDate } from "graphql-scalars";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { AMOUNT_REMEDY, amountIn } from "./amount.ts";
import { INSTANT_REMEDY, instantIn } from "./instant.ts";
import { takes } from "./takes.ts";

/**
 * What a scalar cannot read, as it was sent. Its place decides what becomes of it: a record goes on to the validator with
 * it, so that one bad record spoils no other; any other input is refused.
 */
export class Unread {
  readonly given: unknown;
  readonly remedy: string;

  constructor(given: unknown, remedy: string) {
    this.given = given;
    this.remedy = remedy;
  }
}

/** An instant: RFC 3339 with a zone in, UTC with milliseconds out. */
export const DateTime = scalar<Date>("DateTime", {
  description:
    "An instant as RFC 3339 with a zone, such as 2026-11-20T09:30:00Z; answers are in UTC, to the millisecond.",
  read: instantIn,
  remedy: INSTANT_REMEDY,
  write: (value) => (value instanceof Date ? value : new Date(String(value))).toISOString(),
});

export const LocalDate = new GraphQLScalarType({
  ...GraphQLLocalDate.toConfig(),
  description: "A calendar day, such as 2026-11-20.",
});

/** Longer is no telephone number, in whatever spelling. */
const MAX_PHONE = 64;

/** A number stays as it was sent: only the record's source knows its region. */
export const PhoneNumber = scalar<string>("PhoneNumber", {
  description: "A telephone number: E.164 out, such as +46701234567; in, whatever can be read as one.",
  read: (given) => (typeof given === "string" && given.length <= MAX_PHONE && /\d/.test(given) ? given : null),
  remedy: "Send a telephone number as text, best with its country code: +46701234567.",
  write: (value) => parsePhoneNumberFromString(String(value))?.number ?? String(value),
});

/** Any JSON object: not a list, not a bare value. */
export const JSONObject = scalar<Record<string, unknown>>("JSONObject", {
  description: "A JSON object with any fields.",
  read: (given) => (takes(GraphQLJSONObject, given) ? (given as Record<string, unknown>) : null),
  remedy: 'Send a JSON object, such as {"key": "value"}.',
  write: GraphQLJSONObject.serialize,
});

/** An exact number; a float would lose cents. */
export const Decimal = scalar<string>("Decimal", {
  description: 'An exact decimal number as text, such as "12.50".',
  read: amountIn,
  remedy: AMOUNT_REMEDY,
  write: String,
});

interface Behaviour<Value> {
  description: string;
  /** Null where it cannot be read. */
  read(given: unknown): Value | null;
  remedy: string;
  write(value: unknown): unknown;
}

function scalar<Value>(
  name: string,
  { description, read, remedy, write }: Behaviour<Value>,
): GraphQLScalarType<Value | Unread, unknown> {
  const parseValue = (given: unknown) => read(given) ?? new Unread(given, remedy);
  const parseLiteral = (node: ValueNode, variables?: Record<string, unknown> | null) => {
    if (node.kind !== Kind.INT && node.kind !== Kind.FLOAT) return parseValue(valueFromASTUntyped(node, variables));
    const number = Number(node.value);
    // The text of an amount is exact where its float is not.
    return name === "Decimal" ? (read(node.value) ?? parseValue(number)) : parseValue(number);
  };
  return new GraphQLScalarType({ name, description, serialize: write, parseValue, parseLiteral });
}
