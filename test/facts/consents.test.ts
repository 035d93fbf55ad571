import fc from "fast-check";
import { expect, test } from "vitest";
import { type ConsentStatement, standingConsents } from "../../src/facts/consents.ts";
import { PURPOSES } from "../../src/fields/choices.ts";

const statement = fc.record({
  subject: fc.nat(5),
  purpose: fc.constantFrom(...PURPOSES),
  isGiven: fc.boolean(),
  statedAt: fc.nat(4).map((day) => new Date(Date.UTC(2026, 0, day))),
});

const said = (statements: readonly ConsentStatement[]) =>
  PURPOSES.map((purpose) => {
    const stands = standingConsents(statements).get(purpose);
    return stands ? [stands.isGiven, stands.statedAt.getTime()] : null;
  });

test("what stands is the same in whatever order statements came, and whoever they were merged and split into meanwhile", () => {
  fc.assert(
    fc.property(
      fc.array(statement, { maxLength: 12 }),
      fc.array(fc.array(fc.nat(2), { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.nat()),
      (statements, worlds, dice) => {
        const shuffled = statements
          .map((one) => ({ one, place: dice.next().value as number }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
        for (const ownerOf of worlds) {
          for (const owner of [0, 1, 2]) {
            const own = (list: typeof statements) => list.filter(({ subject }) => ownerOf[subject] === owner);
            expect(said(own(shuffled))).toEqual(said(own(statements)));
          }
          // Of parts that became one customer, what stands of each part says all.
          const parts = [0, 1, 2].flatMap((owner) => [
            ...standingConsents(statements.filter(({ subject }) => ownerOf[subject] === owner)).values(),
          ]);
          expect(said(parts)).toEqual(said(statements));
        }
      },
    ),
  );
});

test("the newest statement stands, whoever made it, and of one instant the refusal", () => {
  const [monday, tuesday] = [new Date("2026-03-02T00:00:00Z"), new Date("2026-03-03T00:00:00Z")];
  const of = (isGiven: boolean, statedAt: Date) => ({ purpose: "MARKETING" as const, isGiven, statedAt });

  expect(standingConsents([of(false, monday), of(true, tuesday)]).get("MARKETING")!.isGiven).toBe(true);
  expect(standingConsents([of(true, monday), of(false, tuesday)]).get("MARKETING")!.isGiven).toBe(false);
  expect(standingConsents([of(false, monday), of(true, monday)]).get("MARKETING")!.isGiven).toBe(false);
  expect(standingConsents([of(true, monday)]).get("SERVICE")).toBeUndefined();
});
