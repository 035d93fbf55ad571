import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { goFirst, holdsLongList, jsonInParts, mapPaced, paced } from "../../src/kit/paced.ts";

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

  expect(seen.indexOf("others")).toBeGreaterThan(seen.indexOf("item 3"));
  expect(seen.indexOf("others")).toBeLessThan(seen.indexOf("item 12"));
});

test("takes turns with other paced work, a few items of one alone between two turns of the event loop", async () => {
  const perTurn = [0];
  let isOver = false;
  const turn = () => {
    perTurn.push(0);
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const count = () => {
    perTurn[perTurn.length - 1]! += 1;
  };

  await Promise.all([mapPaced(numbers, count), mapPaced(numbers, count), mapPaced(numbers, count)]);
  isOver = true;

  // All three begin at once.
  expect(Math.max(...perTurn.slice(1))).toBeLessThanOrEqual(4);
});

test("waits while somebody goes first, and goes on once nobody does", async () => {
  // However slow the machine is, nobody waits too long.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const finishes = [goFirst(), goFirst()];
  let worked = 0;
  const work = mapPaced(numbers.slice(0, 12), () => {
    worked += 1;
  });
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  finishes[0]!();
  finishes[0]!();
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  expect(worked).toBe(4);

  finishes[1]!();
  await work;

  expect(worked).toBe(12);
});

test("goes on where somebody always goes first, a part at a time", async () => {
  const finish = goFirst();

  expect(await mapPaced(numbers, (n) => n)).toEqual(numbers);

  finish();
});

const answers = fc.letrec((tie) => ({
  row: fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.date({ noInvalidDate: true })),
  list: fc.array(tie("row"), { minLength: 0, maxLength: 70, size: "max" }),
  answer: fc.dictionary(fc.string(), fc.oneof({ depthSize: "small" }, tie("row"), tie("list"), tie("answer"))),
}));

test("writes what JSON.stringify writes, long lists in parts", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(answers.answer, answers.list), async (answer) => {
      const parts: string[] = [];
      for await (const part of jsonInParts(answer)) parts.push(part);

      expect(parts.join("")).toBe(JSON.stringify(answer));
      expect(parts.length > 1).toBe(holdsLongList(answer));
    }),
  );
});
