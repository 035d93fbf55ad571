import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { repeat } from "../../src/kit/repeat.ts";

test("work that takes longer than the pause is never done beside itself, and not again once stopped", async () => {
  let [started, running, most] = [0, 0, 0];
  const stop = repeat(async () => {
    started += 1;
    running += 1;
    most = Math.max(most, running);
    await pause(20);
    running -= 1;
  }, 1);

  await pause(150);
  stop();
  const times = started;
  await pause(60);

  expect(times).toBeGreaterThan(1);
  expect(most).toBe(1);
  expect(started).toBe(times);
});
