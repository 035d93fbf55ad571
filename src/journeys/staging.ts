import { EVENT_COLUMNS, LEG_COLUMNS, VISIT_COLUMNS, WORTH_COLUMNS } from "./columns.ts";
import { Growing, type NumbersConstructor } from "./growing.ts";
import { KeyIndex } from "./key-index.ts";

// Rows as they come from the database, in any order, until they are laid down.

/** What an event's place needs, and only until it is laid down or where events are counted across customers. */
const STAGED_EVENT = {
  ...EVENT_COLUMNS,
  sequence: Int32Array,
  id0: Uint32Array,
  id1: Uint32Array,
  id2: Uint32Array,
  id3: Uint32Array,
  customer: Uint32Array,
} as const;
const STAGED_LEG = { ...LEG_COLUMNS, customer: Uint32Array } as const;
const STAGED_VISIT = { ...VISIT_COLUMNS, customer: Uint32Array } as const;

type Piles<Declared> = { readonly [Name in keyof Declared]: Growing<Int32Array> };

/** What a customer is, beside what it did. */
export interface CustomerProfile {
  flags: number;
  segment: number;
  region: number;
  products: number;
}

export const BLANK_PROFILE: Readonly<CustomerProfile> = { flags: 0, segment: -1, region: -1, products: -1 };

/** All that was read of some customers. */
export class Staging {
  readonly customers = new KeyIndex(4);
  readonly events = pilesOf(STAGED_EVENT);
  readonly legs = pilesOf(STAGED_LEG);
  readonly visits = pilesOf(STAGED_VISIT);
  /** `row` is that of the staged event. */
  readonly worth = pilesOf(WORTH_COLUMNS);
  /** By customer; those without one are known by nothing but a cookie, or not at all. */
  readonly profiles = new Map<number, CustomerProfile>();

  profileOf(customer: number): CustomerProfile {
    const known = this.profiles.get(customer);
    if (known) return known;
    const profile = { ...BLANK_PROFILE };
    this.profiles.set(customer, profile);
    return profile;
  }
}

function pilesOf<Declared extends Readonly<Record<string, NumbersConstructor>>>(declared: Declared): Piles<Declared> {
  const piles = Object.entries(declared).map(([name, Column]) => [name, new Growing(Column, ArrayBuffer)]);
  return Object.fromEntries(piles) as Piles<Declared>;
}

/** The columns of piles as they are now. */
export function stagedColumns<Declared>(piles: Piles<Declared>): Record<keyof Declared, Int32Array> {
  const columns = Object.entries(piles).map(([name, pile]) => [name, (pile as Growing<Int32Array>).all()]);
  return Object.fromEntries(columns) as Record<keyof Declared, Int32Array>;
}
