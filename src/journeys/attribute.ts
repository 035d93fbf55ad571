import { knownAttribute } from "../facts/attributes.ts";
import type { Attribute } from "../fields/derive/attributes.ts";
import { AppError } from "../kit/errors.ts";
import type { Partition } from "./columns.ts";
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
  const { isLeg, link } = partition.events;
  const none = is === "NUMBER" ? Number.NaN : -1;
  const at = (row: number) => column[row]!;
  if (of === "CUSTOMER") return { of, at, ofEvent: (_, { customer }) => column[customer]! };
  return { of, at, ofEvent: (event) => (isLeg[event] ? column[link[event]!]! : none) };
}
