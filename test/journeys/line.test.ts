import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { openLine } from "../../src/journeys/line.ts";

/** Work that ends when it is told to, and what has begun. */
function works(line: ReturnType<typeof openLine>) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, signal?: AbortSignal) =>
    line.inTurn(async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      return name;
    }, signal);
  const end = async (name: string) => {
    ends.get(name)!();
    await setTimeout(0);
  };
  return { begun, ask, end };
}

test("some run at once, and the others begin in the order in which they came", async () => {
  const { begun, ask, end } = works(openLine({ atOnce: 2, waiting: 10 }));
  const all = ["a", "b", "c", "d"].map((name) => ask(name));
  await setTimeout(0);

  await end("b");
  await end("a");

  expect(begun).toEqual(["a", "b", "c", "d"]);
  await end("c");
  await end("d");
  expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
});

test("who finds too many before them is told to come again, and who leaves makes room", async () => {
  const { begun, ask, end } = works(openLine({ atOnce: 1, waiting: 1 }));
  const leaving = new AbortController();
  const a = ask("a");
  const b = ask("b", leaving.signal);

  await expect(ask("c")).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("ask again") });
  leaving.abort(new Error("gone"));
  const d = ask("d");

  await expect(b).rejects.toThrow("gone");
  await end("a");
  await end("d");
  expect(begun).toEqual(["a", "d"]);
  expect(await Promise.all([a, d])).toEqual(["a", "d"]);
});

test("work that fails ends its turn", async () => {
  const line = openLine({ atOnce: 1, waiting: 1 });

  await expect(line.inTurn(() => Promise.reject(new Error("no")))).rejects.toThrow("no");

  expect(await line.inTurn(async () => "yes")).toBe("yes");
});
