import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { openLine } from "../../src/journeys/line.ts";

/** Work that ends when it is told to, and what has begun. */
function works(line: ReturnType<typeof openLine>) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, asked: { signal?: AbortSignal; by?: string } = {}) =>
    line.inTurn(async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      return name;
    }, asked);
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
  const b = ask("b", { signal: leaving.signal });

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

test("who ask take turns, however many questions one of them has", async () => {
  const { begun, ask, end } = works(openLine({ atOnce: 1, waiting: 10 }));
  const all = ["a1", "a2", "a3", "b1", "c1", "b2"].map((name) => ask(name, { by: name[0] }));
  await setTimeout(0);

  for (let ended = 0; ended < all.length; ended += 1) await end(begun[ended]!);

  expect(begun).toEqual(["a1", "a2", "b1", "c1", "a3", "b2"]);
  await Promise.all(all);
});

test("who fills the line gives up the last place to whoever has fewer, until they have as many", async () => {
  const { begun, ask, end } = works(openLine({ atOnce: 1, waiting: 4 }));
  const all = ["a1", "a2", "a3", "a4", "a5", "b1", "b2", "b3", "a6"].map((name) =>
    ask(name, { by: name[0] }).catch(({ code }: { code: string }) => `${name} ${code}`),
  );
  await setTimeout(0);

  for (let ended = 0; ended < 5; ended += 1) await end(begun[ended]!);

  const sentAway = ["a4", "a5", "b3", "a6"];
  expect(begun).toEqual(["a1", "a2", "b1", "a3", "b2"]);
  expect(await Promise.all(all)).toEqual(
    ["a1", "a2", "a3", "a4", "a5", "b1", "b2", "b3", "a6"].map((name) =>
      sentAway.includes(name) ? `${name} UNAVAILABLE` : name,
    ),
  );
});

test("of equally long lines the one that grew gives up the place", async () => {
  const { ask } = works(openLine({ atOnce: 1, waiting: 3 }));
  const sentAway: string[] = [];
  for (const name of ["a1", "a2", "a3", "b1", "b2"]) {
    void ask(name, { by: name[0] }).catch(() => sentAway.push(name));
  }

  await setTimeout(0);

  expect(sentAway).toEqual(["b2"]);
});
