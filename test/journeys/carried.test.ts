import fc from "fast-check";
import { expect, test } from "vitest";
import { type Carriage, carriageOf, compileCarried, type Expiry } from "../../src/journeys/carried.ts";
import { allocate } from "../../src/journeys/columns.ts";

type Allocation = Carriage["allocation"];

/** What events carry whose values are letters, a minute apart; `-` has no value, and ends what an `!` follows. */
function carried(letters: string, allocation: Allocation, expiry: Expiry<string> = {}): string {
  const values = letters.split(" ");
  const partition = allocate({ customers: 1, events: values.length, legs: 0, visits: 0, tied: 0, worth: 0 });
  partition.events.at.set(values.map((_, minute) => minute * 60_000));
  const own = (event: number) => (values[event]!.startsWith("-") ? -1 : values[event]!.charCodeAt(0));
  const ends = expiry.event == null ? null : (event: number) => values[event]!.endsWith(expiry.event!);
  const { read, listed } = compileCarried(partition, carriageOf(allocation, expiry, values.length * 60_000), {
    own,
    ends,
  });
  const journey = { customer: 0, from: 0, to: values.length };
  const named = (value: number) => {
    if (value === -1) return "-";
    return allocation === "ALL" ? String.fromCharCode(...listed(value)) : String.fromCharCode(value);
  };
  return values.map((_, event) => named(read(event, journey))).join(" ");
}

// Adobe's published rows.
test.each<[Allocation, string, string]>([
  ["MOST_RECENT", "- C B - A", "- C B B A"],
  ["ORIGINAL", "- C B - A", "- C C C C"],
  ["FIRST_KNOWN", "- C B - A", "C C C C C"],
  ["LAST_KNOWN", "- C B - A", "A A A A A"],
  ["ALL", "A B C - A", "A AB ABC ABC ABC"],
])("%s of %s carries %s", (allocation, letters, expected) => {
  expect(carried(letters, allocation)).toBe(expected);
});

test("a value is carried for its minutes, from the event that has it", () => {
  expect(carried("A - - - B -", "MOST_RECENT", { minutes: 2 })).toBe("A A A - B B");
  expect(carried("A - A - - -", "MOST_RECENT", { minutes: 2 })).toBe("A A A A A -");
  expect(carried("A - A B B -", "ORIGINAL", { minutes: 2 })).toBe("A A A B B B");
});

test("the event that ends a value has it still", () => {
  expect(carried("A - -! - B -", "MOST_RECENT", { event: "!" })).toBe("A A A - B B");
  expect(carried("A B! - B A", "ORIGINAL", { event: "!" })).toBe("A A - B B");
});

test.each<[string, Allocation, Expiry<string>]>([
  [
    "FIRST_KNOWN is about whole containers: leave out `minutes`, or carry MOST_RECENT or ORIGINAL.",
    "FIRST_KNOWN",
    { minutes: 5 },
  ],
  ["ALL is about whole containers: leave out `event`, or carry MOST_RECENT or ORIGINAL.", "ALL", { event: "!" }],
  ["Carry a value for 1 minute or more.", "ORIGINAL", { minutes: 0 }],
])("says %s", (message, allocation, expiry) => {
  expect(() => carriageOf(allocation, expiry, 0)).toThrow(message);
});

test("with all that was before an event at hand, the value is the same", () => {
  const letters = fc.array(fc.constantFrom("A", "B", "C", "-", "-", "-!", "A!"), { minLength: 1, maxLength: 12 });
  const expiries = fc.oneof(
    fc.constant({}),
    fc.record({ minutes: fc.integer({ min: 1, max: 4 }) }),
    fc.constant({ event: "!" }),
  );
  fc.assert(
    fc.property(
      letters,
      fc.constantFrom("MOST_RECENT" as const, "ORIGINAL" as const),
      expiries,
      (life, allocation, expiry) => {
        expect(carried(life.join(" "), allocation, expiry)).toBe(
          life.map((_, event) => valueAfter(life.slice(0, event + 1), allocation, expiry)).join(" "),
        );
      },
    ),
    { numRuns: 2_000 },
  );
});

/** What the last event of a life carries, by looking for the event that it comes from. */
function valueAfter(
  life: readonly string[],
  allocation: Allocation,
  expiry: { minutes?: number; event?: string },
): string {
  const last = life.length - 1;
  const isOver = (from: number) =>
    (expiry.event !== undefined && life.slice(from, last).some((letter) => letter.endsWith(expiry.event!))) ||
    (expiry.minutes !== undefined && last - from > expiry.minutes);
  const named = life.flatMap((letter, event) => (letter.startsWith("-") ? [] : [{ letter: letter[0]!, event }]));
  if (allocation === "MOST_RECENT") {
    const latest = named.at(-1);
    return latest && !isOver(latest.event) ? latest.letter : "-";
  }
  // The first value that was set, and then the first after it ended, and so on.
  let held: { letter: string; event: number } | null = null;
  for (let event = 0; event <= last; event += 1) {
    const since = held?.event ?? 0;
    const ended = life
      .slice(since, event)
      .some((letter) => expiry.event !== undefined && letter.endsWith(expiry.event));
    if (held && (ended || event - since > (expiry.minutes ?? Number.POSITIVE_INFINITY))) held = null;
    held ??= named.find((one) => one.event === event) ?? null;
  }
  return held?.letter ?? "-";
}
