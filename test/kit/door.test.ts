import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDoor } from "../../src/kit/door.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A door with two places, and what became of those who came, by name. */
function doorOfTwo() {
  const door = openDoor({ places: 2, now: () => Date.now() });
  const became: Record<string, string> = {};
  const leaving: Record<string, () => void> = {};
  const come = (name: string) => {
    const entering = door.enter().then(
      (leave) => {
        became[name] = "inside";
        leaving[name] = leave;
      },
      ({ code }) => {
        became[name] = code;
      },
    );
    void entering;
  };
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  const leave = async (name: string) => {
    leaving[name]!();
    await pass(0);
  };
  return { door, became, come, leave, pass };
}

test("lets in as many as there are places, and then whoever came last", async () => {
  const { became, come, leave, pass } = doorOfTwo();
  for (const name of ["a", "b", "c", "d"]) come(name);
  await pass(1);
  expect(became).toEqual({ a: "inside", b: "inside" });

  await leave("a");
  expect(became).toEqual({ a: "inside", b: "inside", d: "inside" });
  await leave("a");

  expect(became).toEqual({ a: "inside", b: "inside", d: "inside" });
});

test("whoever comes in a burst that is worked off is let in, if late", async () => {
  const { door, became, come, leave, pass } = doorOfTwo();
  for (const name of ["a", "b", "c", "d"]) come(name);
  await pass(90);

  await leave("a");
  await leave("b");

  expect(became).toEqual({ a: "inside", b: "inside", c: "inside", d: "inside" });
  expect(door.state()).toEqual({ inside: 2, waiting: 0, refused: 0 });
});

test("where somebody waits all the time, whoever waits is told so soon, and the newest is let in", async () => {
  const { door, became, come, leave, pass } = doorOfTwo();
  for (const name of ["a", "b", "c"]) come(name);
  await pass(150);
  expect(became).toEqual({ a: "inside", b: "inside", c: "UNAVAILABLE" });
  come("d");
  await pass(90);
  come("e");
  await pass(20);
  come("f");
  await pass(20);
  expect(became).toMatchObject({ d: "UNAVAILABLE", e: "UNAVAILABLE" });

  await leave("a");

  expect(became.f).toBe("inside");
  expect(door.state()).toEqual({ inside: 2, waiting: 0, refused: 3 });
});

test("a queue that ended is forgotten: the next burst is patient again", async () => {
  const { became, come, leave, pass } = doorOfTwo();
  for (const name of ["a", "b", "c"]) come(name);
  await pass(300);
  expect(became.c).toBe("UNAVAILABLE");

  for (const name of ["d", "e"]) come(name);
  await pass(60);
  await leave("a");
  await leave("b");

  expect(became).toMatchObject({ d: "inside", e: "inside" });
});

test("does not let a queue grow without bound", async () => {
  const { door, come, pass } = doorOfTwo();

  for (let n = 0; n < 1_000; n += 1) come(`${n}`);
  await pass(13);

  expect(door.state()).toEqual({ inside: 2, waiting: 500, refused: 498 });
});
