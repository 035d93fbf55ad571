import fc from "fast-check";
import type { CarriedExpiryInput, CarriedInput, FacetInput } from "../../../src/reports/along.type.ts";
import { dimensions, matchers, seldom } from "./random.ts";
import { sequences } from "./random-sequences.ts";

const carried: fc.Arbitrary<CarriedInput> = fc
  .record({
    dimension: dimensions,
    how: fc.constantFrom<Pick<CarriedInput, "allocation"> & Partial<CarriedExpiryInput>>(
      { allocation: "FIRST_KNOWN" },
      { allocation: "LAST_KNOWN" },
      { allocation: "ALL" },
      { allocation: "MOST_RECENT" },
      { allocation: "ORIGINAL" },
      { allocation: "MOST_RECENT", minutes: 15 },
      { allocation: "ORIGINAL", minutes: 15 },
      { allocation: "MOST_RECENT", event: { kinds: ["CALL"] } },
      { allocation: "ORIGINAL", event: { names: ["/home"] } },
    ),
    container: fc.constantFrom("SESSION" as const, "SENDER_SESSION" as const, "CUSTOMER" as const),
    sessionTimeoutMinutes: fc.constantFrom(30, 60),
  })
  .map(({ dimension, how: { allocation, ...rest }, ...expiry }) => ({
    dimension,
    allocation,
    expiry: { ...expiry, ...rest },
  }));
/** What one value of an event is carried by. */
export const singles = seldom(carried.filter(({ allocation }) => allocation !== "ALL"));

export const facets: fc.Arbitrary<FacetInput[]> = fc
  .array(
    fc.oneof(
      matchers.map((matcher) => ({ matcher })),
      sequences.map((sequence) => ({ sequence })),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((filters) => filters.map((filter, i) => ({ name: `facet ${i}`, ...filter })));

/** Mostly the dimension of the question; else a value that is carried, or facets. */
export const alongs = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: carried.map((one) => ({ carried: one })) },
  { weight: 1, arbitrary: facets.map((all) => ({ facets: all })) },
);
