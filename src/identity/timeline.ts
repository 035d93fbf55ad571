/**
 * The owner of a subject over a half-open range of time, in milliseconds; -Infinity and Infinity where it has no end.
 */
export interface Range {
  from: number;
  to: number;
  customerId: string;
}

/** An owner: one customer at all times, or ranges. */
export type Owner = string | readonly Range[];

/** A moment at which a customer used a carrier. */
export interface Moment {
  at: number;
  customerId: string;
}

export function always(customerId: string): Range[] {
  return [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, customerId }];
}

/** Whether two timelines give every instant the same owner. */
export function isSameOwner(a: readonly Range[], b: readonly Range[]): boolean {
  if (a.length !== b.length) return false;
  return a.every(({ from, customerId }, i) => from === b[i]!.from && customerId === b[i]!.customerId);
}

/**
 * The owners of a carrier, from the moments of its use in order; of one instant the last counts. A moment begins its
 * customer's range, which lasts until another customer's; the time before the first moment belongs to the first
 * customer.
 */
export function timelineOf(moments: readonly Moment[]): Range[] {
  const ranges: Range[] = [];
  for (const [i, { at, customerId }] of moments.entries()) {
    if (moments[i + 1]?.at === at) continue;
    const last = ranges.at(-1);
    if (!last) ranges.push(...always(customerId));
    else if (last.customerId !== customerId) {
      last.to = at;
      ranges.push({ from: at, to: Number.POSITIVE_INFINITY, customerId });
    }
  }
  return ranges;
}

/** The owner at an instant. The ranges cover all time, in order. */
export function customerAt(ranges: readonly Range[], at: number): string {
  let low = 0;
  let high = ranges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ranges[middle]!.from <= at) low = middle;
    else high = middle - 1;
  }
  return ranges[low]!.customerId;
}

export function rangesOf(owner: Owner): readonly Range[] {
  return typeof owner === "string" ? always(owner) : owner;
}

/** The customer that owns it at all times; null where the owner changes. */
export function soleOwner(owner: Owner): string | null {
  if (typeof owner === "string") return owner;
  return owner.length === 1 ? owner[0]!.customerId : null;
}

/** The ranges, with the time that they share with `others` given to `own`. */
export function apartFrom(ranges: readonly Range[], others: readonly Range[], own: string): readonly Range[] {
  const shared = ranges.some((range) =>
    others.some((other) => other.customerId === range.customerId && other.from < range.to && range.from < other.to),
  );
  if (!shared) return ranges;
  const cuts = [...new Set([...ranges, ...others].map(({ from }) => from))].sort((a, b) => a - b);
  return merge(
    cuts.map((from, i) => {
      const customerId = customerAt(ranges, from);
      const to = cuts[i + 1] ?? Number.POSITIVE_INFINITY;
      return { from, to, customerId: customerAt(others, from) === customerId ? own : customerId };
    }),
  );
}

function merge(ranges: Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of ranges) {
    const last = merged.at(-1);
    if (last?.customerId === range.customerId) last.to = range.to;
    else merged.push(range);
  }
  return merged;
}
