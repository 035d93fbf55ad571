import fc from "fast-check";

const few = (...values: string[]) => fc.constantFrom(...values);

const STEPS: Readonly<Record<string, object>> = {
  A: { kinds: ["PAGE_VIEW"], names: ["/home"] },
  B: { kinds: ["PAGE_VIEW", "FORM"] },
  C: { channels: ["VOICE", "IVR", "CHAT"] },
};

const match = few("A", "B", "C").map((letter) => STEPS[letter]!);
const laterStep = fc.record({
  match,
  limits: fc.constantFrom({}, {}, { within: 0 }, { within: 15 }, { within: 60, after: 5 }, { after: 15 }),
  between: fc.oneof(
    fc.constant({ next: false }),
    fc.constant({ next: true }),
    match.map((without) => ({ next: false, without })),
  ),
});
/** Short, of events that happen often, so that a few are found. */
export const sequences = fc
  .record({
    first: match,
    others: fc.array(laterStep, { minLength: 1, maxLength: 2 }),
    within: fc.option(fc.constantFrom(20, 120), { freq: 2 }),
    keep: fc.constantFrom("EVERYONE" as const, "ONLY_BEFORE" as const, "ONLY_AFTER" as const),
    container: fc.constantFrom("SESSION" as const, "SENDER_SESSION" as const, "CUSTOMER" as const),
    sessionTimeoutMinutes: fc.constantFrom(30, 60),
  })
  .map(({ first, others, ...rest }) => ({
    ...rest,
    steps: [
      { match: first, next: false },
      ...others.map((step) => ({ match: step.match, ...step.limits, ...step.between })),
    ],
  }));
