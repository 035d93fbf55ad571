import type { IdentityKey, IdentityKind } from "./identity.ts";
import type { CheckedCustomer, CheckedInteraction, CheckedTouchpoint } from "./record.ts";

/** An identity of a record, normalised, with its id. */
export interface CarriedIdentity extends IdentityKey {
  id: string;
  kind: IdentityKind;
  /** The readable form where the value is a digest. */
  display: string | null;
  /** When it was stated, where that is not when its record was. */
  statedAt?: Date;
}

/** Something odd about a record that is no reason to refuse it. */
export interface DataQualityNote {
  field: string;
  message: string;
}

interface FactBase {
  /** The record's id, made from its key: the same on every replay. */
  id: string;
  source: string;
  sourceId: string;
  revision: Date | null;
  /** A hash of the body's meaning: 64 hexadecimal digits. */
  bodyHash: string;
  /** The hash as it was sent, where something was taken out of it. */
  sentHash?: string;
  /** When it happened. */
  at: Date;
  /** Its strongest identity, or one of its own. */
  subject: CarriedIdentity;
  others: CarriedIdentity[];
}

export interface InteractionFact extends FactBase {
  kind: "interaction";
  body: CheckedInteraction;
  custId: string | null;
  notes: DataQualityNote[];
}

export interface TouchpointFact extends FactBase {
  kind: "touchpoint";
  body: CheckedTouchpoint;
  notes: DataQualityNote[];
}

/** What one record of a source states about a customer; what its earlier records stated still counts. */
export interface CustomerFact extends FactBase {
  kind: "customer";
  body: CheckedCustomer;
  /** The record's own identity: its subject where it names nothing stronger than a telephone. */
  own: CarriedIdentity;
  /** The identities that it names. */
  named: readonly CarriedIdentity[];
  /** The identities that it takes back. */
  withdrawn: readonly CarriedIdentity[];
  /** The namespaces of which it says that the customer has none. */
  none: readonly string[];
  /** Why it is refused unless earlier records named the customer; null where it names the customer itself. */
  nameless: Nameless | null;
}

interface Nameless {
  reason: string;
  message: string;
  path: string[];
}

/** A validated, normalised record, ready to be stitched and stored. */
export type Fact = InteractionFact | TouchpointFact | CustomerFact;
