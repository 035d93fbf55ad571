import type { Purpose } from "../fields/choices.ts";

// Which consent stands. The view `consent_closed` says the same to the database; a test holds the two to each other.

/** What a record, or a moment such as a banner's, said of one purpose. */
export interface ConsentStatement {
  purpose: Purpose;
  isGiven: boolean;
  statedAt: Date;
}

/**
 * Of each purpose the newest statement, whoever made it; of one instant a refusal. What several customers said is what one
 * would have said who is all of them, so that merges and splits, in whatever order, leave what their statements say.
 */
export function standingConsents<Statement extends ConsentStatement>(
  statements: Iterable<Statement>,
): Map<Purpose, Statement> {
  const standing = new Map<Purpose, Statement>();
  for (const one of statements) {
    const other = standing.get(one.purpose);
    if (!other || overrules(one, other)) standing.set(one.purpose, one);
  }
  return standing;
}

function overrules(one: ConsentStatement, other: ConsentStatement): boolean {
  return one.statedAt.getTime() - other.statedAt.getTime() > 0 || (isOfOneInstant(one, other) && !one.isGiven);
}

const isOfOneInstant = (one: ConsentStatement, other: ConsentStatement) =>
  one.statedAt.getTime() === other.statedAt.getTime();
