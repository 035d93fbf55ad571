import fc from "fast-check";
import { test } from "vitest";
import { readAttribution } from "../../../src/reports/attribution/attribution.report.ts";
import { AttributionInput } from "../../../src/reports/attribution/attribution.type.ts";
import type { AttributionCellInput } from "../../../src/reports/attribution/cell.type.ts";
import { readCallPropensity } from "../../../src/reports/call-propensity/call-propensity.report.ts";
import { CallPropensityInput } from "../../../src/reports/call-propensity/call-propensity.type.ts";
import type { PropensityCellInput } from "../../../src/reports/call-propensity/cell.type.ts";
import type { AttributionModelInput } from "../../../src/reports/model.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import * as random from "../kit/random.ts";
import * as randomAlong from "../kit/random-along.ts";
import { clearWorld } from "../kit/rows.ts";
import { given } from "../kit/world.ts";
import { crowds, expectToAddUp } from "./open.ts";

const house = useDatabase();
const journeys = useJourneys(house);

const RULES: AttributionModelInput[] = [{ kind: "SAME_TOUCH" }, { kind: "PARTICIPATION" }, { kind: "TIME_DECAY" }];
const LEARNING: AttributionModelInput[] = [{ kind: "LINEAR" }, { kind: "ALGORITHMIC" }, { kind: "MARKOV" }];
/** By paths, or by what a path cannot be made of. */
const alongs = fc.oneof(
  fc.constant<{ models: AttributionModelInput[] }>({ models: [...RULES, ...LEARNING] }),
  randomAlong.alongs.map((along) => ({ ...along, models: RULES })),
);

const attributions = fc
  .tuple(
    fc.record({
      period: random.periods,
      conversions: random.choices,
      dimension: random.dimensions,
      container: random.containers,
      splitBy: fc.option(random.dimensions),
      measure: fc.constantFrom("COUNT" as const, "REVENUE" as const),
      audience: random.audiences,
      first: fc.constantFrom(1, 2),
    }),
    alongs,
  )
  .map(([question, along]) => ({
    ...question,
    ...along,
    currency: question.measure === "COUNT" ? null : "EUR",
  }));

test("the customers behind every credit, of rules and of models that learn, add up to it", async () => {
  await fc.assert(
    fc.asyncProperty(crowds, attributions, async (people, question) => {
      await clearWorld(house.db);
      await given(house.db, people);
      const report = ask(AttributionInput, question);

      const shown = await readAttribution(journeys, report);

      const cellOf = (
        model: number,
        figure: AttributionCellInput["figure"],
        more: Partial<AttributionCellInput> = {},
      ) => ({
        attribution: { report, cell: { figure, model: model + 1, ...more } },
      });
      await expectToAddUp(journeys, [
        ...shown.models.flatMap(({ rows, attributed, otherRows, unattributed }, model) => [
          ...rows.flatMap(({ item, credit, conversions, split }) => [
            { cell: cellOf(model, "CREDIT", { item }), figure: credit },
            { cell: cellOf(model, "CONVERSIONS", { item }), figure: conversions },
            ...split
              .slice(0, 2)
              .map((part) => ({ cell: cellOf(model, "CREDIT", { item, split: part.value }), figure: part.credit })),
          ]),
          { cell: cellOf(model, "ATTRIBUTED"), figure: attributed },
          { cell: cellOf(model, "OTHER_ROWS"), figure: otherRows },
          { cell: cellOf(model, "UNATTRIBUTED"), figure: unattributed.total },
          ...unattributed.byReason.map(({ reason, value }) => ({
            cell: cellOf(model, "UNATTRIBUTED", { reason }),
            figure: value,
          })),
        ]),
        { cell: cellOf(0, "TOTAL"), figure: shown.total },
        { cell: cellOf(0, "ALL_CONVERSIONS"), figure: shown.conversions },
        { cell: cellOf(0, "OTHER_CURRENCIES"), figure: shown.otherCurrencies },
      ]);
    }),
    draws(4),
  );
});

test("the customers behind every figure of call propensity add up to it", async () => {
  const questions = fc
    .tuple(
      fc.record({
        period: random.periods,
        dimension: random.dimensions,
        withinMinutes: fc.constantFrom(10, 120),
        splitBy: fc.option(random.dimensions),
        model: fc.constantFrom({ kind: "LINEAR" as const }, { kind: "U_SHAPED" as const }),
        audience: random.audiences,
      }),
      randomAlong.alongs,
    )
    .map(([question, along]) => ({ ...question, ...along }));
  await fc.assert(
    fc.asyncProperty(crowds, questions, async (people, question) => {
      await clearWorld(house.db);
      await given(house.db, people);
      const report = ask(CallPropensityInput, { ...question, minimumExposures: 1, first: 3 });

      const shown = await readCallPropensity(journeys, report);

      const cellOf = (figure: PropensityCellInput["figure"], more: Partial<PropensityCellInput> = {}) => ({
        callPropensity: { report, cell: { figure, ...more } },
      });
      await expectToAddUp(
        journeys,
        shown.rows.flatMap(({ item, exposures, conversions, credit, cost, split }) => [
          { cell: cellOf("EXPOSURES", { item }), figure: exposures },
          { cell: cellOf("CONVERSIONS", { item }), figure: conversions },
          ...(credit ? [{ cell: cellOf("CREDIT", { item }), figure: credit }] : []),
          ...split.map((part) => ({ cell: cellOf("CREDIT", { item, split: part.value }), figure: part.credit })),
          ...cost.map(({ currency, amount }) => ({ cell: cellOf("COST", { item, currency }), figure: Number(amount) })),
        ]),
      );
    }),
    draws(4),
  );
});
