import fc from "fast-check";
import { expect, test } from "vitest";
import { readContactCentreKpis } from "../../../src/reports/contact-centre-kpis/contact-centre-kpis.report.ts";
import { KpiInput } from "../../../src/reports/contact-centre-kpis/contact-centre-kpis.type.ts";
import type { KpiRowType } from "../../../src/reports/contact-centre-kpis/kpi-row.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import * as random from "../kit/random.ts";
import * as randomAlong from "../kit/random-along.ts";
import { clearWorld } from "../kit/rows.ts";
import { given, type Happening, type Person } from "../kit/world.ts";
import { derived } from "./derived.ts";
import { figuresOf } from "./figures.ts";
import { activeIn, bucketOf, rowsOf } from "./recount.ts";

const house = useDatabase();
const journeys = useJourneys(house);

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 2 });
const few = <Value>(...values: Value[]) => fc.constantFrom(...values);

/** Around the nights on which Stockholm's clocks go back and Lord Howe's are half an hour off. */
const START = new Date("2026-10-24T20:00:00Z").getTime();
const instant = fc
  .tuple(fc.integer({ min: 0, max: 400 }), few(0, 0, 0, 5, 15))
  .map(([step, seconds]) => new Date(START + step * 600_000 + seconds * 1_000));
const after = maybe(fc.integer({ min: 0, max: 9 }));

const leg = fc
  .record({
    at: instant,
    channel: few("VOICE", "VOICE", "VOICE", "CHAT", "IVR", "BOT", "SURVEY"),
    until: after,
    callReason: maybe(few("invoice", "claim")),
    intent: maybe(few("invoice", "card")),
    agentId: maybe(few("a1", "a2")),
    team: maybe(few("red", "blue")),
    outcome: maybe(
      few(
        "HANDLED",
        "HANDLED",
        "ABANDONED",
        "CONTAINED",
        "TRANSFERRED_OUT",
        "CALLBACK_REQUESTED",
        "FLOWED_OUT",
        "FAILED",
      ),
    ),
    universalSessionId: maybe(few("u1", "u2", "u3")),
    trackingNumber: maybe(few("+441134960001", "+441134960002")),
    agentSkillId: fc.option(few("billing"), { freq: 1 }),
    cost: maybe(fc.tuple(fc.integer({ min: 1, max: 9 }), few("EUR", "SEK"))),
    answer: after,
    wrapUpEnd: maybe(fc.integer({ min: 0, max: 20 })),
    columns: fc.record({
      queue_seconds: maybe(fc.integer({ min: 0, max: 6 })),
      hold_seconds: maybe(fc.integer({ min: 0, max: 3 })),
      agent_seconds: fc.option(fc.integer({ min: 0, max: 9 }), { freq: 1 }),
      interaction_seconds: fc.option(fc.integer({ min: 0, max: 9 }), { freq: 1 }),
      is_resolved: maybe(fc.boolean()),
      is_transferred: maybe(fc.boolean()),
      channel_type_transferred: maybe(few("BOT", "VOICE")),
      is_digital_offered: maybe(fc.boolean()),
      is_digital_accepted: maybe(fc.boolean()),
      is_transferred_to_survey: maybe(fc.boolean()),
      csat_score: maybe(fc.integer({ min: 1, max: 6 })),
      csat_scale_max: maybe(few(5, 7)),
      is_call_back: maybe(fc.boolean()),
      session_id: maybe(few("s1", "s2")),
      call_back_session_id: maybe(few("s1", "s2", "u1")),
      direction: maybe(few("INBOUND", "OUTBOUND")),
      contact_key: maybe(few("k1", "k2")),
    }),
  })
  .map(({ answer, wrapUpEnd, until, columns, ...rest }): Happening => {
    const later = (seconds: number | null) => (seconds === null ? null : new Date(rest.at.getTime() + seconds * 1000));
    // Of a leg that says who called whom: what does not, and follows another, is recounted nowhere.
    const contact_key = columns.direction === null ? null : columns.contact_key;
    const kinds: Record<string, string> = { VOICE: "CALL", CHAT: "MESSAGE", IVR: "PROMPT", BOT: "INTENT" };
    return {
      ...rest,
      kind: kinds[rest.channel] ?? "SURVEY",
      until: later(until),
      columns: { ...columns, contact_key, interaction_start_time: later(answer), session_end_time: later(wrapUpEnd) },
    };
  });
const page = fc.record({
  at: instant,
  channel: fc.constant("WEB"),
  kind: fc.constant("PAGE_VIEW"),
  name: maybe(few("/home", "/billing")),
  universalSessionId: maybe(few("u1", "u2")),
});
const happening: fc.Arbitrary<Happening> = fc.oneof({ weight: 5, arbitrary: leg }, { weight: 1, arbitrary: page });
const person: fc.Arbitrary<Person> = fc.record({
  identity: few("ANCHOR" as const, "ANCHOR" as const, "CARRIER" as const),
  events: fc.array(happening, { maxLength: 9 }),
  segment: maybe(few("gold", "basic")),
  region: maybe(few("north", "south")),
  columns: fc.record({ tenure_months: maybe(few(20, 40)) }),
});
const nobody: fc.Arbitrary<Person> = fc.record({
  identity: fc.constantFrom("RECORD" as const, "CONTACT" as const),
  events: fc.array(leg, { minLength: 1, maxLength: 1 }),
});
const worlds = fc
  .tuple(fc.array(person, { maxLength: 4 }), fc.array(nobody, { maxLength: 2 }))
  .map(([people, nobodies]) => Object.fromEntries([...people, ...nobodies].map((one, i) => [`p${i}`, one])));

const attribute = few(
  { attribute: "region" },
  { attribute: "tenureMonths", bounds: [30] },
  { attribute: "csatScore", bounds: [2, 4] },
);
const saying = few(
  { attribute: "region", in: ["north"] },
  { attribute: "tenureMonths", from: 30 },
  { attribute: "csatScore", from: 2, to: 4 },
  { attribute: "csatScore", isKnown: false },
);

/** Mostly nothing more; else what legs carry, what they are in, and whose they are. */
const rest = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: randomAlong.alongs.map((along) => ("carried" in along ? { groupByCarried: [along.carried] } : along)),
  },
  { weight: 1, arbitrary: fc.record({ matcher: random.matchers, audience: random.audiences }) },
  { weight: 2, arbitrary: attribute.map((one) => ({ groupByAttributes: [one] })) },
  { weight: 1, arbitrary: saying.map((one) => ({ matcher: { attributes: [one] } })) },
  {
    weight: 1,
    arbitrary: saying
      .filter(({ attribute: name }) => name !== "csatScore")
      .map((one) => ({ audience: { attributes: [one] } })),
  },
);
const plain = fc.record({
  period: fc.tuple(fc.integer({ min: -50, max: 200 }), fc.integer({ min: 1, max: 500 })).map(([from, length]) => ({
    from: new Date(START + from * 600_000),
    to: new Date(START + (from + length) * 600_000),
  })),
  groupBy: fc.uniqueArray(
    few("TEAM" as const, "CHANNEL" as const, "STAGE" as const, "SEGMENT" as const, "INTENT" as const),
    {
      maxLength: 2,
    },
  ),
  interval: maybe(few("HOUR" as const, "DAY" as const, "WEEK" as const, "MONTH" as const)),
  timeZone: few("UTC", "Europe/Stockholm", "America/New_York"),
  bucketBy: few("START" as const, "START" as const, "ENQUEUE" as const, "ANSWER" as const, "END" as const),
  filter: maybe(
    fc.record(
      {
        channels: few(["VOICE" as const], ["VOICE" as const, "CHAT" as const]),
        teams: few(["red"], ["red", "blue"]),
        outcomes: few(["HANDLED" as const, "ABANDONED" as const]),
        isResolved: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  ),
  serviceLevelSeconds: fc.integer({ min: 0, max: 5 }),
  shortAbandonSeconds: fc.integer({ min: 0, max: 5 }),
  repeatWindowDays: few(1, 2, 7),
});

const questions = fc.tuple(plain, rest).map(([question, more]): Partial<KpiInput> => ({ ...question, ...more }));

const close = (value: unknown) => (typeof value === "number" ? expect.closeTo(value, 9) : value);
const keyOf = (row: KpiRowType, { interval, timeZone, facets }: KpiInput) =>
  JSON.stringify([
    interval ? bucketOf(row.bucketStart!, interval, timeZone) : null,
    [...row.group, ...row.attributes].map(({ value }) => value).concat(facets ? [row.facet ?? null] : []),
  ]);

test("gives the figures that a recount leg by leg gives, in any world, to any question", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, questions, async (people, question) => {
      await clearWorld(house.db);
      const world = derived(await given(house.db, people));
      const input = ask(KpiInput, question);

      const { rows } = await readContactCentreKpis(journeys, input);

      const expected = new Map(rowsOf(world, input).map((row) => [JSON.stringify([row.bucket, row.group]), row]));
      const full = rows.filter(({ contacts }) => contacts > 0);
      expect(full.map((row) => keyOf(row, input)).sort()).toEqual([...expected.keys()].sort());
      for (const row of full) {
        const recounted = expected.get(keyOf(row, input))!;
        const { counts, rates, serviceLevels, firstContactResolution, costs, ...rest } = figuresOf(
          world,
          recounted,
          input,
        );
        const active = activeIn(world, input, recounted.bucket);
        expect(row).toMatchObject({
          ...counts,
          ...Object.fromEntries(Object.entries(rates).map(([name, { value }]) => [name, close(value)])),
          coverage: Object.fromEntries(
            Object.entries(rates).map(([name, { known, eligible }]) => [name, { known, eligible }]),
          ),
        });
        expect(row.csat).toHaveLength(rest.csat);
        expect(row.serviceLevels.map((level) => [level.numerator, level.denominator])).toEqual(serviceLevels);
        expect(row.firstContactResolution.map((method) => [method.numerator, method.denominator])).toEqual(
          firstContactResolution,
        );
        expect(row.costPerContact.map(({ currency, amount }) => [currency, Number(amount)])).toEqual(
          costs.map(([currency, amount]) => [currency, expect.closeTo(amount as number, 5)]),
        );
        expect(row.contactRate).toEqual(active === 0 ? null : close(row.contacts / active));
      }
      if (
        input.groupBy.length === 0 &&
        !input.groupByCarried &&
        !input.groupByAttributes &&
        !input.facets &&
        !input.interval
      )
        expect(rows).toHaveLength(1);
    }),
    draws(20),
  );
});
