import fc from "fast-check";
import { expect, test } from "vitest";
import { allocate, type Partition } from "../../src/journeys/columns.ts";
import { compileSequence, type SequenceOf, type SequenceStepOf, sequencePlanOf } from "../../src/journeys/sequence.ts";

/** One event a minute, each called by its letter; a lower letter is of the same instant as the one before. */
function minutesOf(letters: string): number[] {
  let minute = -1;
  return [...letters].map((letter) => {
    if (letter === letter.toUpperCase()) minute += 1;
    return minute;
  });
}

function journeyOf(letters: string): Partition {
  const partition = allocate({ customers: 1, events: letters.length, legs: 0, visits: 0, tied: 0, worth: 0 });
  partition.events.at.set(minutesOf(letters).map((minute) => minute * 60_000));
  partition.customers.events[1] = letters.length;
  return partition;
}

/** The letters that a sequence of letters keeps of those before a minute. */
function kept(letters: string, sequence: SequenceOf<string>, before = Number.POSITIVE_INFINITY): string {
  const isLetter = (letter: string) => (event: number) => letters[event]!.toUpperCase() === letter;
  const takes = sequence.steps.map(({ match }) => isLetter(match));
  const bars = sequence.steps.map(({ without }) => (without == null ? null : isLetter(without)));
  const plan = sequencePlanOf(sequence, before * 60_000);
  const isKept = compileSequence(journeyOf(letters), plan, { takes, bars });
  const journey = { customer: 0, from: 0, to: letters.length };
  return [...letters].filter((_, event) => isKept(event, journey)).join("");
}

/** The same by trying all ways. */
function keptBySearch(letters: string, { steps, within, keep }: SequenceOf<string>): string {
  const minutes = minutesOf(letters);
  const isStep = (way: number[], place: number, step: SequenceStepOf<string>): boolean => {
    if (letters[place]!.toUpperCase() !== step.match) return false;
    const before = way.at(-1);
    if (before === undefined) return true;
    const gap = minutes[place]! - minutes[before]!;
    const between = letters.slice(before + 1, place).toUpperCase();
    return (
      place > before &&
      gap <= (step.within ?? Number.POSITIVE_INFINITY) &&
      gap >= (step.after ?? 0) &&
      minutes[place]! - minutes[way[0]!]! <= (within ?? Number.POSITIVE_INFINITY) &&
      !(step.next && between) &&
      !(step.without && between.includes(step.without))
    );
  };
  const places = [...letters].map((_, place) => place);
  const ways = steps.reduce<number[][]>(
    (found, step) =>
      found.flatMap((way) => places.filter((place) => isStep(way, place, step)).map((place) => [...way, place])),
    [[]],
  );
  if (ways.length === 0) return "";
  if (keep === "ONLY_BEFORE") return letters.slice(0, Math.max(...ways.map((way) => way[0]!)) + 1);
  return keep === "ONLY_AFTER" ? letters.slice(Math.min(...ways.map((way) => way.at(-1)!))) : letters;
}

const then = (match: string, limits: Omit<SequenceStepOf<string>, "match"> = {}) => ({ match, ...limits });

test.each([
  ["ABCDEF", "EVERYONE", "ABCDEF"],
  ["ABCDEF", "ONLY_BEFORE", "AB"],
  ["ABCDEF", "ONLY_AFTER", "DEF"],
  ["ABCDBCDE", "EVERYONE", "ABCDBCDE"],
  ["ABCDBCDE", "ONLY_BEFORE", "ABCDB"],
  ["ABCDBCDE", "ONLY_AFTER", "DBCDE"],
  ["ADCBEF", "EVERYONE", ""],
] as const)("of %s with B then D, %s keeps %s", (letters, keep, expected) => {
  expect(kept(letters, { steps: [then("B"), then("D")], keep })).toBe(expected);
});

test("keeps what a search through all ways keeps", () => {
  const letter = fc.constantFrom("A", "B", "C");
  const letters = fc
    .tuple(letter, fc.array(fc.constantFrom("A", "B", "C", "a", "b", "c"), { maxLength: 9 }))
    .map(([first, rest]) => first + rest.join(""));
  const later = fc.record({
    match: letter,
    limits: fc.constantFrom({}, {}, { within: 0 }, { within: 2 }, { after: 1 }, { after: 2, within: 3 }),
    between: fc.oneof(
      fc.constant({}),
      fc.constant({ next: true }),
      letter.map((without) => ({ without })),
    ),
  });
  const sequences = fc.record({
    steps: fc
      .tuple(letter, fc.array(later, { maxLength: 3 }))
      .map(([first, rest]) => [
        then(first),
        ...rest.map(({ match, limits, between }) => then(match, { ...limits, ...between })),
      ]),
    within: fc.option(fc.integer({ min: 0, max: 5 })),
    keep: fc.constantFrom("EVERYONE" as const, "ONLY_BEFORE" as const, "ONLY_AFTER" as const),
  });
  fc.assert(
    fc.property(letters, sequences, (life, sequence) => {
      expect(kept(life, sequence)).toBe(keptBySearch(life, sequence));
    }),
    { numRuns: 5_000 },
  );
});

test("what happens when the period has ended changes nothing", () => {
  const steps = [then("A"), then("B")];

  expect(kept("AXAXB", { steps }, 4)).toBe("");
  expect(kept("AXBABX", { steps, keep: "ONLY_BEFORE" }, 4)).toBe("A");
});

test("no event takes two steps, and of one instant the order of events counts", () => {
  expect(kept("AB", { steps: [then("A"), then("A")] })).toBe("");
  expect(kept("Ab", { steps: [then("A"), then("B", { within: 0 })] })).toBe("Ab");
  expect(kept("Ba", { steps: [then("A"), then("B", { within: 0 })] })).toBe("");
});

test("a later beginning is tried where the first one is too long ago", () => {
  const steps = [then("A"), then("B", { within: 2 }), then("C", { within: 2 })];

  expect(kept("ABXXXABC", { steps, within: 2, keep: "ONLY_AFTER" })).toBe("C");
  expect(kept("AXXXBCXX", { steps })).toBe("");
  expect(kept("AXABXC", { steps, within: 2 })).toBe("");
});

test("a step that must wait comes from an event that is old enough", () => {
  const steps = [then("A"), then("B", { after: 2, within: 3 })];

  expect(kept("AXXAB", { steps, keep: "ONLY_AFTER" })).toBe("");
  expect(kept("AXXABAB", { steps, keep: "ONLY_AFTER" })).toBe("B");
});

test("nothing lies between a step and the next one, nor what must not", () => {
  expect(kept("AXB", { steps: [then("A"), then("B", { next: true })] })).toBe("");
  expect(kept("AXAB", { steps: [then("A"), then("B", { next: true })] })).toBe("AXAB");
  expect(kept("AXB", { steps: [then("A"), then("B", { without: "X" })] })).toBe("");
  expect(kept("AXAB", { steps: [then("A"), then("B", { without: "X" })], keep: "ONLY_BEFORE" })).toBe("AXA");
  expect(kept("ABAB", { steps: [then("A"), then("B", { without: "A" })] })).toBe("ABAB");
});

test.each<[string, SequenceOf<string>]>([
  ["Give a sequence 1 to 20 `steps`; it has 0.", { steps: [] }],
  ["No step comes before the first one: leave out its `within`.", { steps: [then("A", { within: 1 })] }],
  ["No step comes before the first one: leave out its `without`.", { steps: [then("A", { without: "B" })] }],
  ["Give `after` as minutes, 0 or more; it is -1.", { steps: [then("A"), then("B", { after: -1 })] }],
  [
    "No event is in time for a step whose `after` is longer than its `within`.",
    { steps: [then("A"), then("B", { after: 2, within: 1 })] },
  ],
  [
    "Nothing lies between a step and the `next` one: leave out its `without`.",
    { steps: [then("A"), then("B", { next: true, without: "C" })] },
  ],
])("says %s", (message, sequence) => {
  expect(() => sequencePlanOf(sequence, 0)).toThrow(message);
});
