import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Journeys, openJourneys } from "../../src/journeys/journeys.ts";
import { openWorkers, type Workers } from "../../src/journeys/workers.ts";
import { readAggregate } from "../../src/reports/aggregate/aggregate.report.ts";
import { AggregateInput } from "../../src/reports/aggregate/aggregate.type.ts";
import { readAttribution } from "../../src/reports/attribution/attribution.report.ts";
import { AttributionInput } from "../../src/reports/attribution/attribution.type.ts";
import { readCallPropensity } from "../../src/reports/call-propensity/call-propensity.report.ts";
import { CallPropensityInput } from "../../src/reports/call-propensity/call-propensity.type.ts";
import { readChannelPerformance } from "../../src/reports/channel-performance/channel-performance.report.ts";
import { ChannelPerformanceInput } from "../../src/reports/channel-performance/channel-performance.type.ts";
import { readCohorts } from "../../src/reports/cohorts/cohorts.report.ts";
import { CohortsInput } from "../../src/reports/cohorts/cohorts.type.ts";
import { readContactCentreKpis } from "../../src/reports/contact-centre-kpis/contact-centre-kpis.report.ts";
import { KpiInput } from "../../src/reports/contact-centre-kpis/contact-centre-kpis.type.ts";
import { readFallout } from "../../src/reports/fallout/fallout.report.ts";
import { FalloutInput } from "../../src/reports/fallout/fallout.type.ts";
import { readFlow } from "../../src/reports/flow/flow.report.ts";
import { FlowAnchorInput, FlowInput } from "../../src/reports/flow/flow.type.ts";
import { SKILLS } from "../../src/reports/folds.ts";
import { readHistogram } from "../../src/reports/histogram/histogram.report.ts";
import { HistogramInput } from "../../src/reports/histogram/histogram.type.ts";
import { readMatchQuality } from "../../src/reports/match-quality/match-quality.report.ts";
import { MatchQualityInput } from "../../src/reports/match-quality/match-quality.type.ts";
import { readOverlap } from "../../src/reports/overlap/overlap.report.ts";
import { OverlapInput } from "../../src/reports/overlap/overlap.type.ts";
import { useDatabase } from "../kit/database.ts";
import { draws } from "../kit/draws.ts";
import { ask } from "../reports/kit/ask.ts";
import * as random from "../reports/kit/random.ts";
import { clearWorld } from "../reports/kit/rows.ts";
import { at, given } from "../reports/kit/world.ts";
import { OPENINGS } from "./opened-cells.ts";

const house = useDatabase();
let crews: Workers[];
beforeAll(() => {
  const entry = new URL(inject("threads")["fold-worker"]);
  crews = [1, 2, 7].map((count) => openWorkers(entry, { count }));
});
afterAll(() => Promise.all(crews?.map((crew) => crew.close()) ?? []));

const period = { from: at("1T00:00"), to: at("9T00:00") };
const pages = { kinds: ["PAGE_VIEW"] as never[] };
const calls = { kinds: ["CALL"] as never[] };
const dedup = { scope: "UNIVERSAL_SESSION" as const, keep: "LAST" as const };
const audience = { segments: ["gold"], did: { namePattern: "*b*" } };

const aggregate = ask(AggregateInput, {
  of: "CONTACTS",
  period,
  groupBy: [{ dimension: "CALL_REASON" }],
  measures: [{ measure: "MEDIAN", attribute: "customerSeconds" }],
});

/** A question to each report that folds do much for: floats, money, contacts of several customers. */
const questions: ((journeys: Journeys) => Promise<unknown>)[] = [
  (journeys) =>
    readAttribution(
      journeys,
      ask(AttributionInput, {
        period,
        models: (["TIME_DECAY", "LINEAR", "PARTICIPATION", "ALGORITHMIC", "MARKOV"] as const).map((kind) => ({ kind })),
        dimension: "PAGE",
        measure: "REVENUE",
        currency: "EUR",
        splitBy: "TEAM",
      }),
    ),
  (journeys) =>
    readCallPropensity(
      journeys,
      ask(CallPropensityInput, { period, model: { kind: "LINEAR" }, dimension: "PAGE", minimumExposures: 1 }),
    ),
  (journeys) => readChannelPerformance(journeys, ask(ChannelPerformanceInput, { period, by: "CAMPAIGN" })),
  (journeys) => readContactCentreKpis(journeys, ask(KpiInput, { period, groupBy: ["AGENT"], interval: "DAY" })),
  (journeys) =>
    readFallout(
      journeys,
      ask(FalloutInput, {
        period,
        steps: [pages, calls].map((matcher, i) => ({ name: `${i}`, anyOf: [matcher], immediately: false })),
      }),
    ),
  (journeys) =>
    readFlow(
      journeys,
      ask(FlowInput, { period, anchor: ask(FlowAnchorInput, { matcher: calls, dimension: "CALL_REASON" }) }),
    ),
  (journeys) => readHistogram(journeys, ask(HistogramInput, { period, metric: pages, dedup, audience })),
  (journeys) => readMatchQuality(journeys, ask(MatchQualityInput, { period })),
  (journeys) =>
    readOverlap(
      journeys,
      ask(OverlapInput, {
        period,
        sets: [
          { name: "pages", matcher: pages },
          { name: "calls", matcher: calls },
        ],
        audience,
      }),
    ),
  (journeys) => readAggregate(journeys, aggregate),
  (journeys) =>
    readCohorts(
      journeys,
      ask(CohortsInput, {
        period,
        interval: "DAY",
        inclusion: [{ anyOf: [pages], atLeast: 1 }],
        returns: [{ anyOf: [calls], atLeast: 1 }],
      }),
    ),
];

const ASKED_BY_CELLS = ["learned-weights"];

/** Without when it was read. */
const bytesOf = (report: unknown) => JSON.stringify({ ...(report as object), knownAt: null });

test("one, two and seven workers give the same bytes to every report, and each plan is what can be sent", async () => {
  const asked = new Set<string>();
  const [first, ...others] = crews.map((crew) => openJourneys(house.db, { workers: noting(crew, asked) }));

  await fc.assert(
    fc
      .asyncProperty(fc.array(random.worlds, { minLength: 8, maxLength: 8, size: "max" }), async (worlds) => {
        const people = worlds.flatMap((world, i) => Object.entries(world).map(([who, is]) => [`${who} of ${i}`, is]));
        await given(house.db, Object.fromEntries(people));
        // Each cell is opened by the fold of its report once more: in one world is enough.
        const opened = asked.has("behind flow") ? [] : OPENINGS;
        for (const question of [...questions, ...opened]) {
          const bytes = bytesOf(await question(first!));
          for (const journeys of others) expect(bytesOf(await question(journeys))).toBe(bytes);
        }
      })
      .beforeEach(() => clearWorld(house.db)),
    draws(2),
  );

  const names = [...SKILLS.folds, ...SKILLS.surveys].map(({ name }) => name);
  expect([...asked]).toEqual(expect.arrayContaining(names.filter((name) => !ASKED_BY_CELLS.includes(name))));
});

/** Notes what is asked, and that no plan loses anything on its way to a thread. */
function noting(workers: Workers, asked: Set<string>): Workers {
  const note = ({ skill, plan }: { skill: { name: string }; plan: unknown }) => {
    asked.add(skill.name);
    if (!isDeepStrictEqual(structuredClone(plan), plan)) throw new Error(`The plan of ${skill.name} cannot be sent.`);
  };
  return {
    ...workers,
    fold: async (question) => {
      note(question);
      return workers.fold(question);
    },
    survey: async (question) => {
      note(question);
      return workers.survey(question);
    },
  };
}
