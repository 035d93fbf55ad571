import { IS_NOBODY, type Partition } from "./columns.ts";
import type { Fold } from "./fold.ts";

// Who is behind a figure. The fold that counts it runs once more, and after each journey the cell's figure is taken out of
// the tally: what it holds then is the journey's share. So nothing else says what counts.

/** A fold whose figures can be taken out of its tally, one by one. */
export interface Opening<Plan, Tally, Cell> {
  // biome-ignore lint/suspicious/noExplicitAny: what is told of the whole sum says nothing of one journey.
  fold: Fold<Plan, Tally, any>;
  /** The figure of a cell, which is 0 in the tally afterwards; so may be any other. Figures of several journeys add up. */
  take(tally: Tally, cell: Cell, plan: Plan): number;
}

/** What is asked about one cell: the plan of its report, the cell in numbers, and a page of the customers. */
export interface BehindPlan<Plan, Cell> extends BehindPage {
  plan: Plan;
  cell: Cell;
}

/** Customers by id: the first so many of those after one of them. */
export interface BehindPage {
  after: string | null;
  first: number;
}

/** A customer's part of a figure, which is never 0. */
interface Share {
  customerId: string;
  share: number;
}

/** The customers behind a cell. */
export interface Behind {
  customers: number;
  /** Those that something identifies. */
  identified: number;
  /** All their shares together. */
  figure: number;
  /** Those of the page, and one more where there is one. */
  page: Share[];
}

export const nobodyBehind = (): Behind => ({ customers: 0, identified: 0, figure: 0, page: [] });

/** Finds the customers whom a fold counts in a cell, in order of id. */
export function behindFold<Plan, Tally, Cell>({
  fold,
  take,
}: Opening<Plan, Tally, Cell>): Fold<BehindPlan<Plan, Cell>, Behind> {
  return {
    name: `behind ${fold.name}`,
    empty: nobodyBehind,
    over(partition, { plan, cell, ...page }) {
      const tally = fold.empty(plan);
      const add = fold.over(partition, plan);
      const enter = compileEnter(partition, page);
      return (behind, journey) => {
        add(tally, journey);
        enter(behind, journey.customer, take(tally, cell, plan));
      };
    },
    merge: addBehind,
  };
}

/** What enters a customer of this partition with a share, after all those with a smaller id. */
export function compileEnter(partition: Partition, { after, first }: BehindPage) {
  const idOf = compileId(partition);
  const { flags } = partition.customers;
  return (behind: Behind, customer: number, share: number): void => {
    if (share === 0) return;
    behind.customers += 1;
    if (!(flags[customer]! & IS_NOBODY)) behind.identified += 1;
    behind.figure += share;
    if (behind.page.length > first) return;
    const customerId = idOf(customer);
    if (after === null || customerId > after) behind.page.push({ customerId, share });
  };
}

/** Adds those whose ids are greater. */
export function addBehind(behind: Behind, later: Behind, { first }: Pick<BehindPage, "first">): void {
  behind.customers += later.customers;
  behind.identified += later.identified;
  behind.figure += later.figure;
  behind.page.push(...later.page.slice(0, Math.max(0, first + 1 - behind.page.length)));
}

/** A customer whose share is known once all others have been entered; none of those is them. */
export interface LateShare {
  share: number;
  isNobody: boolean;
}

/** Enters customers, by id, whose shares are known late. */
export function enterShares(behind: Behind, late: ReadonlyMap<string, LateShare>, { after, first }: BehindPage): void {
  for (const [customerId, { share, isNobody }] of late) {
    behind.customers += 1;
    if (!isNobody) behind.identified += 1;
    behind.figure += share;
    if (after === null || customerId > after) behind.page.push({ customerId, share });
  }
  behind.page.sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
  behind.page.length = Math.min(behind.page.length, first + 1);
}

/** What tells the id of a customer of this partition. */
export function compileId({ customers: { id0, id1, id2, id3 } }: Partition): (customer: number) => string {
  return (customer) => {
    const digits = [id0, id1, id2, id3].map((word) => word[customer]!.toString(16).padStart(8, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
}

/** The number at a place, which is 0 afterwards. */
export function takeFrom(numbers: { [place: number]: number }, place: number): number {
  const number = numbers[place]!;
  numbers[place] = 0;
  return number;
}
