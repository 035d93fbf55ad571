/**
 * Numbers for combinations of so many values, in the order in which they came. Plain data, since tallies go between
 * threads: of each place, the numbers of what stands before it with each value there.
 */
export type Combinations = {
  numbers: Map<number, Map<number, number>>;
  before: number[];
  values: number[];
}[];

export function noCombinations(width: number): Combinations {
  return Array.from({ length: width }, () => ({ numbers: new Map(), before: [], values: [] }));
}

/** The number of a combination, which is the next one if it is new. */
export function numberOfCombination(combinations: Combinations, values: ArrayLike<number>): number {
  let number = 0;
  for (let place = 0; place < combinations.length; place += 1) {
    const level = combinations[place]!;
    const value = values[place]!;
    let numbers = level.numbers.get(number);
    if (!numbers) {
      numbers = new Map();
      level.numbers.set(number, numbers);
    }
    let next = numbers.get(value);
    if (next === undefined) {
      next = level.values.length;
      numbers.set(value, next);
      level.before.push(number);
      level.values.push(value);
    }
    number = next;
  }
  return number;
}

/** The values of the combination with that number. */
export function combinationOf(combinations: Combinations, number: number): number[] {
  const values: number[] = [];
  for (let place = combinations.length - 1, at = number; place >= 0; place -= 1) {
    values[place] = combinations[place]!.values[at]!;
    at = combinations[place]!.before[at]!;
  }
  return values;
}

export const countCombinations = (combinations: Combinations): number => combinations.at(-1)!.values.length;
