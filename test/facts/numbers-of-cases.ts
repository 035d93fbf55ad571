/** Numbers of cases, parts and invoices: a digit for each 0, a letter for each A. */
export const SHAPES = [
  ...[
    "000000-0000",
    "000000+0000",
    "00000000-0000",
    "000000-00000",
    "000000 00000",
    "000000-000A",
    "000000A000A",
    "000000 0000",
  ],
  ...[
    "AA000000A",
    "AA 00 00 00 A",
    "00000000A000",
    "000 000 000",
    "000 00 0000",
    "00000000000",
    "000000000000",
    "0000000000000",
  ],
];

/** Numbers of such a shape, the same each time. */
export function drawnIn(shape: string, times: number): string[] {
  let state = 14;
  const below = (most: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const letter = () => String.fromCharCode(65 + below(26));
  return Array.from({ length: times }, () => shape.replace(/[0A]/g, (c) => (c === "0" ? String(below(10)) : letter())));
}
