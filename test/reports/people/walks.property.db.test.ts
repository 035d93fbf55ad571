import fc from "fast-check";
import { expect, test } from "vitest";
import type { FalloutFigure } from "../../../src/reports/fallout/cell.type.ts";
import { readFallout } from "../../../src/reports/fallout/fallout.report.ts";
import { FalloutInput } from "../../../src/reports/fallout/fallout.type.ts";
import { readOverlap } from "../../../src/reports/overlap/overlap.report.ts";
import { OverlapInput } from "../../../src/reports/overlap/overlap.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { falloutOf } from "../fallout/recount.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import * as random from "../kit/random.ts";
import * as randomAlong from "../kit/random-along.ts";
import { unique } from "../kit/recount.ts";
import { clearWorld } from "../kit/rows.ts";
import { given } from "../kit/world.ts";
import { behind, crowds, expectToAddUp } from "./open.ts";

const house = useDatabase();
const journeys = useJourneys(house);

const common = {
  period: random.periods,
  container: random.containers,
  sessionTimeoutMinutes: random.timeouts,
  audience: random.audiences,
};

const overlaps = fc.record({
  ...common,
  sets: fc
    .array(random.matchers, { minLength: 2, maxLength: 3 })
    .map((matchers) => matchers.map((matcher, i) => ({ name: `s${i}`, matcher }))),
});

test("the customers behind every region, set and pair of an overlap add up to it", async () => {
  await fc.assert(
    fc.asyncProperty(crowds, overlaps, async (people, question) => {
      await clearWorld(house.db);
      await given(house.db, people);
      const report = ask(OverlapInput, question);

      const shown = await readOverlap(journeys, report);

      const cellOf = (figure: "REGION" | "MEMBERS" | "UNION" | "UNIDENTIFIED", sets: string[] = []) => ({
        overlap: { report, cell: { figure, sets } },
      });
      await expectToAddUp(journeys, [
        ...shown.regions.map(({ sets, count }) => ({ cell: cellOf("REGION", sets), figure: count })),
        ...shown.sets.map(({ name, count }) => ({ cell: cellOf("MEMBERS", [name]), figure: count })),
        ...shown.pairs.map(({ a, b, both }) => ({ cell: cellOf("MEMBERS", [a, b]), figure: both })),
        { cell: cellOf("UNION"), figure: shown.union },
        { cell: cellOf("UNIDENTIFIED"), figure: shown.unidentified },
      ]);
      if (report.container === "CUSTOMER") expect(await behind(journeys, cellOf("UNION"))).toHaveLength(shown.union);
    }),
    draws(5),
  );
});

const step = fc.record({
  name: fc.constant("step"),
  anyOf: fc.array(random.matchers, { minLength: 1, maxLength: 2 }),
  immediately: fc.boolean(),
  withinMinutes: fc.option(fc.constantFrom(5, 120), { freq: 2 }),
});
const fallouts = fc.record({
  ...common,
  steps: fc
    .array(step, { minLength: 2, maxLength: 3 })
    .map(([first, ...rest]) => [{ ...first!, immediately: false, withinMinutes: null }, ...rest]),
  includeAll: fc.boolean(),
  facets: random.seldom(randomAlong.facets),
});

test("the customers behind every step of a fallout are those whom a recount of each alone brings there", async () => {
  await fc.assert(
    fc.asyncProperty(crowds, fallouts, async (people, question) => {
      await clearWorld(house.db);
      const world = await given(house.db, people);
      const report = ask(FalloutInput, question);

      const shown = await readFallout(journeys, report);

      const cellOf = (line: number, figure: FalloutFigure, facet: string | null = null) => ({
        fallout: { report, cell: { step: line, figure, facet } },
      });
      const all = [{ name: null, steps: shown.steps }, ...shown.facets];
      await expectToAddUp(
        journeys,
        all.flatMap(({ name, steps }) =>
          steps.flatMap(({ count, dropped, pending }, i) => [
            { cell: cellOf(i + 1, "COUNT", name), figure: count },
            ...(i === 0
              ? []
              : [
                  { cell: cellOf(i + 1, "DROPPED", name), figure: dropped },
                  { cell: cellOf(i + 1, "PENDING", name), figure: pending },
                ]),
          ]),
        ),
      );
      const until = new Date(Math.min(Date.now(), report.period.to.getTime()));
      const last = await behind(journeys, cellOf(shown.steps.length, "COUNT"));
      const alone = unique(world.map(({ customerId }) => customerId)).map((customerId) => {
        const own = world.filter((event) => event.customerId === customerId);
        return { customerId, share: falloutOf(own, report, { until, facet: null }).at(-1)!.count };
      });
      expect(last).toEqual(
        alone.filter(({ share }) => share > 0).sort((a, b) => (a.customerId < b.customerId ? -1 : 1)),
      );
    }),
    draws(5),
  );
});
