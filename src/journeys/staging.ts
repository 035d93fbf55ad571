import { LEG_COLUMNS, VISIT_COLUMNS, WORTH_COLUMNS } from "./declared.ts";
import { KeyIndex } from "./key-index.ts";
import { type EventRows, StagedEvents } from "./staged-events.ts";

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

const NO_NUMBERS = new Float64Array(0);

/**
 * The numbers of one column, whatever its type will be: code that writes into arrays of one type is several times as fast as
 * code that writes into many. Nothing is stored while one number stands in all rows, as in most columns of legs.
 */
export class Pile {
  length = 0;
  private same = Number.NaN;
  private numbers = NO_NUMBERS;

  push(number: number): void {
    if (this.numbers === NO_NUMBERS) {
      if (this.length === 0) this.same = number;
      if (Object.is(number, this.same)) {
        this.length += 1;
        return;
      }
    }
    if (this.length >= this.numbers.length) this.grow();
    this.numbers[this.length] = number;
    this.length += 1;
  }

  private grow(): void {
    const before = this.all();
    this.numbers = new Float64Array(Math.max(256, before.length * 2));
    this.numbers.set(before);
  }

  all(): Float64Array {
    if (this.numbers === NO_NUMBERS) return new Float64Array(this.length).fill(this.same);
    return this.numbers.subarray(0, this.length);
  }

  /** Writes the numbers of these rows, in that order. */
  write(rows: ArrayLike<number>, into: Float64Array): void {
    const { numbers } = this;
    if (numbers === NO_NUMBERS) {
      into.fill(this.same);
      return;
    }
    for (let row = 0; row < rows.length; row += 1) into[row] = numbers[rows[row]!]!;
  }
}

/** All that was read of some customers. */
export class Staging {
  readonly customers = new KeyIndex(4);
  /** Customers whose rows are passed over. */
  readonly leftOut = new KeyIndex(4);
  readonly events: StagedEvents;
  readonly legs = pilesOf(STAGED_LEG);
  readonly visits = pilesOf(STAGED_VISIT);
  readonly worth = pilesOf(STAGED_WORTH);
  /** By customer; those without one are known by nothing but a cookie, or not at all. */
  readonly profiles = new Map<number, CustomerProfile>();

  /** About how many events each first byte has, and the room of those who were laid down before. */
  constructor(eventsOfEach: number, spare: EventRows[]) {
    this.events = new StagedEvents(eventsOfEach, spare);
  }

  isLeftOut(customer: Uint32Array): boolean {
    return this.leftOut.size > 0 && this.leftOut.find(customer) !== -1;
  }

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
