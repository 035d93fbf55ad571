import type { TouchpointKind } from "../fields/choices.ts";
import type { RedactedKind } from "./redacting/redact-text.ts";

/** ANCHOR identifies, PERSONAL belongs to one person, CARRIER belongs to a thing that people hand on, RECORD names a lone record. */
export type IdentityKind = "ANCHOR" | "PERSONAL" | "CARRIER" | "RECORD";

/** A carrier seen with more ANCHOR or PERSONAL subjects is public: a switchboard, a kiosk, a made-up address. */
export const PUBLIC_ABOVE = 20;

/** The natural key of an identity, normalised. It breaks ties, never an id that we made. */
export interface IdentityKey {
  namespace: string;
  value: string;
}

/** A stored identity. */
export interface Identity extends IdentityKey {
  id: string;
  kind: IdentityKind;
  /** The customer id it was born with; it never changes. */
  customerId: string;
  bornAt: Date;
}

/** What one namespace means to stitching: a row of `namespaces`. */
export interface NamespaceRule {
  name: string;
  kind: IdentityKind;
  rank: number;
  limit: number | null;
  aliases: readonly string[];
  isAmbiguous: boolean;
  isOldest: boolean;
}

/** The settings of a source: a row of `sources`. */
export interface SourceSettings {
  name: string;
  defaultRegion: string | null;
  timeZone: string | null;
  anchorIssuer: string | null;
  /** How many digits the numbers of that issuer have, zeros in front included; null: zeros in front tell ids apart. */
  anchorDigits: number | null;
  keepKinds: readonly TouchpointKind[];
  foreignPrefixes: readonly string[];
  ownNumbers: readonly string[];
  rank: number;
  volatileFields: readonly string[];
  /** Whose transaction ids it names: sources of one issuer speak of the same orders. Null: its own. */
  transactionIssuer: string | null;
  /** How many minutes ahead of ours its clock may be; a record of later times is refused. */
  aheadMinutes: number;
  /** The pause in minutes that ends a visit of touchpoints without a session id. */
  visitTimeoutMinutes: number;
  /** Days for which the messages of its connector are kept as they were sent; 0 keeps none. */
  originalDays: number;
  /** Whether its records may join customers whom other sources know. */
  joins: boolean;
  /** What is taken out of its texts before they are stored. */
  redacts: readonly RedactedKind[];
}

/**
 * A person's decision: MUST makes all of `left` and `right` one customer, NEVER keeps each of `left` from each of
 * `right`.
 */
export interface Verdict {
  id: string;
  kind: "MUST" | "NEVER";
  left: readonly string[];
  right: readonly string[];
  at: Date;
}
