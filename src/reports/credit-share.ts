import type { CreditRule } from "./credit-rule.ts";
import type { InReach } from "./in-reach.ts";

interface Sharing {
  rules: readonly CreditRule[];
  /** Of each item in reach, by its slot. */
  shares: Float64Array;
  /** The event that is the conversion. */
  conversion: number;
}

/**
 * Writes what a rule, by its number, gives of a conversion to each item in reach; the shares add up to 1, but for SAME, and
 * EACH, which is by item.
 */
export function writeShares(rule: number, reach: InReach, { rules, shares, conversion }: Sharing): void {
  const { size, length } = reach;
  const what = rules[rule]!;
  switch (what.kind) {
    case "EACH":
      shares.fill(1, 0, size);
      return;
    case "EVEN":
      for (let slot = 0; slot < size; slot += 1) shares[slot] = reach.unitsOf(slot) / length;
      return;
    case "SAME":
      for (let slot = 0; slot < size; slot += 1) shares[slot] = slot === reach.slotOfEvent(conversion) ? 1 : 0;
      return;
    case "DECAY":
      reach.writeDecay(rule, shares);
      return;
    case "POSITION":
      writePositions(what, reach, shares);
      return;
    case "STAGED":
      throw new Error("What stages give is no matter of items alone: compileStaged writes it.");
  }
}

type Position = Extract<CreditRule, { kind: "POSITION" }>;

/** First, middle, last; two touches share as first and last do, evenly when neither has a weight. */
function writePositions({ first, middle, last }: Position, reach: InReach, shares: Float64Array): void {
  const { size, length } = reach;
  if (length === 1) {
    shares[0] = 1;
    return;
  }
  const [begin, end] = [reach.slotOfFirst(), reach.slotOfLast()];
  const all = first + last + (length > 2 ? middle : 0);
  const each = length > 2 ? middle / all / (length - 2) : 0;
  for (let slot = 0; slot < size; slot += 1) {
    shares[slot] = each * (reach.unitsOf(slot) - (slot === begin ? 1 : 0) - (slot === end ? 1 : 0));
  }
  shares[begin]! += all === 0 ? 0.5 : first / all;
  shares[end]! += all === 0 ? 0.5 : last / all;
}

export function sumOfShares(shares: Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i += 1) sum += shares[i]!;
  return sum;
}
