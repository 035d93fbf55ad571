import { GraphQLError, type GraphQLScalarType, parseValue as literal } from "graphql";
import * as theirs from "graphql-scalars";
import { expect, test } from "vitest";
import { isPhoneRegion } from "../../src/facts/phone.ts";
import { isCurrency } from "../../src/kit/money.ts";
import { DateTime, Decimal, JSONObject, LocalDate, PhoneNumber, Unread } from "../../src/kit/scalars.ts";
import { isTimeZone } from "../../src/kit/time-zone.ts";

const HALF_PAST_NINE = new Date("2026-11-20T09:30:00Z");
const REFUSED = Symbol("refused");

/** Reads a variable; REFUSED where the scalar throws. */
function read(scalar: GraphQLScalarType, given: unknown): unknown {
  try {
    return scalar.parseValue(given);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return REFUSED;
  }
}

// Each line shows why a scalar is ours: what that of graphql-scalars does with the same value.
test.each<[string, GraphQLScalarType, GraphQLScalarType, unknown, unknown, unknown]>([
  ["no seconds", DateTime, theirs.GraphQLDateTime, "2026-11-20T09:30Z", HALF_PAST_NINE, REFUSED],
  ["a zone without a colon", DateTime, theirs.GraphQLDateTime, "2026-11-20T10:30:00+0100", HALF_PAST_NINE, REFUSED],
  ["Unix seconds", DateTime, theirs.GraphQLDateTime, 1_795_167_000, HALF_PAST_NINE, REFUSED],
  ["Unix seconds", DateTime, theirs.GraphQLTimestamp, 1_795_167_000, HALF_PAST_NINE, new Date("1970-01-21T18:39:27Z")],
  ["cents", Decimal, theirs.GraphQLNonNegativeFloat, "12.50", "12.50", 12.5],
  [
    "many digits",
    Decimal,
    theirs.GraphQLNonNegativeFloat,
    "12345678901234.567891",
    "12345678901234.567891",
    12345678901234.568,
  ],
  ["brackets in front", PhoneNumber, theirs.GraphQLPhoneNumber, "(070) 123 45 67", "(070) 123 45 67", REFUSED],
  ["a scheme in front", PhoneNumber, theirs.GraphQLPhoneNumber, "tel:+46701234567", "tel:+46701234567", REFUSED],
])("reads %s as %s, which %s does not", (_what, own, other, given, ours, not) => {
  expect(read(own, given)).toEqual(ours);
  expect(read(other, given)).toEqual(not);
});

test.each<[GraphQLScalarType, GraphQLScalarType, unknown]>([
  [DateTime, theirs.GraphQLDateTime, "yesterday"],
  [Decimal, theirs.GraphQLNonNegativeFloat, "a lot"],
  [PhoneNumber, theirs.GraphQLPhoneNumber, "unknown"],
  [JSONObject, theirs.GraphQLJSONObject, ["a list"]],
])(
  "%s hands on what it cannot read, where %s would refuse the other records of the request too",
  (own, other, given) => {
    expect(read(own, given)).toBeInstanceOf(Unread);
    expect(read(other, given)).toBe(REFUSED);
  },
);

test("PhoneNumber answers in E.164, whatever is stored", () => {
  expect(PhoneNumber.serialize("+46 70 123 45 67")).toBe("+46701234567");
  expect(theirs.GraphQLPhoneNumber.serialize("+46 70 123 45 67")).toBe("+46 70 123 45 67");
});

test("JSONObject keeps every word of a document, where that of graphql-scalars loses one without quotes", () => {
  const node = literal("{ tier: GOLD }");

  expect(JSONObject.parseLiteral(node)).toEqual({ tier: "GOLD" });
  expect(theirs.GraphQLJSONObject.parseLiteral(node)).toEqual({ tier: undefined });
});

test("LocalDate is that of graphql-scalars, in our words", () => {
  expect(LocalDate.parseValue).toBe(theirs.GraphQLLocalDate.parseValue);
  expect(LocalDate.serialize("2026-11-20")).toBe("2026-11-20");
  expect(read(LocalDate, "2026-02-30")).toBe(REFUSED);
});

test("a currency is what ISO 4217 names, in capitals, as not all of graphql-scalars' are", () => {
  expect(read(theirs.GraphQLCurrency, "eur")).toBe("eur");
  expect(Intl.supportedValuesOf("currency").filter((code) => !isCurrency(code))).toEqual([]);
  expect(["XYZ", "eur", "EURO", ""].filter(isCurrency)).toEqual([]);
});

test("a time zone is one that means the same place in PostgreSQL, as not all of graphql-scalars' do", () => {
  const elsewhere = ["IST", "CST", "US/Pacific-New"];

  expect(elsewhere.map((name) => read(theirs.GraphQLTimeZone, name))).toEqual(elsewhere);
  expect(elsewhere.filter(isTimeZone)).toEqual([]);
});

test("a region is one that has telephone numbers, as not all of graphql-scalars' countries have", () => {
  expect(read(theirs.GraphQLCountryCode, "AQ")).toBe("AQ");
  expect(read(theirs.GraphQLCountryCode, "AC")).toBe(REFUSED);
  expect(["AQ", "AC", "SE", "XX", "se", ""].filter(isPhoneRegion)).toEqual(["AC", "SE"]);
});
