import fc from "fast-check";
import { expect, test } from "vitest";
import { readChannelPerformance } from "../../../src/reports/channel-performance/channel-performance.report.ts";
import { ChannelPerformanceInput } from "../../../src/reports/channel-performance/channel-performance.type.ts";
import type { MatcherInput } from "../../../src/reports/filter.type.ts";
import { readFlow } from "../../../src/reports/flow/flow.report.ts";
import { FlowInput } from "../../../src/reports/flow/flow.type.ts";
import type { HistogramFigure } from "../../../src/reports/histogram/cell.type.ts";
import { readHistogram } from "../../../src/reports/histogram/histogram.report.ts";
import { HistogramInput } from "../../../src/reports/histogram/histogram.type.ts";
import type { MatchQualityCellInput, MatchQualityFigure } from "../../../src/reports/match-quality/cell.type.ts";
import { readMatchQuality } from "../../../src/reports/match-quality/match-quality.report.ts";
import { MatchQualityInput } from "../../../src/reports/match-quality/match-quality.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import * as random from "../kit/random.ts";
import * as randomAlong from "../kit/random-along.ts";
import { clearWorld } from "../kit/rows.ts";
import { given } from "../kit/world.ts";
import { behind, crowds, expectToAddUp, sharesOf } from "./open.ts";

const house = useDatabase();
const journeys = useJourneys(house);

/** Tries a property of random worlds of a few customers in one partition. */
function inCrowds<Question>(questions: fc.Arbitrary<Question>, holds: (question: Question) => Promise<void>) {
  const property = fc.asyncProperty(crowds, questions, async (people, question) => {
    await clearWorld(house.db);
    await given(house.db, people);
    await holds(question);
  });
  return fc.assert(property, draws(5));
}

test("the customers behind every bucket of a histogram add up to it", async () => {
  const questions = fc.record({
    period: random.periods,
    metric: random.matchers,
    dedup: random.dedups,
    universe: random.choices,
    buckets: fc.constantFrom(1, 3),
    audience: random.audiences,
  });
  await inCrowds(questions, async (question) => {
    const report = ask(HistogramInput, question);

    const shown = await readHistogram(journeys, report);

    const cellOf = (figure: HistogramFigure, from: number | null = null) => ({
      histogram: { report, cell: { figure, from } },
    });
    await expectToAddUp(journeys, [
      ...shown.buckets.map(({ from, customers }) => ({ cell: cellOf("BUCKET", from), figure: customers })),
      { cell: cellOf("CUSTOMERS"), figure: shown.customers },
      { cell: cellOf("TOTAL"), figure: shown.total },
      { cell: cellOf("UNIDENTIFIED"), figure: shown.unidentified },
    ]);
  });
});

test("the customers behind every node and link of a flow add up to it", async () => {
  const questions = fc.record({
    period: random.periods,
    anchor: fc.record({
      matcher: fc.constantFrom<MatcherInput[]>({ kinds: ["CALL"] }, { kinds: ["PAGE_VIEW"] }),
      dimension: random.dimensions,
      position: fc.constant("CONTAINS" as const),
    }),
    dimensionAfter: random.dimensions,
    carriedBefore: randomAlong.singles,
    itemsPerStep: fc.integer({ min: 1, max: 2 }),
    container: random.containers,
    countBy: fc.constantFrom("OCCURRENCE" as const, "SESSION" as const, "CUSTOMER" as const),
    occurrence: fc.constantFrom("ALL" as const, "LAST" as const),
    audience: random.audiences,
  });
  await inCrowds(questions, async (question) => {
    const report = ask(FlowInput, { ...question, stepsBefore: 1, stepsAfter: 1 });

    const shown = await readFlow(journeys, report);

    await expectToAddUp(journeys, [
      ...shown.nodes.flatMap(({ id, count, customers }) => [
        { cell: { flow: { report, cell: { node: id, figure: "COUNT" as const } } }, figure: count },
        { cell: { flow: { report, cell: { node: id, figure: "CUSTOMERS" as const } } }, figure: customers },
      ]),
      ...shown.links.map(({ sourceNodeId: node, targetNodeId: target, count }) => ({
        cell: { flow: { report, cell: { node, target, figure: "COUNT" as const } } },
        figure: count,
      })),
    ]);
  });
});

test("the customers behind every figure of channel performance add up to it, orders of several apart", async () => {
  const questions = fc
    .tuple(fc.record({ period: random.periods, by: random.dimensions, audience: random.audiences }), randomAlong.alongs)
    .map(([question, along]) => ({ ...question, ...along }));
  await inCrowds(questions, async (question) => {
    const report = ask(ChannelPerformanceInput, question);

    const shown = await readChannelPerformance(journeys, report);

    const rows = shown.rows.slice(0, 3);
    const cellOf = (value: string | null, figure: "REVENUE" | "COST", currency: string) => ({
      channelPerformance: { report, cell: { value, figure, currency } },
    });
    await expectToAddUp(
      journeys,
      rows.flatMap(({ value, interactions, calls, matchedCalls, revenue, cost }) => [
        ...Object.entries({ INTERACTIONS: interactions, CALLS: calls, MATCHED_CALLS: matchedCalls }).map(
          ([figure, shares]) => ({
            cell: { channelPerformance: { report, cell: { value, figure: figure as "CALLS" } } },
            figure: shares,
          }),
        ),
        ...revenue.map((money) => ({ cell: cellOf(value, "REVENUE", money.currency), figure: Number(money.amount) })),
        ...cost.map((money) => ({ cell: cellOf(value, "COST", money.currency), figure: Number(money.amount) })),
      ]),
    );
    for (const { value, transactions } of rows) {
      const cell = { value, figure: "TRANSACTIONS" as const };
      const found = await behind(journeys, { channelPerformance: { report, cell } });
      expect(sharesOf(found)).toBeGreaterThanOrEqual(transactions);
      expect(Math.max(0, ...found.map(({ share }) => share))).toBeLessThanOrEqual(transactions);
    }
  });
});

test("the customers behind every figure of match quality add up to it", async () => {
  const questions = fc.record({
    period: random.periods,
    sources: fc.option(fc.constantFrom<string[][]>(["one"], ["one", "two"])),
  });
  await inCrowds(questions, async (question) => {
    const report = ask(MatchQualityInput, question);

    const shown = await readMatchQuality(journeys, report);

    const cellOf = (figure: MatchQualityFigure, more: Partial<MatchQualityCellInput> = {}) => ({
      matchQuality: { report, cell: { figure, ...more } },
    });
    const touchpoints = sharesOf(await behind(journeys, cellOf("TOUCHPOINTS")));
    await expectToAddUp(journeys, [
      { cell: cellOf("CALLS"), figure: shown.calls },
      { cell: cellOf("MATCHED"), figure: shown.matched },
      { cell: cellOf("OUT_OF_SESSION"), figure: shown.outOfSession },
      { cell: cellOf("OFFLINE"), figure: shown.offline },
      { cell: cellOf("NO_IDENTITY"), figure: shown.noIdentity },
      { cell: cellOf("UNUSABLE"), figure: shown.unusable },
      ...shown.byMethod.map(({ method, count }) => ({ cell: cellOf("MATCHED", { method }), figure: count })),
      ...shown.bySource.map(({ source, calls }) => ({ cell: cellOf("CALLS", { source }), figure: calls })),
      { cell: cellOf("IDENTIFIED_BEFORE"), figure: (shown.identifiedBefore ?? 0) * touchpoints },
      { cell: cellOf("IDENTIFIED_AFTER"), figure: (shown.identifiedAfter ?? 0) * touchpoints },
    ]);
  });
});
