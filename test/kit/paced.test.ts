import { expect, test } from "vitest";
import { paced } from "../../src/kit/paced.ts";

const numbers = Array.from({ length: 100 }, (_, i) => i);

test("gives every item in its place", async () => {
  expect(await Promise.all(paced(numbers))).toEqual(numbers);
});

test("lets others have the processor after a few items", async () => {
  const seen: string[] = [];
  const work = paced(numbers).map(async (item) => seen.push(`item ${await item}`));
  const others = new Promise<void>((resolve) => {
    setImmediate(() => {
      seen.push("others");
      resolve();
    });
  });

  await Promise.all([...work, others]);

  expect(seen.indexOf("others")).toBeGreaterThan(seen.indexOf("item 15"));
  expect(seen.indexOf("others")).toBeLessThan(seen.indexOf("item 40"));
});
