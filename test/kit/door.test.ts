import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDoor } from "../../src/kit/door.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A door with two places, and what became of those who came, by name. */
function doorOfTwo() {
  const door = openDoor({ places: 2, now: () => Date.now() });
  const became: Record<string, string> = {};
  const leaving: Record<string, () => void> = {};
  const come = (name: string, mostMs?: number) => {
    const entering = door.enter(mostMs).then(
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

test("lets in as many as there are places, and then in the order in which they came", async () => {
  const { door, became, come, leave, pass } = doorOfTwo();
  for (const name of ["a", "b", "c", "d"]) come(name);
  await pass(90);
  expect(became).toEqual({ a: "inside", b: "inside" });

  await leave("a");
  expect(became).toEqual({ a: "inside", b: "inside", c: "inside" });
  await leave("a");
  expect(became).toEqual({ a: "inside", b: "inside", c: "inside" });
  await leave("b");

  expect(became).toEqual({ a: "inside", b: "inside", c: "inside", d: "inside" });
  expect(door.state()).toEqual({ inside: 2, waiting: 0, refused: 0 });
});

test("whoever waits while the queue moves is let in, though there is always one", async () => {
  const { door, come, leave, pass } = doorOfTwo();
  for (let n = 0; n < 100; n += 1) {
    come(`${n}`);
    await pass(10);
    if (n >= 3) await leave(`${n - 3}`);
  }

  expect(door.state()).toMatchObject({ inside: 2, refused: 0 });
});

test("a queue that is late for less than a second is let in", async () => {
  const { door, became, come, leave, pass } = doorOfTwo();
  for (const name of ["a", "b", "c"]) come(name);
  await pass(700);
  await leave("a");

  expect(became.c).toBe("inside");
  expect(door.state()).toMatchObject({ refused: 0 });
});

test("whoever has less time is told so when it is over, and keeps nobody from coming in", async () => {
  const { became, come, leave, pass } = doorOfTwo();
  for (const name of ["a", "b", "c"]) come(name);
  come("menu", 300);
  await pass(320);
  await leave("a");

  expect(became).toEqual({ a: "inside", b: "inside", c: "inside", menu: "UNAVAILABLE" });
});

test("at a crowded door the newest is let in, and whoever waits is told so soon", async () => {
  const { door, became, come, leave, pass } = doorOfTwo();
  for (const name of ["a", "b", "c"]) come(name);
  await pass(960);
  expect(became).toEqual({ a: "inside", b: "inside", c: "UNAVAILABLE" });
  come("d");
  await pass(90);
  come("e");
  await pass(10);
  come("f");
  await pass(10);

  await leave("a");

  expect(became).toMatchObject({ d: "UNAVAILABLE", f: "inside" });
  expect(became).not.toHaveProperty("e");
  await pass(20);
  expect(door.state()).toEqual({ inside: 2, waiting: 0, refused: 3 });
});

test("once there is a place again, the next burst is let in as it comes", async () => {
  const { became, come, leave, pass } = doorOfTwo();
  for (const name of ["a", "b", "c"]) come(name);
  await pass(960);
  expect(became.c).toBe("UNAVAILABLE");

  await leave("a");
  for (const name of ["d", "e", "f"]) come(name);
  await pass(60);
  await leave("b");

  expect(became).toMatchObject({ d: "inside", e: "inside" });
  expect(became).not.toHaveProperty("f");
});

test("a door that was crowded a moment ago is crowded again soon, and after a while is patient again", async () => {
  const { became, come, leave, pass } = doorOfTwo();
  for (const name of ["a", "b", "c"]) come(name);
  await pass(960);
  await leave("a");
  for (const name of ["d", "e"]) come(name);
  await pass(200);
  expect(became).toMatchObject({ c: "UNAVAILABLE", d: "inside", e: "UNAVAILABLE" });

  await leave("b");
  await pass(2_100);
  for (const name of ["f", "g"]) come(name);
  await pass(200);
  expect(became).toMatchObject({ f: "inside" });
  expect(became).not.toHaveProperty("g");
});

test("does not let a queue grow without bound", async () => {
  const { door, come, pass } = doorOfTwo();

  for (let n = 0; n < 1_000; n += 1) come(`${n}`);
  await pass(13);

  expect(door.state()).toEqual({ inside: 2, waiting: 500, refused: 498 });
});
