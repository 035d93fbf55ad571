import fc from "fast-check";
import { expect, test } from "vitest";
import { readFallout } from "../../../src/reports/fallout/fallout.report.ts";
import { FalloutInput, type FalloutStepType } from "../../../src/reports/fallout/fallout.type.ts";
import type { MatcherInput } from "../../../src/reports/filter.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import type { Facet } from "../kit/along.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import * as random from "../kit/random.ts";
import * as randomAlong from "../kit/random-along.ts";
import { clearWorld } from "../kit/rows.ts";
import { at, given } from "../kit/world.ts";
import { falloutOf, type Walked } from "./recount.ts";

const house = useDatabase();
const journeys = useJourneys(house);

const within = fc.option(fc.constantFrom(0, 5, 30, 120), { freq: 2 });
const matchers: fc.Arbitrary<MatcherInput> = fc.oneof(
  random.matchers,
  fc.constant<MatcherInput>({ kinds: ["PAGE_VIEW"] }),
  fc.constant<MatcherInput>({ kinds: ["CALL"] }),
  fc.constant<MatcherInput>({}),
);
const step = fc.record({
  name: fc.constant("step"),
  anyOf: fc.array(matchers, { minLength: 1, maxLength: 2 }),
  immediately: fc.boolean(),
  withinMinutes: within,
});

const questions = fc
  .tuple(
    fc.record({
      period: random.periods,
      steps: fc
        .array(step, { minLength: 2, maxLength: 4 })
        .map(([first, ...rest]) => [{ ...first!, immediately: false, withinMinutes: null }, ...rest]),
      container: random.containers,
      sessionTimeoutMinutes: random.timeouts,
      withinMinutes: within,
      strictly: fc.boolean(),
      audience: random.audiences,
      facets: random.seldom(randomAlong.facets),
    }),
    fc.constantFrom({ includeAll: true }, { includeAll: false }, { reEntry: true }),
  )
  .map(([question, counted]) => ({ ...question, ...counted }));

function linesOf(walked: readonly Walked[]) {
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return walked.map(({ count, pending, median }, i) => {
    const before = walked[i - 1]?.count ?? count;
    return {
      count,
      pending,
      dropped: before - count - pending,
      ofFirst: share(count, walked[0]!.count),
      ofPrevious: share(count, before),
      medianSecondsFromPrevious: median,
    };
  });
}

test("finds every way that a search through all of them finds, in any world, to any question", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(random.worlds, random.senders),
      questions,
      random.timeouts,
      async (people, question, ago) => {
        await clearWorld(house.db);
        const world = await given(house.db, people);
        const input = ask(FalloutInput, question);
        const now = ago === 30 ? new Date(input.period.to.getTime() + 1) : at("3T12:00");

        const report = await readFallout(journeys, input, now);

        const until = new Date(Math.min(now.getTime(), input.period.to.getTime()));
        const walked = (facet: Facet | null) =>
          linesOf(falloutOf(world, input, { until, facet }).slice(input.includeAll ? 0 : 1));
        const plain = (steps: FalloutStepType[]) => steps.map(({ name: _, ...line }) => line);
        expect(plain(report.steps)).toEqual(walked(null));
        expect(report.facets.map(({ name, steps }) => [name, plain(steps)])).toEqual(
          (input.facets ?? []).map((facet) => [facet.name, walked(facet)]),
        );
      },
    ),
    draws(20),
  );
});
