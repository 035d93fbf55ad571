import { MINUTE_MS } from "../kit/time.ts";
import type { CreditRule } from "./credit-rule.ts";

/** The touches of one conversion, in order: the first `length` of each. */
export interface Touches {
  length: number;
  events: Int32Array;
  items: Int32Array;
  at: Float64Array;
}

/** Writes what each touch of a conversion gets of it; the shares add up to 1, but for SAME, and EACH, which is by item. */
export function writeShares(rule: CreditRule, touches: Touches, { shares, conversion }: Sharing): void {
  const { length, events } = touches;
  switch (rule.kind) {
    case "EACH":
      shares.fill(1, 0, length);
      return;
    case "EVEN":
      shares.fill(1 / length, 0, length);
      return;
    case "SAME":
      for (let i = 0; i < length; i += 1) shares[i] = events[i] === conversion ? 1 : 0;
      return;
    case "DECAY":
      writeDecay(rule.halfLifeMinutes * MINUTE_MS, touches, shares);
      return;
    case "POSITION":
      writePositions(rule, length, shares);
  }
}

interface Sharing {
  shares: Float64Array;
  /** The event that is the conversion. */
  conversion: number;
}

/** Below this a double would be 0. */
const LEAST_POWER = -1000;

/** Halves with each half-life. Counted from the latest touch. */
function writeDecay(halfLife: number, { length, at }: Touches, shares: Float64Array): void {
  const latest = at[length - 1]!;
  let sum = 0;
  for (let i = 0; i < length; i += 1) {
    shares[i] = 2 ** Math.max((at[i]! - latest) / halfLife, LEAST_POWER);
    sum += shares[i]!;
  }
  for (let i = 0; i < length; i += 1) shares[i]! /= sum;
}

type Position = Extract<CreditRule, { kind: "POSITION" }>;

/** First, middle, last; two touches share as first and last do, evenly when neither has a weight. */
function writePositions({ first, middle, last }: Position, length: number, shares: Float64Array): void {
  if (length === 1) {
    shares[0] = 1;
    return;
  }
  const ends = first + last;
  if (length === 2) {
    shares[0] = ends === 0 ? 0.5 : first / ends;
    shares[1] = ends === 0 ? 0.5 : last / ends;
    return;
  }
  const all = ends + middle;
  shares.fill(middle / all / (length - 2), 0, length);
  shares[0] = first / all;
  shares[length - 1] = last / all;
}
