import { expect, test } from "vitest";
import { allocate } from "../../src/journeys/columns.ts";
import { meant } from "../../src/journeys/tables.ts";

const MB = 2 ** 20;

/** By how many megabytes the process grows at most, while the same is made again and again, and written to. */
function growth(make: () => Uint8Array): number {
  const before = process.memoryUsage().rss;
  let most = before;
  for (let version = 0; version < 120; version += 1) {
    make().fill(1);
    most = Math.max(most, process.memoryUsage().rss);
  }
  return (most - before) / MB;
}

test("versions that nobody reads any more take no memory", () => {
  const partition = () => allocate({ customers: 0, events: 200_000, legs: 0, visits: 0, tied: 0, worth: 0 });

  expect(growth(() => new Uint8Array(partition().buffer))).toBeLessThan(400);
  expect(growth(() => meant(8 * MB, []))).toBeLessThan(400);
});
