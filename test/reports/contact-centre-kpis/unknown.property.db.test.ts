import fc from "fast-check";
import { expect, test } from "vitest";
import { readContactCentreKpis } from "../../../src/reports/contact-centre-kpis/contact-centre-kpis.report.ts";
import { KpiInput } from "../../../src/reports/contact-centre-kpis/contact-centre-kpis.type.ts";
import type { KpiRowType } from "../../../src/reports/contact-centre-kpis/kpi-row.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { draws } from "../../kit/draws.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import { clearWorld } from "../kit/rows.ts";
import { at, day, given, type Happening, type Person } from "../kit/world.ts";

// Unknown is not zero: whatever a sender leaves out, no figure looks better for it, unless its coverage says so.

const house = useDatabase();
const journeys = useJourneys(house);

/** Which way each figure gets better: 1 up, -1 down. Of those that are not here neither way is the better one. */
const BETTER: Readonly<Record<string, 1 | -1>> = {
  averageHandleSeconds: -1,
  averageTalkSeconds: -1,
  averageHoldSeconds: -1,
  averageHoldSecondsAllContacts: -1,
  averageWrapUpSeconds: -1,
  averageSpeedOfAnswerSeconds: -1,
  averageAbandonSeconds: -1,
  maxQueueSeconds: -1,
  abandonmentRate: -1,
  transferRate: -1,
  callbackRate: -1,
  callbackCompletionRate: 1,
  escalationRate: -1,
  containmentRate: 1,
  functionalContainmentRate: 1,
  repeatCallerRate: -1,
  digitalAcceptedRate: 1,
  netDeflectionRate: 1,
  averageCsat: 1,
  csatTopTwoBox: 1,
  surveyResponseRate: 1,
  costPerContact: -1,
  ALL_IN: 1,
  ANSWERED_ONLY: 1,
  ABANDON_NEGATIVE: 1,
  IGNORE_EARLY_ABANDON: 1,
  SHORT_CREDITED: 1,
  SHORT_EXCLUDED: 1,
  FLAG: 1,
  NO_REPEAT: 1,
  NO_REPEAT_SAME_INTENT: 1,
  SURVEY: 1,
};

/**
 * What a leg may be sent without. Not among them: its channel, direction, whether it is a call back, its caller, and the
 * keys of its contact, which say what the leg is, so that without them it is another one.
 */
const OPTIONAL = ["outcome", "agentId", "callReason", "intent", "cost", "until"] as const;
const OPTIONAL_COLUMNS = [
  "interaction_start_time",
  "session_end_time",
  "queue_seconds",
  "hold_seconds",
  "agent_seconds",
  "interaction_seconds",
  "is_resolved",
  "is_transferred",
  "channel_type_transferred",
  "is_digital_offered",
  "is_digital_accepted",
  "is_transferred_to_survey",
  "csat_score",
  "csat_scale_max",
] as const;
const FIELDS = [...OPTIONAL, ...OPTIONAL_COLUMNS];

const few = <Value>(...values: Value[]) => fc.constantFrom(...values);
const seconds = fc.integer({ min: 0, max: 90 });
const startsAt = fc.integer({ min: 0, max: 60 }).map((step) => at("09:00").getTime() + step * 300_000);

/** What any leg may say, told without a contradiction. */
const common = {
  start: startsAt,
  topic: few("invoice", "claim"),
  journey: few("u1", "u2", "u3"),
  session: few("s1", "s2"),
  isResolved: fc.boolean(),
  cost: fc.integer({ min: 1, max: 9 }),
};

const agentLeg = fc
  .record({
    ...common,
    channel: few("VOICE", "VOICE", "CHAT"),
    fate: few("HANDLED", "HANDLED", "TRANSFERRED_OUT", "ABANDONED", "VOICEMAIL", "CALLBACK_REQUESTED", "FLOWED_OUT"),
    lengths: fc.record({ wait: seconds.map((wait) => wait + 1), talk: seconds, hold: seconds, wrapUp: seconds }),
    back: fc.option(few("s1", "s2"), { freq: 4 }),
    survey: fc.option(fc.record({ score: fc.integer({ min: 1, max: 5 }), scale: few(5, 10) }), { freq: 2 }),
  })
  .map(({ fate, lengths: { wait, talk, hold, wrapUp }, back, survey, ...rest }): Happening => {
    const isHandled = fate === "HANDLED" || fate === "TRANSFERRED_OUT";
    const conversation = talk + hold;
    const ends = isHandled ? wait + conversation : wait;
    return {
      ...told(rest, rest.channel === "VOICE" ? "CALL" : "MESSAGE"),
      until: later(rest.start, ends),
      outcome: fate,
      agentId: isHandled ? "a1" : null,
      columns: {
        ...columnsOf(rest),
        queue_seconds: wait,
        interaction_start_time: isHandled ? later(rest.start, wait) : null,
        session_end_time: later(rest.start, ends + (isHandled ? wrapUp : 0)),
        interaction_seconds: isHandled ? conversation : null,
        agent_seconds: isHandled ? conversation + wrapUp : null,
        hold_seconds: isHandled ? hold : null,
        is_transferred: fate === "TRANSFERRED_OUT",
        direction: "INBOUND",
        is_call_back: back !== null && isHandled,
        call_back_session_id: isHandled ? back : null,
        is_transferred_to_survey: survey !== null,
        csat_score: survey?.score ?? null,
        csat_scale_max: survey?.scale ?? null,
      },
    };
  });

const botLeg = fc
  .record({
    ...common,
    channel: few("IVR", "BOT"),
    fate: few("CONTAINED", "TRANSFERRED_OUT", "ABANDONED", "FAILED"),
    isOffered: fc.boolean(),
    isAccepted: fc.boolean(),
  })
  .map(
    ({ fate, isOffered, isAccepted, ...rest }): Happening => ({
      ...told(rest, rest.channel === "IVR" ? "PROMPT" : "INTENT"),
      until: later(rest.start, 60),
      outcome: fate,
      columns: {
        ...columnsOf(rest),
        is_transferred: fate === "TRANSFERRED_OUT",
        channel_type_transferred: fate === "TRANSFERRED_OUT" ? "VOICE" : null,
        is_digital_offered: rest.channel === "IVR" ? isOffered : null,
        is_digital_accepted: rest.channel === "IVR" ? isOffered && isAccepted : null,
      },
    }),
  );

interface Common {
  start: number;
  channel: string;
  topic: string;
  journey: string;
  session: string;
  isResolved: boolean;
  cost: number;
}

const later = (start: number, length: number) => new Date(start + length * 1000);
const told = ({ start, channel, topic, journey, cost }: Common, kind: string) => ({
  at: new Date(start),
  channel,
  kind,
  callReason: topic,
  intent: topic,
  universalSessionId: journey,
  cost: [cost, "EUR"] as [number, string],
});
const columnsOf = ({ session, isResolved }: Common) => ({ session_id: session, is_resolved: isResolved });

/** Every leg told in full, and which of its fields its sender leaves out. */
const worlds = fc.array(
  fc.array(
    fc.tuple(
      fc.oneof({ weight: 3, arbitrary: agentLeg }, { weight: 2, arbitrary: botLeg }),
      fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray(FIELDS) }),
    ),
    { minLength: 1, maxLength: 5 },
  ),
  { minLength: 1, maxLength: 3 },
);
/** In some worlds no sender states one of them at all. */
const never = fc.oneof(fc.constant(null), few(...FIELDS));

function without(event: Happening, fields: readonly string[]): Happening {
  const nothing = (names: readonly string[]) =>
    Object.fromEntries(names.filter((name) => fields.includes(name)).map((name) => [name, null]));
  return { ...event, ...nothing(OPTIONAL), columns: { ...event.columns, ...nothing(OPTIONAL_COLUMNS) } };
}

const peopleOf = (lives: readonly Happening[][]): Record<string, Person> =>
  Object.fromEntries(lives.map((events, i) => [`p${i}`, { events }]));

async function figuresOf(lives: readonly Happening[][]): Promise<Map<string, { value: number | null; share: number }>> {
  await clearWorld(house.db);
  await given(house.db, peopleOf(lives));
  const { rows } = await readContactCentreKpis(journeys, ask(KpiInput, { period: day }));
  return new Map(figuresIn(rows[0]!));
}

function figuresIn(row: KpiRowType): [string, { value: number | null; share: number }][] {
  const methods = [...row.serviceLevels, ...row.firstContactResolution];
  const plain = Object.entries(row.coverage).map(([name, { share }]) => {
    const value = name === "costPerContact" ? row.costPerContact[0]?.amount : row[name as "averageCsat"];
    return [name, { value: value == null ? null : Number(value), share: share ?? 1 }] as const;
  });
  const named = methods.map(({ method, value, coverage }) => [method, { value, share: coverage.share ?? 1 }] as const);
  return [...plain, ...named].map(([name, figure]) => [name, figure]);
}

test("no figure looks better for what senders leave out, unless it says that it knows less", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, never, async (lives, unstated) => {
      const full = await figuresOf(lives.map((life) => life.map(([event]) => event)));
      const partial = await figuresOf(
        lives.map((life) =>
          life.map(([event, gaps]) => without(event, unstated === null ? gaps : [...gaps, unstated])),
        ),
      );

      const flattered = Object.entries(BETTER).filter(([name, direction]) => {
        const [before, after] = [full.get(name)!, partial.get(name)!];
        if (before.value === null || after.value === null) return false;
        return (after.value - before.value) * direction > 1e-9 && after.share >= before.share;
      });
      expect(flattered).toEqual([]);
      for (const [name, { share }] of partial) expect([name, share <= full.get(name)!.share]).toEqual([name, true]);
    }),
    draws(30),
  );
});

test("a figure that nobody says anything for is null, not 0 and not 1", async () => {
  const bare = (outcome: string, start: string): Happening => ({ ...BARE, outcome, at: at(start) });
  const figures = await figuresOf([[bare("HANDLED", "10:00"), bare("ABANDONED", "11:00")]]);

  const known = [...figures].filter(([, { value }]) => value !== null).map(([name]) => name);
  expect(known.sort()).toEqual(
    ["NO_REPEAT", "abandonmentRate", "callbackRate", "contactRate", "repeatCallerRate", "transferRate"].sort(),
  );
});

const BARE = { channel: "VOICE", kind: "CALL" };
