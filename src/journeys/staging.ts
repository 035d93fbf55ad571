import { LEG_COLUMNS, VISIT_COLUMNS, WORTH_COLUMNS } from "./declared.ts";
import { KeyIndex } from "./key-index.ts";
import { StagedEvents } from "./staged-events.ts";

// Rows as they come from the database, in any order, until they are laid down.

const STAGED_LEG = { ...LEG_COLUMNS, customer: Uint32Array } as const;
const STAGED_VISIT = { ...VISIT_COLUMNS, customer: Uint32Array } as const;

// The row of the event is known only when it is laid down.
const { row: _, ...STAGED_WORTH } = WORTH_COLUMNS;

type Piles<Declared> = { readonly [Name in keyof Declared]: Pile };

/** What a customer is, beside what it did. */
export interface CustomerProfile {
  flags: number;
  segment: number;
  region: number;
  products: number;
}

export const BLANK_PROFILE: Readonly<CustomerProfile> = { flags: 0, segment: -1, region: -1, products: -1 };

/**
 * The numbers of one column, whatever its type will be: code that writes into arrays of one type is several times as fast as
 * code that writes into many.
 */
class Pile {
  length = 0;
  private numbers = new Float64Array(256);

  push(number: number): void {
    if (this.length === this.numbers.length) {
      const before = this.numbers;
      this.numbers = new Float64Array(before.length * 2);
      this.numbers.set(before);
    }
    this.numbers[this.length] = number;
    this.length += 1;
  }

  all(): Float64Array {
    return this.numbers.subarray(0, this.length);
  }
}

/** All that was read of some customers. */
export class Staging {
  readonly customers = new KeyIndex(4);
  readonly events = new StagedEvents();
  readonly legs = pilesOf(STAGED_LEG);
  readonly visits = pilesOf(STAGED_VISIT);
  readonly worth = pilesOf(STAGED_WORTH);
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

function pilesOf<Declared extends object>(declared: Declared): Piles<Declared> {
  const piles = Object.keys(declared).map((name) => [name, new Pile()]);
  return Object.fromEntries(piles) as Piles<Declared>;
}

/** The columns of piles as they are now. */
export function stagedColumns<Declared>(piles: Piles<Declared>): Record<keyof Declared, Float64Array> {
  const columns = Object.entries(piles).map(([name, pile]) => [name, (pile as Pile).all()]);
  return Object.fromEntries(columns) as Record<keyof Declared, Float64Array>;
}
