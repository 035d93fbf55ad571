import { expect, test } from "vitest";
import { openQueue } from "../../src/kit/iterate.ts";

test("a reader gets what was written before it came and what comes while it waits, in order", async () => {
  const queue = openQueue<string>(10);
  const reader = queue.iterator(queue.end);
  queue.push("a");

  const first = await reader.next();
  const second = reader.next();
  queue.push("b");

  expect([first.value, (await second).value]).toEqual(["a", "b"]);
});

test("a reader that waits is let go when it stops", async () => {
  const queue = openQueue<string>(10);
  const reader = queue.iterator(queue.end);
  const waiting = reader.next();

  await reader.return!();

  expect(await waiting).toEqual({ value: undefined, done: true });
});

test("a reader that lets too much pile up gets that much, and its end", async () => {
  const queue = openQueue<number>(2);
  for (const item of [1, 2, 3]) queue.push(item);

  const read: number[] = [];
  for await (const item of queue.iterator(queue.end)) read.push(item);

  expect(read).toEqual([1, 2]);
});

test("an error comes after what was written before it", async () => {
  const queue = openQueue<string>(10);
  const reader = queue.iterator(queue.end);
  queue.push("a");
  queue.fail(new Error("away"));

  const first = await reader.next();

  expect(first.value).toBe("a");
  await expect(reader.next()).rejects.toThrow("away");
});
