/** More than the number of any text. */
interface Texts {
  texts: number;
}

/** The number of an item and a split together. */
export const creditKeyOf = (item: number, split: number, { texts }: Texts): number => item * (texts + 1) + split + 1;

export function itemAndSplitOf(key: number, { texts }: Texts): { item: number; split: number } {
  return { item: Math.floor(key / (texts + 1)), split: (key % (texts + 1)) - 1 };
}
