import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { holds } from "./draws.ts";

test("a draw that runs when the time is up has ended before the next test begins", async () => {
  let begun = 0;
  let ended = 0;
  const slow = fc.asyncProperty(fc.nat(), async () => {
    begun += 1;
    await sleep(150);
    ended += 1;
  });

  await holds(slow, { numRuns: 100, interruptAfterTimeLimit: 200 });

  expect(begun).toBeGreaterThan(0);
  expect(ended).toBe(begun);
});

test("a property that does not hold fails with its counterexample", async () => {
  const false5 = fc.asyncProperty(fc.integer({ min: 0, max: 9 }), async (number) => number < 5);

  await expect(holds(false5, { numRuns: 100 })).rejects.toThrow(/Counterexample: \[5\]/);
});

test("the first draw decides where it takes longer than all of them may", async () => {
  const slow = (isTrue: boolean) => fc.asyncProperty(fc.nat(), () => sleep(100).then(() => isTrue));
  const hasty = { numRuns: 100, interruptAfterTimeLimit: 10 };

  await expect(holds(slow(true), hasty)).resolves.toBeUndefined();
  await expect(holds(slow(false), hasty)).rejects.toThrow("returning false");
});

test.skipIf(process.env.FC_SEED === "random")("every run draws the same", () => {
  const drawn = fc.sample(fc.double(), 5);

  expect(drawn).toEqual(fc.sample(fc.double(), 5));
});
