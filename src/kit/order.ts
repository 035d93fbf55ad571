/**
 * Orders texts by their characters' code points, as PostgreSQL does under collate "C". JavaScript's `<` goes by halves of
 * characters and puts an emoji before "ﬁ"; a database's own collation may put "a" before "B" and "é" before "f".
 */
export function byText(a: string, b: string): number {
  if (a === b) return 0;
  const end = Math.min(a.length, b.length);
  for (let at = 0; at < end; at += 1) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y) return place(x) - place(y);
  }
  return a.length - b.length;
}

/** Halves of characters stand for such as come after all that are whole. */
function place(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
