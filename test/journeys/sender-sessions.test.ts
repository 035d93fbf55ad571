import fc from "fast-check";
import { expect, test } from "vitest";
import { type Carriage, carriageOf, compileCarried, type Expiry } from "../../src/journeys/carried.ts";
import { allocate, type Partition } from "../../src/journeys/columns.ts";
import type { Container } from "../../src/journeys/container.ts";
import type { IsMeant } from "../../src/journeys/fold.ts";
import { compileSequence, type SequenceOf, sequencePlanOf } from "../../src/journeys/sequence.ts";

// Sessions of senders may lie among one another: of each it is as if there were no others.

interface Moment {
  letter: string;
  minute: number;
  session: number;
}

const journey = { customer: 0 };

function partitionOf(moments: readonly Moment[]): Partition {
  const partition = allocate({ customers: 1, events: moments.length, legs: 0, visits: 0, tied: 0, worth: 0 });
  partition.events.at.set(moments.map(({ minute }) => minute * 60_000));
  partition.events.interaction.set(moments.map(({ session }) => session));
  partition.customers.events[1] = moments.length;
  return partition;
}

const isLetter =
  (moments: readonly Moment[], letter: string): IsMeant =>
  (event) =>
    moments[event]!.letter === letter;

/** Whether a sequence keeps each of the moments. */
function kept(moments: readonly Moment[], sequence: SequenceOf<string>, container: Container): boolean[] {
  const { steps } = sequence;
  const takes = steps.map(({ match }) => isLetter(moments, match));
  const bars = steps.map(({ without }) => (without == null ? null : isLetter(moments, without)));
  const plan = sequencePlanOf({ ...sequence, container }, Number.POSITIVE_INFINITY);
  const isKept = compileSequence(partitionOf(moments), plan, { takes, bars });
  return moments.map((_, event) => isKept(event, { ...journey, from: 0, to: moments.length }));
}

/** The letters that each of the moments carries; `-` has none, and `!` ends what is carried. */
function carried(
  moments: readonly Moment[],
  allocation: Carriage["allocation"],
  expiry: Expiry<string> & { container: Container },
): string[] {
  const own = (event: number) => ("-!".includes(moments[event]!.letter) ? -1 : moments[event]!.letter.charCodeAt(0));
  const ends = expiry.event == null ? null : isLetter(moments, expiry.event);
  const carriage = carriageOf(allocation, expiry, Number.POSITIVE_INFINITY);
  const { read, listed } = compileCarried(partitionOf(moments), carriage, { own, ends });
  return moments.map((_, event) => {
    const value = read(event, { ...journey, from: 0, to: moments.length });
    if (value === -1) return "";
    return String.fromCharCode(...(allocation === "ALL" ? listed(value) : [value]));
  });
}

/** What is told of each moment when its session is all there is. */
function alone<Answer>(moments: readonly Moment[], tell: (session: readonly Moment[]) => Answer[]): Answer[] {
  const answers = new Map<Moment, Answer>();
  for (const { session } of moments) {
    const own = moments.filter((moment) => moment.session === session);
    for (const [i, answer] of tell(own).entries()) answers.set(own[i]!, answer);
  }
  return moments.map((moment) => answers.get(moment)!);
}

const lives = (letters: string) =>
  fc
    .array(
      fc.record({
        letter: fc.constantFrom(...letters),
        pause: fc.constantFrom(0, 1, 1, 2),
        session: fc.integer({ min: 0, max: 2 }),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((told) => {
      let minute = 0;
      return told.map(({ pause, ...moment }): Moment => {
        minute += pause;
        return { ...moment, minute };
      });
    });

test("a sequence keeps of a sender's session what it keeps of it alone", () => {
  const limits = fc.constantFrom<object>({}, {}, { within: 1 }, { after: 1 }, { next: true }, { without: "C" });
  const sequences = fc.record({
    steps: fc.tuple(
      fc.constant({ match: "A" }),
      limits.map((limit) => ({ match: "B", ...limit })),
    ),
    within: fc.option(fc.integer({ min: 0, max: 4 })),
    keep: fc.constantFrom("EVERYONE" as const, "ONLY_BEFORE" as const, "ONLY_AFTER" as const),
  });
  fc.assert(
    fc.property(lives("ABC"), sequences, (moments, sequence) => {
      expect(kept(moments, sequence, "SENDER_SESSION")).toEqual(
        alone(moments, (session) => kept(session, sequence, "CUSTOMER")),
      );
    }),
    { numRuns: 700 },
  );
});

test("a value is carried through a sender's session as through it alone", () => {
  const ways = fc.oneof(
    fc.record({ allocation: fc.constantFrom("FIRST_KNOWN" as const, "LAST_KNOWN" as const, "ALL" as const) }),
    fc.record({
      allocation: fc.constantFrom("MOST_RECENT" as const, "ORIGINAL" as const),
      expiry: fc.constantFrom<Expiry<string>>({}, { minutes: 2 }, { event: "!" }),
    }),
  );
  fc.assert(
    fc.property(lives("AB--!"), ways, (moments, { allocation, ...way }) => {
      const expiry = "expiry" in way ? way.expiry : {};
      expect(carried(moments, allocation, { ...expiry, container: "SENDER_SESSION" })).toEqual(
        alone(moments, (session) => carried(session, allocation, { ...expiry, container: "CUSTOMER" })),
      );
    }),
    { numRuns: 700 },
  );
});
