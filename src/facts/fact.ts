import type { IdentityKey, IdentityKind } from "./identity.ts";
import type { CheckedCustomer, CheckedInteraction, CheckedTouchpoint } from "./record.ts";

/** An identity of a record, normalised, with its id. */
export interface CarriedIdentity extends IdentityKey {
  id: string;
  kind: IdentityKind;
  /** The readable form where the value is a digest. */
  display: string | null;
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
}

export interface CustomerFact extends FactBase {
  kind: "customer";
  body: CheckedCustomer;
  custId: string | null;
  globalCustomerId: string | null;
}

/** A validated, normalised record, ready to be stitched and stored. */
export type Fact = InteractionFact | TouchpointFact | CustomerFact;
