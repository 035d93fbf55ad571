import type { Journeys, Version } from "../journeys/journeys.ts";
import type { Ask } from "../journeys/store.ts";
import { AppError } from "../kit/errors.ts";
import { attributesIn } from "./attributes.ts";
import type { KnownInput, KnownReport } from "./known.type.ts";
import { type AskedOfTime, lookingBackTo } from "./look-back.ts";

/** What is to be said of a version. */
type Question<Said> = (version: Version) => Promise<Said>;

/**
 * Answers from the journeys that a report is about: as they are known now, or as they were at the instant that it names.
 * Each answer says which. `lookBack` is how long before its period it looks, beside the sessions of the period, in
 * milliseconds.
 */
export function knownTo(input: KnownInput & AskedOfTime, journeys: Journeys, lookBack = 0) {
  const { knownAt } = input;
  if (knownAt != null && knownAt.getTime() > Date.now()) {
    throw new AppError(
      "BAD_INPUT",
      "What will be known is not known yet: give a `knownAt` that has passed, or leave it out for now.",
      ["knownAt"],
    );
  }
  const known = journeys.asOf(knownAt).lookingBackTo(lookingBackTo(input, lookBack)).reading(attributesIn(input));
  const dated = async <Said>(version: Version, said: Promise<Said>): Promise<Said & KnownReport> => ({
    ...(await said),
    knownAt: version.knownAt,
  });
  return {
    answer: <Said>(question: Question<Said>) => known.answer((version) => dated(version, question(version))),
    /** The same, with what else the database says as of the same instant. */
    answerWith: <Told, Said>(ask: Ask<Told>, question: (version: Version, told: Told) => Promise<Said>) =>
      known.answerWith(ask, (version, told) => dated(version, question(version, told))),
  };
}
