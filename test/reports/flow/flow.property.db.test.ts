import fc from "fast-check";
import { expect, test } from "vitest";
import type { MatcherInput } from "../../../src/reports/filter.type.ts";
import { readFlow } from "../../../src/reports/flow/flow.report.ts";
import { FlowAnchorInput, FlowInput, type FlowNodeType } from "../../../src/reports/flow/flow.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import * as random from "../kit/random.ts";
import { sum, unique } from "../kit/recount.ts";
import { clearWorld } from "../kit/rows.ts";
import { given } from "../kit/world.ts";
import { pathsOf, shownOf } from "./recount.ts";

const house = useDatabase();
const journeys = useJourneys(house);

const matchers: fc.Arbitrary<MatcherInput> = fc.oneof(
  random.matchers,
  fc.constant<MatcherInput>({ kinds: ["CALL"] }),
  fc.constant<MatcherInput>({ kinds: ["PAGE_VIEW"] }),
);
const steps = fc.integer({ min: 0, max: 3 });
const anything = fc
  .record({
    period: random.periods,
    anchor: fc.record({
      matcher: matchers,
      dimension: random.dimensions,
      position: fc.constantFrom("CONTAINS" as const, "CONTAINS" as const, "STARTS_WITH" as const, "ENDS_WITH" as const),
    }),
    stepsBefore: steps,
    stepsAfter: steps,
    dimensionBefore: random.dimensions,
    dimensionAfter: random.dimensions,
    itemsPerStep: fc.integer({ min: 1, max: 3 }),
    exclude: fc.option(random.matchers, { freq: 1 }),
    container: random.containers,
    sessionTimeoutMinutes: random.timeouts,
    countBy: fc.constantFrom("OCCURRENCE" as const, "SESSION" as const, "CUSTOMER" as const),
    includeRepeats: fc.boolean(),
    occurrence: fc.constantFrom("ALL" as const, "FIRST" as const, "LAST" as const),
    audience: random.audiences,
  })
  .filter(({ anchor, stepsBefore, stepsAfter }) => {
    const shown = { STARTS_WITH: stepsAfter, ENDS_WITH: stepsBefore, CONTAINS: stepsBefore + stepsAfter };
    return shown[anchor.position] > 0;
  });

/** What is answered out of kept sessions: the pages before calls. */
const MATERIALISED = {
  dimensionBefore: "PAGE",
  exclude: null,
  container: "SESSION",
  sessionTimeoutMinutes: 30,
} as const;
const questions = fc.oneof(
  anything,
  anything.map((question) => ({
    ...question,
    ...MATERIALISED,
    anchor: { ...question.anchor, matcher: { kinds: ["CALL" as const] } },
  })),
);

const nameOf = ({ step, kind, item }: FlowNodeType) => `${step} ${item === null ? kind : `${kind} ${item}`}`;

test("goes the ways that a walk event by event goes, in any world, to any question", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(random.worlds, random.senders), questions, async (people, question) => {
      await clearWorld(house.db);
      const world = await given(house.db, people);
      const input = ask(FlowInput, { ...question, anchor: ask(FlowAnchorInput, question.anchor) });

      const { nodes, links } = await readFlow(journeys, input);

      const paths = shownOf(pathsOf(world, input), input.itemsPerStep);
      const through = (name: string) =>
        paths.filter(({ places }) => [...places].some(([s, p]) => `${s} ${p}` === name));
      const names = unique(paths.flatMap(({ places }) => [...places].map(([step, place]) => `${step} ${place}`)));
      expect(nodes.map(nameOf).sort()).toEqual(names.sort());
      for (const node of nodes) {
        const here = through(nameOf(node));
        const customers = here.filter(({ anchor }) => anchor.isIdentified).map(({ anchor }) => anchor.customerId);
        expect(node.count).toBe(here.length);
        expect(node.customers).toBe(unique(customers).length);
        expect(node.shareOfAnchor).toBe(here.length / paths.length);
      }
      const byId = new Map(nodes.map((node) => [node.id, node]));
      expect(byId.size).toBe(nodes.length);
      for (const { sourceNodeId, targetNodeId, count } of links) {
        const [source, target] = [byId.get(sourceNodeId)!, byId.get(targetNodeId)!];
        const ends = through(nameOf(target));
        expect(target.step).toBe(source.step + 1);
        expect(count).toBe(through(nameOf(source)).filter((path) => ends.includes(path)).length);
      }
      const [first, last] = [Math.min(...nodes.map(({ step }) => step)), Math.max(...nodes.map(({ step }) => step))];
      for (const { id, step, kind, count } of nodes) {
        const into = sum(links.filter((link) => link.targetNodeId === id).map((link) => link.count));
        const outOf = sum(links.filter((link) => link.sourceNodeId === id).map((link) => link.count));
        expect(into).toBe(step === first || kind === "ENTRY" ? 0 : count);
        expect(outOf).toBe(step === last || kind === "EXIT" ? 0 : count);
      }
    }),
    draws(20),
  );
});
