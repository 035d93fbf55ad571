import type { Journeys } from "../journeys/journeys.ts";
import { AppError } from "../kit/errors.ts";
import type { KnownInput } from "./known.type.ts";
import { type AskedOfTime, lookingBackTo } from "./look-back.ts";

/**
 * The journeys that a report is about: as they are known now, or as they were at the instant that it names. `lookBack` is
 * how long before its period it looks, beside the sessions of the period, in milliseconds.
 */
export function knownTo(input: KnownInput & AskedOfTime, journeys: Journeys, lookBack = 0): Journeys {
  const { knownAt } = input;
  if (knownAt != null && knownAt.getTime() > Date.now()) {
    throw new AppError(
      "BAD_INPUT",
      "What will be known is not known yet: give a `knownAt` that has passed, or leave it out for now.",
      ["knownAt"],
    );
  }
  return journeys.asOf(knownAt).lookingBackTo(lookingBackTo(input, lookBack));
}
