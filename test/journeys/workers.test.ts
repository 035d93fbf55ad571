import { readdirSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, inject, test } from "vitest";
import { allocate, type Partition } from "../../src/journeys/columns.ts";
import type { Fold, Survey } from "../../src/journeys/fold.ts";
import { openWorkers } from "../../src/journeys/workers.ts";
import { AppError } from "../../src/kit/errors.ts";

const threads = () => readdirSync("/proc/self/task");
/** Those that files before this one started in the same process, and its own. */
const others = new Set(process.platform === "linux" ? threads() : []);
const workers = openWorkers(new URL(inject("threads").faulty), { count: 2, memoryMb: 100 });
afterAll(() => workers.close());

/** Partitions with so many customers each, who did nothing. */
const partitionsOf = (...customers: number[]): Partition[] =>
  customers.map((count) => allocate({ customers: count, events: 0, legs: 0, visits: 0, tied: 0, worth: 0 }));

const named = (name: string) => ({ name }) as Fold<null, { customers: number }>;
const partitions = partitionsOf(...Array.from({ length: 40 }, (_, i) => i));
const ask = (name: string, { of = partitions, signal }: { of?: Partition[]; signal?: AbortSignal } = {}) =>
  workers.fold({ skill: named(name), plan: null, partitions: of, signal });

function niceOf(thread: string | number): number {
  const [, stat] = readFileSync(`/proc/self/task/${thread}/stat`, "utf8").split(") ");
  return Number(stat!.split(" ")[16]);
}

test.runIf(process.platform === "linux")("threads that add up give way to the one that asks", async () => {
  await ask("count");

  const nicer = threads().filter((thread) => !others.has(thread) && niceOf(thread) > niceOf(process.pid));
  expect(nicer).toHaveLength(2);
});

test("workers add up all customers, of one version after the other", async () => {
  const grown = [...partitions.slice(1), ...partitionsOf(1_000)];

  const counts = await Promise.all([ask("count"), ask("count", { of: grown }), ask("count", { of: [] })]);

  expect(counts).toEqual([{ customers: 780 }, { customers: 1_780 }, { customers: 0 }]);
  expect(workers.running()).toBe(2);
});

test("one worker surveys all partitions", async () => {
  const skill = { name: "rows" } as Survey<number, number[]>;

  expect(await workers.survey({ skill, plan: 3, partitions })).toEqual(partitions.map((_, i) => Math.min(i, 3)));
});

test("what a version lets go of is sent again to whoever needs it", async () => {
  workers.keep(partitions.slice(20));

  expect(await ask("count")).toEqual({ customers: 780 });
});

test("a fold that fails says why, and its workers go on", async () => {
  await expect(ask("throw")).rejects.toThrow("This fold has a fault.");
  const refused = ask("refuse");

  await expect(refused).rejects.toBeInstanceOf(AppError);
  await expect(refused).rejects.toMatchObject({ code: "LIMIT_EXCEEDED", inputPath: ["steps"] });
  await expect(ask("juggle")).rejects.toThrow("juggle");
  expect(workers.running()).toBe(2);
  expect(await ask("count")).toEqual({ customers: 780 });
});

test("workers that end, or need more memory than there is, are replaced", async () => {
  await expect(ask("exit")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(await ask("count")).toEqual({ customers: 780 });

  await expect(ask("devour")).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
  expect(await ask("count")).toEqual({ customers: 780 });
});

test("when one that is alone at work ends, the end of the others does not touch those that replace them", async () => {
  const skill = { name: "end" } as Survey<null, never>;
  for (let round = 0; round < 3; round += 1) {
    await expect(workers.survey({ skill, plan: null, partitions })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await ask("count")).toEqual({ customers: 780 });
  }
});

test("who leaves ends the work, at once where workers look up and soon where they do not", async () => {
  const gone = new AbortController();
  const dawdling = ask("dawdle", { of: partitionsOf(...Array(16).fill(200_000)), signal: gone.signal });
  const begun = performance.now();
  void setTimeout(50).then(() => gone.abort(new Error("gone")));

  await expect(dawdling).rejects.toThrow("gone");
  const [looked, after] = [performance.now() - begun, workers.running()];
  await expect(ask("hang", { signal: AbortSignal.timeout(50) })).rejects.toThrow("timeout");

  expect(looked).toBeLessThan(8_000);
  expect(after).toBe(2);
  expect(await ask("count")).toEqual({ customers: 780 });
  await expect(ask("count", { signal: gone.signal })).rejects.toThrow("gone");
});

test("what starts no worker says so", async () => {
  const none = openWorkers(new URL("./children/none.mjs", import.meta.url), { count: 1 });

  await expect(none.fold({ skill: named("count"), plan: null, partitions })).rejects.toThrow("none.mjs");
});
