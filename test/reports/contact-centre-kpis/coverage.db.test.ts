import { expect, test } from "vitest";
import { readContactCentreKpis } from "../../../src/reports/contact-centre-kpis/contact-centre-kpis.report.ts";
import { KpiInput } from "../../../src/reports/contact-centre-kpis/contact-centre-kpis.type.ts";
import type { KpiRowType } from "../../../src/reports/contact-centre-kpis/kpi-row.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import { day, given } from "../kit/world.ts";
import { leg } from "./legs.ts";

const house = useDatabase();
const journeys = useJourneys(house);

const reading = (question: Partial<KpiInput> = {}) =>
  readContactCentreKpis(journeys, ask(KpiInput, { period: day, ...question }));
async function row(question: Partial<KpiInput> = {}): Promise<KpiRowType> {
  const { rows } = await reading(question);
  expect(rows).toHaveLength(1);
  return rows[0]!;
}

test("leaves out of each figure whoever does not say what it needs, and tells how many do", async () => {
  await given(house.db, {
    ann: {
      events: [
        leg({ answer: 10, end: 70, wrapUpEnd: 100, hold_seconds: 20, is_transferred: true, outcome: "HANDLED" }),
      ],
    },
    bob: { events: [leg({ outcome: "HANDLED" }), leg({ start: "11:00", outcome: "ABANDONED" })] },
    cat: { events: [leg({ agentId: "a1" }), leg({ start: "12:00" })] },
  });

  const { coverage, serviceLevels, ...kpis } = await row();

  expect(kpis).toMatchObject({
    contacts: 5,
    handled: 3,
    abandoned: 1,
    averageHandleSeconds: 90,
    averageTalkSeconds: 40,
    averageHoldSecondsAllContacts: 20,
    averageWrapUpSeconds: 30,
    averageSpeedOfAnswerSeconds: 10,
    averageAbandonSeconds: null,
    abandonmentRate: 1 / 4,
    transferRate: 1 / 2,
  });
  expect(coverage).toMatchObject({
    // Of five contacts one says nothing of how it ended.
    averageHandleSeconds: { known: 1, eligible: 4 },
    averageSpeedOfAnswerSeconds: { known: 1, eligible: 4 },
    averageAbandonSeconds: { known: 0, eligible: 2 },
    abandonmentRate: { known: 4, eligible: 5, share: 4 / 5 },
    transferRate: { known: 2, eligible: 4 },
  });
  expect(
    serviceLevels.map(({ method, value, coverage }) => [method, value, coverage.known, coverage.eligible]),
  ).toEqual([
    ["ALL_IN", 1, 1, 5],
    ["ANSWERED_ONLY", 1, 1, 4],
    ["ABANDON_NEGATIVE", 1, 1, 5],
    ["IGNORE_EARLY_ABANDON", 1, 1, 5],
    ["SHORT_CREDITED", 1, 1, 5],
    ["SHORT_EXCLUDED", 1, 1, 5],
  ]);
});

test("compares scores as shares of their scales, and those without one with their source's only", async () => {
  await given(house.db, {
    ann: {
      events: [
        leg({ csat_score: 5, csat_scale_max: 5 }),
        leg({ csat_score: 5, csat_scale_max: 10 }),
        leg({ csat_score: 8, csat_scale_max: 5 }),
        { ...leg({ csat_score: 4 }), source: "old" },
        { ...leg({ csat_score: 9 }), source: "new" },
        { ...leg({ csat_score: 8 }), source: "new" },
      ],
    },
  });

  const { averageCsat, csatTopTwoBox, csat, coverage } = await row();

  expect({ averageCsat, csatTopTwoBox }).toEqual({ averageCsat: 0.75, csatTopTwoBox: 0.5 });
  expect(coverage.averageCsat).toEqual({ known: 2, eligible: 6, share: 2 / 6 });
  expect(csat).toEqual([
    { source: "new", scaleMax: null, average: 8.5, scores: 2 },
    { source: "old", scaleMax: null, average: 4, scores: 1 },
    { source: "test", scaleMax: 5, average: 5, scores: 1 },
    { source: "test", scaleMax: 10, average: 5, scores: 1 },
    { source: "test", scaleMax: null, average: 8, scores: 1 },
  ]);
});
