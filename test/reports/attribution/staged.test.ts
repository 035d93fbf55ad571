import { expect, test } from "vitest";
import { creditRuleOf } from "../../../src/reports/credit-rule.ts";
import { type StagedRule, writeStaged } from "../../../src/reports/staged-share.ts";
import { addTouch, noTouches, type Touches } from "../../../src/reports/touches.ts";

const stageEvents = [{ kinds: ["FORM" as const] }, { kinds: ["CALL" as const] }];

function touchesAt(events: readonly number[]): Touches {
  const touches = noTouches();
  for (const event of events) addTouch(touches, event, { item: event, at: event });
  return touches;
}

function sharesOf(kind: "W_SHAPED" | "FULL_PATH", events: readonly number[], stages: readonly number[]): number[] {
  const shares = new Float64Array(8);
  const rule = creditRuleOf({ kind, stageEvents }) as StagedRule;
  writeStaged(rule, touchesAt(events), { shares, starts: Int32Array.from(stages) });
  return [...shares.subarray(0, events.length)].map((share) => Math.round(share * 1e6) / 1e6);
}

test.each([
  ["W_SHAPED", [0, 1, 2, 4, 6], [3, 7], [0.3, 0.05, 0.3, 0.05, 0.3]],
  ["FULL_PATH", [0, 1, 2, 4, 6], [3, 5], [0.225, 0.1, 0.225, 0.225, 0.225]],
  // The first touch stands before both stages, and nothing lies between.
  ["W_SHAPED", [0], [1, 2], [1]],
  // The lead has no touch before it, so that first and opportunity share what is its.
  ["W_SHAPED", [2, 4, 6], [1, 5], [0.45, 0.45, 0.1]],
  ["FULL_PATH", [0, 2], [-1, 1], [0.666667, 0.333333]],
] as const)("%s of touches at %j, with stages at %j, gives %j", (kind, events, stages, shares) => {
  expect(sharesOf(kind, events, stages)).toEqual(shares);
});

test("W_SHAPED needs two stages, and no other model takes any", () => {
  expect(() => creditRuleOf({ kind: "W_SHAPED" })).toThrow("Give W_SHAPED 2 `stageEvents`");
  expect(() => creditRuleOf({ kind: "LINEAR", stageEvents })).toThrow("LINEAR has no `stageEvents`: leave it out.");
});
