/** Rows by group: those of group i stand in `rows` from `starts[i]` to `starts[i + 1]`. */
export interface Grouped {
  starts: Uint32Array;
  rows: Uint32Array;
}

/**
 * Rows by the group that `groupOf` names, each group's in order. Rows that come nearly in order cost little: a database
 * reads an index.
 */
export function grouped(
  groupOf: ArrayLike<number>,
  groups: number,
  compare: (a: number, b: number) => number,
): Grouped {
  const starts = new Uint32Array(groups + 1);
  for (let row = 0; row < groupOf.length; row += 1) starts[groupOf[row]! + 1]! += 1;
  for (let group = 0; group < groups; group += 1) starts[group + 1]! += starts[group]!;
  const next = starts.slice();
  const rows = new Uint32Array(groupOf.length);
  for (let row = 0; row < groupOf.length; row += 1) {
    const group = groupOf[row]!;
    rows[next[group]!] = row;
    next[group]! += 1;
  }
  for (let group = 0; group < groups; group += 1) sortRows(rows.subarray(starts[group]!, starts[group + 1]!), compare);
  return { starts, rows };
}

/** Fewer are put into order one by one. */
const FEW = 32;

/** Puts rows into order. */
export function sortRows(rows: Uint32Array, compare: (a: number, b: number) => number): void {
  if (rows.length > FEW) {
    rows.sort(compare);
    return;
  }
  for (let i = 1; i < rows.length; i += 1) {
    const row = rows[i]!;
    let place = i;
    while (place > 0 && compare(rows[place - 1]!, row) > 0) {
      rows[place] = rows[place - 1]!;
      place -= 1;
    }
    rows[place] = row;
  }
}
