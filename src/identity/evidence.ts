import { type Identity, PUBLIC_ABOVE, type Verdict } from "../facts/identity.ts";
import { strongestFirst } from "../facts/normalise.ts";
import type { Rules } from "../facts/rules.ts";
import type { ConflictKind } from "../facts/vocabulary.ts";
import { byText } from "../kit/order.ts";

/** Which identity was on which record, beside the record's subject. */
export interface SightingKey {
  identityId: string;
  at: Date;
  subjectId: string;
  recordId: string;
}

/** An identity on a record, beside the record's subject. */
export interface Sighting extends SightingKey {
  source: string;
}

/** All sightings of one pair of ANCHOR or PERSONAL identities, as one link. */
export interface Link {
  subject: string;
  identity: string;
  first: Date;
  last: Date;
  /** Rank of the best source of these sightings; 1 is believed before 2. */
  rank: number;
  /** The name of that source. */
  source: string;
  /** Whether only sources that may not join customers saw it. */
  isGuest: boolean;
}

/**
 * A moment at which a carrier, or a contested PERSONAL identity, was seen with an ANCHOR or PERSONAL subject. Turns of
 * one carrier are in the order (time, record id). Turns in a row with one subject may be folded into the first, except
 * those of a contested subject, whose owner changes in between.
 */
export interface Turn {
  carrier: string;
  subject: string;
  at: Date;
}

/** Two carriers that were on one record, the first as its subject. */
export interface Pair {
  subject: string;
  identity: string;
}

/** Evidence, or a verdict, that the rules did not follow. */
export interface Conflict {
  a: string;
  b: string;
  kind: ConflictKind;
  observedAt: Date;
  source: string;
}

/** The limits beyond which stitching no longer believes the evidence. */
export interface StitchingLimits {
  /** The most ANCHOR and PERSONAL identities of one customer: beyond it a mistake is spreading. */
  customer: number;
  /** The most carriers of a group without an owner. */
  group: number;
  /**
   * The most ANCHOR or PERSONAL identities seen with one carrier, and the most values of one namespace seen with one
   * person. Beyond it it is nobody's: a switchboard, a kiosk, a made-up address, a number for all guests.
   */
  publicAbove: number;
  /** The most telephones of one person. Beyond it the person is public, and none of them is theirs. */
  telephones: number;
  /** The most browsers and devices of one person: people clear cookies every week. */
  browsers: number;
}

export const STITCHING_LIMITS: StitchingLimits = {
  customer: 50,
  group: 50,
  publicAbove: PUBLIC_ABOVE,
  telephones: PUBLIC_ABOVE,
  browsers: 200,
};

/** How many sightings of one identity are read first, to see whether the others are needed. */
export const SAMPLE = {
  /** Enough to tell a switchboard from a family's telephone. */
  turns: 200,
  /** Enough to tell a made-up address from a person's. */
  company: 100,
};

/** The source of a conflict between two verdicts. */
export const VERDICT_SOURCE = "verdict";

export function byId(identities: Iterable<Identity>): Map<string, Identity> {
  const known = new Map<string, Identity>();
  for (const identity of identities) known.set(identity.id, identity);
  return known;
}

export function isPerson({ kind }: Identity): boolean {
  return kind === "ANCHOR" || kind === "PERSONAL";
}

/** The customer id of identities that are one customer: the birth id of the most senior. */
export function customerIdOf(members: Iterable<Identity>): string {
  let senior: Identity | undefined;
  for (const member of members) if (!senior || isSenior(member, senior)) senior = member;
  if (!senior) throw new Error("A customer has at least one identity.");
  return senior.customerId;
}

const SENIORITY = { ANCHOR: 0, PERSONAL: 1, CARRIER: 2, RECORD: 3 } as const;

/** ANCHOR before PERSONAL before CARRIER, then the earlier born, then the natural key. */
export function isSenior(a: Identity, b: Identity): boolean {
  const order =
    SENIORITY[a.kind] - SENIORITY[b.kind] ||
    a.bornAt.getTime() - b.bornAt.getTime() ||
    byText(a.namespace, b.namespace) ||
    byText(a.value, b.value);
  return order < 0;
}

/**
 * Verdicts, newest first. Of one instant NEVERs come first, as the more careful, then the order of the identities that
 * they name.
 */
export function newestVerdictsFirst(verdicts: readonly Verdict[], identities: readonly Identity[]): Verdict[] {
  const names = new Map(identities.map(({ id, namespace, value }) => [id, `${namespace}\t${value}`]));
  const sideOf = (ids: readonly string[]) =>
    ids
      .map((id) => names.get(id) ?? "")
      .sort(byText)
      .join("\n");
  const textOf = ({ left, right }: Verdict) => `${sideOf(left)}\n\n${sideOf(right)}`;
  return [...verdicts].sort(
    (a, b) =>
      b.at.getTime() - a.at.getTime() || byText(b.kind, a.kind) || byText(textOf(a), textOf(b)) || byText(a.id, b.id),
  );
}

export function strongestOf(identities: readonly Identity[], rules: Rules): Identity[] {
  return [...identities].sort((a, b) => strongestFirst(a, b, rules));
}
