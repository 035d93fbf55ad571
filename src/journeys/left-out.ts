import { customerCount, IS_LEFT_OUT, type Partition } from "./columns.ts";

/** Partitions are never changed: each is counted once. */
const counted = new WeakMap<Partition, number>();

/** How many customers are left out of reports. */
export function countLeftOut(partitions: readonly Partition[]): number {
  let sum = 0;
  for (const partition of partitions) sum += leftOutOf(partition);
  return sum;
}

function leftOutOf(partition: Partition): number {
  const known = counted.get(partition);
  if (known !== undefined) return known;
  const { flags } = partition.customers;
  let count = 0;
  for (let customer = 0; customer < customerCount(partition); customer += 1) {
    if (flags[customer]! & IS_LEFT_OUT) count += 1;
  }
  counted.set(partition, count);
  return count;
}
