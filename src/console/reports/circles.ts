export interface Circle {
  x: number;
  y: number;
  r: number;
}

interface Sizes {
  sets: readonly { name: string; count: number }[];
  /** How many are in both sets, other sets ignored. */
  both(a: string, b: string): number;
}

/** Circles for two or three sets: areas stand for counts, and overlaps for the counts of pairs. */
export function circlesOf({ sets, both }: Sizes): Circle[] {
  const radii = sets.map(({ count }) => Math.sqrt(count / Math.PI));
  const apart = (i: number, j: number) => distanceFor(radii[i]!, radii[j]!, both(sets[i]!.name, sets[j]!.name));
  const first = { x: 0, y: 0, r: radii[0]! };
  const second = { x: apart(0, 1), y: 0, r: radii[1]! };
  if (sets.length === 2) return [first, second];
  return [first, second, { ...third(second.x, apart(0, 2), apart(1, 2)), r: radii[2]! }];
}

/** The overlap of two circles at a distance. */
export function sharedArea(r: number, s: number, distance: number): number {
  if (distance >= r + s) return 0;
  const small = Math.min(r, s);
  if (distance <= Math.abs(r - s)) return Math.PI * small * small;
  const angleOf = (mine: number, theirs: number) =>
    2 * Math.acos(clamp((distance ** 2 + mine ** 2 - theirs ** 2) / (2 * distance * mine)));
  const [alpha, beta] = [angleOf(r, s), angleOf(s, r)];
  return (r * r * (alpha - Math.sin(alpha)) + s * s * (beta - Math.sin(beta))) / 2;
}

/**
 * The distance at which two circles overlap by this area: the overlap only shrinks as they part, so bisection finds it.
 */
function distanceFor(r: number, s: number, shared: number): number {
  let [near, far] = [Math.abs(r - s), r + s];
  if (shared <= 0) return far * 1.04;
  for (let round = 0; round < 60; round++) {
    const middle = (near + far) / 2;
    if (sharedArea(r, s, middle) > shared) near = middle;
    else far = middle;
  }
  return (near + far) / 2;
}

/**
 * The position of the third circle, at its distances from the other two; the nearest possible where the distances make
 * no triangle.
 */
function third(base: number, toFirst: number, toSecond: number): { x: number; y: number } {
  if (base === 0) return { x: toFirst, y: 0 };
  const x = (toFirst ** 2 - toSecond ** 2 + base ** 2) / (2 * base);
  const height = toFirst ** 2 - x ** 2;
  return { x, y: height > 0 ? Math.sqrt(height) : 0 };
}

const clamp = (value: number) => Math.max(-1, Math.min(1, value));
