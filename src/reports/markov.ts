import { AppError } from "../kit/errors.ts";

/** A way from one item to the next. */
export interface Way {
  /** Null where journeys begin. */
  from: string | null;
  /** Null where they end. */
  to: string | null;
  /** How often it was gone. */
  journeys: number;
  /** Of those that end here: how many converted. */
  conversions: number;
}

/** Items of the largest chain: its solution takes the cube of them, a quarter of a second for these. */
const MAX_ITEMS = 400;

/**
 * Each item's share of all conversions: the part of the chance to convert that is lost without it, on the first-order
 * chain from the start over the items to a conversion or to nothing; the parts scaled to add up to 1.
 */
export function removalShares(ways: readonly Way[]): Map<string, number> {
  const chain = chainOf(ways);
  const visits = inverseOf(chain.steps);
  const effects = chain.items.map((_, i) => {
    const reached = sumOf(chain.items, (j) => chain.start[j]! * visits[j]![i]!) / visits[i]![i]!;
    const converting = sumOf(chain.items, (j) => visits[i]![j]! * chain.toConversion[j]!);
    // Journeys that would have come by here and converted; the division by the overall chance cancels out below.
    return Math.max(0, reached * converting);
  });
  const total = effects.reduce((sum, effect) => sum + effect, 0);
  return new Map(chain.items.map((item, i) => [item, total > 0 ? effects[i]! / total : 0]));
}

interface Chain {
  items: string[];
  /** Chance to begin at each item. */
  start: number[];
  /** Chance to go from each item to each. */
  steps: number[][];
  toConversion: number[];
}

function chainOf(ways: readonly Way[]): Chain {
  const items = [...new Set(ways.flatMap(({ from }) => (from === null ? [] : [from])))].sort();
  if (items.length > MAX_ITEMS) {
    throw new AppError(
      "LIMIT_EXCEEDED",
      `MARKOV compares at most ${MAX_ITEMS} items, and these are ${items.length}: narrow \`touches\`, or take a coarser dimension.`,
      ["models"],
    );
  }
  const place = new Map(items.map((item, i) => [item, i]));
  const counts = { start: zeros(items.length), steps: items.map(() => zeros(items.length)), end: zeros(items.length) };
  const leaving = zeros(items.length);
  for (const { from, to, journeys, conversions } of ways) {
    if (from !== null) leaving[place.get(from)!]! += journeys;
    if (from === null) counts.start[place.get(to!)!]! += journeys;
    else if (to === null) counts.end[place.get(from)!]! += conversions;
    else counts.steps[place.get(from)!]![place.get(to)!]! += journeys;
  }
  const begun = counts.start.reduce((sum, count) => sum + count, 0);
  return {
    items,
    start: counts.start.map((count) => count / begun),
    steps: counts.steps.map((row, i) => row.map((count) => count / leaving[i]!)),
    toConversion: counts.end.map((count, i) => count / leaving[i]!),
  };
}

/** The expected visits to each item from each: the inverse of I - Q, by elimination with the largest pivot. */
function inverseOf(steps: readonly (readonly number[])[]): number[][] {
  const size = steps.length;
  const rows = steps.map((row, i) => [
    ...row.map((chance, j) => (i === j ? 1 : 0) - chance),
    ...row.map((_, j) => (i === j ? 1 : 0)),
  ]);
  for (let column = 0; column < size; column++) {
    const pivot = largestFrom(rows, column);
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const lead = rows[column]!;
    const scale = lead[column]!;
    for (let j = 0; j < lead.length; j++) lead[j]! /= scale;
    rows.forEach((row, i) => {
      if (i !== column) subtract(row, lead, row[column]!);
    });
  }
  return rows.map((row) => row.slice(size));
}

function largestFrom(rows: readonly (readonly number[])[], column: number): number {
  let best = column;
  for (let i = column + 1; i < rows.length; i++) {
    if (Math.abs(rows[i]![column]!) > Math.abs(rows[best]![column]!)) best = i;
  }
  return best;
}

function subtract(row: number[], lead: readonly number[], factor: number): void {
  if (factor === 0) return;
  for (let j = 0; j < row.length; j++) row[j]! -= factor * lead[j]!;
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}

function sumOf(items: readonly string[], term: (i: number) => number): number {
  return items.reduce((sum, _, i) => sum + term(i), 0);
}
