import { knownAttribute } from "../facts/attributes.ts";
import type { Attribute } from "../fields/derive/attributes.ts";
import { AppError } from "../kit/errors.ts";
import { IS_EVENT_CHANNEL, type Partition } from "./columns.ts";
import type { Journey } from "./fold.ts";
import type { Followed } from "./follow.ts";

// What is said of a customer or of a leg, in whatever column it lies.

/** Refuses what takes too much memory, what could not be read, and what others took the place of meanwhile. */
export function checkRead({ attributes, refused, failed }: Followed, asked: readonly Attribute[]): void {
  for (const { name } of asked) {
    if (attributes.some((one) => one.name === name)) continue;
    if (failed.has(name)) throw failed.get(name);
    throw refused.get(name) ?? new AppError("UNAVAILABLE", "Others ask for many attributes: ask again in a moment.");
  }
}

/** How an attribute of an event, or of a leg that is none, is read. */
export type AttributePlan = Pick<Attribute, "name" | "of" | "is">;

export const attributePlanOf = (name: string): AttributePlan => {
  const { of, is, name: own } = knownAttribute(name);
  return { name: own, of, is };
};

/** The value of a customer's, or of a leg's row; what stands for none where it has none. */
export function compileAttribute(
  partition: Partition,
  { name, of, is }: AttributePlan,
): { of: AttributePlan["of"]; at(row: number): number; ofEvent(event: number, journey: Journey): number } {
  const column = partition.attributes[name];
  if (!column) throw new Error(`The attribute ${name} was not read.`);
  const none = is === "NUMBER" ? Number.NaN : -1;
  const at = (row: number) => column[row]!;
  if (of === "CUSTOMER") return { of, at, ofEvent: (_, { customer }) => column[customer]! };
  const legOf = compileLegOf(partition);
  const ofEvent = (event: number, journey: Journey): number => {
    const leg = legOf(event, journey);
    return leg === -1 ? none : column[leg]!;
  };
  return { of, at, ofEvent };
}

/**
 * The leg of which an event says what is said: the one that it is, or that on the web or in an app whose touchpoint it is. Such
 * a leg is no event, so that nothing else says it. -1 where there is none.
 */
function compileLegOf({ customers, legs, events: { isLeg, link, interaction } }: Partition) {
  /** Those legs of one customer, by interaction: found when the first event of them is asked about. */
  const ofWeb = new Map<number, number>();
  let whose = -1;
  const findOf = (customer: number): void => {
    whose = customer;
    ofWeb.clear();
    for (let row = customers.legs[customer + 1]! - 1; row >= customers.legs[customer]!; row -= 1) {
      const isEvent = IS_EVENT_CHANNEL[legs.channel[row]!];
      if (!isEvent && legs.isConsult[row] !== 1) ofWeb.set(legs.interaction[row]!, row);
    }
  };
  return (event: number, { customer }: Journey): number => {
    if (isLeg[event]) return link[event]!;
    if (customer !== whose) findOf(customer);
    return ofWeb.get(interaction[event]!) ?? -1;
  };
}
