import type { Journeys } from "../journeys/journeys.ts";
import { AppError } from "../kit/errors.ts";
import type { KnownInput } from "./known.type.ts";

/** The journeys that a report is about: as they are known now, or as they were at the instant that it names. */
export function knownTo({ knownAt }: KnownInput, journeys: Journeys): Journeys {
  if (knownAt != null && knownAt.getTime() > Date.now()) {
    throw new AppError(
      "BAD_INPUT",
      "What will be known is not known yet: give a `knownAt` that has passed, or leave it out for now.",
      ["knownAt"],
    );
  }
  return journeys.asOf(knownAt);
}
