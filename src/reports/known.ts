import { attributesIn } from "../facts/attributes.ts";
import type { ArchivedSpan } from "../journeys/changes.ts";
import type { Journeys, Version } from "../journeys/journeys.ts";
import { countLeftOut } from "../journeys/left-out.ts";
import type { Ask } from "../journeys/store.ts";
import { AppError } from "../kit/errors.ts";
import { countForgottenSince } from "./forgotten-since.sql.ts";
import type { KnownInput, KnownReport } from "./known.type.ts";
import { type AskedOfTime, lookingBackTo } from "./look-back.ts";

/** Whether a month reaches into the time that a question is about. */
const isAbout =
  (input: AskedOfTime, lookBack: number) =>
  ({ from, to }: ArchivedSpan): boolean =>
    from < input.period.to && to.getTime() > lookingBackTo(input, lookBack);

/** What is to be said of a version. */
type Question<Said> = (version: Version) => Promise<Said>;

interface Dated {
  version: Version;
  forgottenSince: number;
}

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
  const dated = async <Said>(of: Dated, said: Promise<Said>): Promise<Said & KnownReport> => ({
    ...(await said),
    knownAt: of.version.knownAt,
    forgottenSince: of.forgottenSince,
    wholeSince: of.version.wholeSince,
    archivedMonths: of.version.archived.filter(isAbout(input, lookBack)).map(({ month }) => month),
    excludedByConsent: countLeftOut(of.version.partitions),
  });
  /** The answer, with what else the database says as of the same instant. */
  const answerWith = <Told, Said>(ask: Ask<Told>, question: (version: Version, told: Told) => Promise<Said>) =>
    known.answerWith(
      async (snapshot) => ({
        told: await ask(snapshot),
        forgottenSince: knownAt ? await countForgottenSince(snapshot, knownAt) : 0,
      }),
      (version, { told, forgottenSince }) => dated({ version, forgottenSince }, question(version, told)),
    );
  return {
    answer: <Said>(question: Question<Said>) =>
      knownAt
        ? answerWith(async () => null, question)
        : known.answer((version) => dated({ version, forgottenSince: 0 }, question(version))),
    answerWith,
  };
}
