import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from "graphql";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { AMOUNT_REMEDY, amountIn } from "../kit/amount.ts";
import { INSTANT_REMEDY, instantIn, isDay } from "../kit/instant.ts";

/** An instant: RFC 3339 with a zone in, UTC with milliseconds out. */
export const DateTime = scalar<Date>("DateTime", {
  description:
    "An instant as RFC 3339 with a zone, such as 2026-11-20T09:30:00Z; answers are in UTC, to the millisecond.",
  read: (given) => instantIn(given instanceof Numeric ? Number(given.text) : given) ?? refuse(INSTANT_REMEDY),
  write: (value) => (value instanceof Date ? value : new Date(String(value))).toISOString(),
});

/** A calendar day. */
export const LocalDate = scalar<string>("LocalDate", {
  description: "A calendar day, such as 2026-11-20.",
  read: (given) => dayOf(given) ?? refuse("Send a day as year, month and day, such as 2026-11-20."),
  write: (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value)),
});

/** A number without a country code stays as it was sent: only the record's source knows its region. */
export const PhoneNumber = scalar<string>("PhoneNumber", {
  description: "A telephone number: E.164 out, such as +46701234567; in, whatever can be read as one.",
  read: (given) =>
    numberOf(given) ?? refuse("Send a telephone number as text, best with its country code: +46701234567."),
  write: (value) => parsePhoneNumberFromString(String(value))?.number ?? String(value),
});

/** Any JSON object: not a list, not a bare value. */
export const JSONObject = scalar<Record<string, unknown>>("JSONObject", {
  description: "A JSON object with any fields.",
  read: (given) => (isObject(given) ? given : refuse('Send a JSON object, such as {"key": "value"}.')),
  write: (value) => value,
});

/** An exact number; a float would lose cents. */
export const Decimal = scalar<string>("Decimal", {
  description: 'An exact decimal number as text, such as "12.50".',
  read: (given) => amountIn(given instanceof Numeric ? given.text : given) ?? refuse(AMOUNT_REMEDY),
  write: String,
});

interface Behaviour<Value> {
  description: string;
  read(given: unknown): Value;
  write(value: unknown): unknown;
}

function scalar<Value>(
  name: string,
  { description, read, write }: Behaviour<Value>,
): GraphQLScalarType<Value, unknown> {
  const parseLiteral = (node: ValueNode, variables?: Record<string, unknown> | null) =>
    // The text of a number is exact where its float is not.
    read(
      node.kind === Kind.INT || node.kind === Kind.FLOAT ? numericOf(node.value) : valueFromASTUntyped(node, variables),
    );
  return new GraphQLScalarType<Value, unknown>({ name, description, serialize: write, parseValue: read, parseLiteral });
}

/** A numeric literal, told apart from a quoted one. */
class Numeric {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function numericOf(text: string): Numeric {
  return new Numeric(text);
}

function refuse(message: string): never {
  throw new GraphQLError(message, { extensions: { code: "BAD_INPUT" } });
}

function dayOf(given: unknown): string | null {
  return typeof given === "string" && isDay(given) ? given : null;
}

function numberOf(given: unknown): string | null {
  if (typeof given !== "string" || given.length > 64 || !/\d/.test(given)) return null;
  return parsePhoneNumberFromString(given)?.number ?? given.trim();
}

function isObject(given: unknown): given is Record<string, unknown> {
  return typeof given === "object" && given !== null && !Array.isArray(given) && !(given instanceof Numeric);
}
