import { expect, test } from "vitest";
import { type Statement, survive } from "../../src/customers/survive.ts";
import { DERIVED_VARIABLES, derive, type UsageCount } from "../../src/customers/usage.ts";
import type { SourceSettings } from "../../src/facts/identity.ts";
import type { Rules } from "../../src/facts/rules.ts";

const rules = { sources: new Map([settings("crm", 1), settings("web", 50)]) } as unknown as Rules;

function settings(name: string, rank: number): [string, SourceSettings] {
  return [name, { name, rank } as SourceSettings];
}

function says(source: string, at: string, values: Statement["values"], rest: Partial<Statement> = {}): Statement {
  return { source, sourceId: "1", observedAt: new Date(at), stated: {}, values, signals: [], ...rest };
}

const MARCH = "2026-03-01T00:00:00.000Z";
const APRIL = "2026-04-01T00:00:00.000Z";

test.each([
  ["the only one", [says("web", MARCH, { age: 30 })], 30, "web"],
  ["the better rank, though older", [says("crm", MARCH, { age: 30 }), says("web", APRIL, { age: 31 })], 30, "crm"],
  ["the newer of equal rank", [says("web", MARCH, { age: 30 }), says("web", APRIL, { age: 31 })], 31, "web"],
  ["a source without settings last", [says("other", APRIL, { age: 9 }), says("web", MARCH, { age: 30 })], 30, "web"],
  [
    "the next best where the best is cleared",
    [says("crm", APRIL, { age: null }), says("web", MARCH, { age: 31 })],
    31,
    "web",
  ],
  [
    "the one stated last, not the record sent last",
    [
      says("web", APRIL, { age: 30 }, { stated: { age: MARCH } }),
      says("web", MARCH, { age: 31 }, { sourceId: "2", stated: { age: "2026-03-02T00:00:00.000Z" } }),
    ],
    31,
    "web",
  ],
  [
    "the natural key of equal rank and time",
    [says("web", MARCH, { age: 31 }, { sourceId: "b" }), says("web", MARCH, { age: 30 }, { sourceId: "a" })],
    30,
    "web",
  ],
] as [string, Statement[], number, string][])("keeps %s", (_, statements, age, source) => {
  for (const order of [statements, [...statements].reverse()]) {
    const { values, provenance } = survive(order, rules);

    expect(values.age).toBe(age);
    expect(provenance.get("age")?.source).toBe(source);
  }
});

test("lets every field survive on its own, and an empty list say nothing", () => {
  const { values, provenance } = survive(
    [
      says("crm", MARCH, { age: 30, products: [] }),
      says("web", APRIL, { age: 31, region: "North", products: ["card"] }, { stated: { products: MARCH } }),
    ],
    rules,
  );

  expect(values).toEqual({ age: 30, region: "North", products: ["card"] });
  expect(provenance.get("products")).toEqual({ source: "web", observedAt: new Date(MARCH) });
  expect(provenance.get("region")).toEqual({ source: "web", observedAt: new Date(APRIL) });
});

test("lets a signal survive for each code", () => {
  const churn = { code: "churn", score: 0.8, reason: "Called twice." };
  const offer = { code: "offer", reason: "Has no card." };
  const { signals } = survive(
    [
      says("web", APRIL, {}, { signals: [{ ...churn, score: 0.1 }, offer] }),
      says("crm", MARCH, {}, { signals: [churn] }),
    ],
    rules,
  );

  expect(signals).toEqual([
    { ...churn, source: "crm", observedAt: new Date(MARCH) },
    { ...offer, source: "web", observedAt: new Date(APRIL) },
  ]);
});

test("derives from interactions what nobody supplied, and nothing from none", () => {
  const survivor = survive([says("crm", MARCH, { products: ["card", "loan"] })], rules);
  const used = (channel: UsageCount["channel"], interactions: number, device: string | null = null): UsageCount => ({
    channel,
    device,
    interactions,
    firstAt: new Date("2025-01-31T12:00:00Z"),
    lastAt: new Date(APRIL),
  });
  const counts = [
    used("SURVEY", 1),
    used("BRANCH", 2),
    used("WEB", 3, "phone"),
    used("WEB", 4, "desktop"),
    used("CHAT", 1),
  ];
  const usage = { counts, now: new Date("2026-03-30T00:00:00Z") };

  const all = (of: typeof usage) =>
    Object.fromEntries(DERIVED_VARIABLES.map((name) => [name, derive(name, survivor, of)?.value ?? null]));

  const known = { numberOfTotalProducts: 2 };
  const whereUsed = { commonChannels: ["WEB", "BRANCH", "CHAT"], device: "desktop", branchVisits: 2, tenureMonths: 13 };
  const unused = { commonChannels: null, device: null, branchVisits: null, tenureMonths: null };
  expect(all(usage)).toEqual({ ...known, ...whereUsed });
  expect(all({ ...usage, counts: [] })).toEqual({ ...known, ...unused });
});
