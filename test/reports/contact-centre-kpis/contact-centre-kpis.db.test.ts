import { expect, test } from "vitest";
import { readContactCentreKpis } from "../../../src/reports/contact-centre-kpis/contact-centre-kpis.report.ts";
import { KpiInput } from "../../../src/reports/contact-centre-kpis/contact-centre-kpis.type.ts";
import type { KpiRowType } from "../../../src/reports/contact-centre-kpis/kpi-row.type.ts";
import { useDatabase } from "../../kit/database.ts";
import { ask } from "../kit/ask.ts";
import { useJourneys } from "../kit/journeys.ts";
import { at, day, given } from "../kit/world.ts";
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

test("measures how contacts were handled, from the first ring to the last note", async () => {
  await given(house.db, {
    ann: {
      events: [leg({ answer: 20, end: 120, wrapUpEnd: 150, queue_seconds: 15, hold_seconds: 30, outcome: "HANDLED" })],
    },
    bob: {
      events: [
        leg({ answer: 40, end: 100, wrapUpEnd: 100, hold_seconds: 0, outcome: "TRANSFERRED_OUT", cost: [3, "EUR"] }),
      ],
    },
    cat: {
      events: [
        leg({ end: 70, outcome: "ABANDONED", cost: [2, "EUR"] }),
        leg({ start: "11:00", queue_seconds: 4, outcome: "ABANDONED" }),
      ],
    },
    dan: { events: [leg({ end: 10, outcome: "VOICEMAIL", cost: [1, "SEK"] }), leg({ end: 0, outcome: "ABANDONED" })] },
  });

  const kpis = await row();

  expect(kpis).toMatchObject({
    group: [],
    bucketStart: null,
    contacts: 6,
    queued: 5,
    handled: 2,
    abandoned: 2,
    shortAbandoned: 1,
    averageHandleSeconds: (130 + 60) / 2,
    averageTalkSeconds: (70 + 60) / 2,
    averageHoldSeconds: 30,
    averageHoldSecondsAllContacts: 15,
    averageWrapUpSeconds: 15,
    averageSpeedOfAnswerSeconds: (15 + 40) / 2,
    averageAbandonSeconds: (70 + 4) / 2,
    maxQueueSeconds: 70,
    abandonmentRate: 2 / 5,
    transferRate: 1 / 2,
    costPerContact: [
      { amount: "1.666667", currency: "EUR" },
      { amount: "0.333333", currency: "SEK" },
    ],
    contactRate: 6 / 4,
  });
});

test("gives the six service levels of the published case", async () => {
  const waits = (count: number, seconds: number, outcome: string) =>
    Array.from({ length: count }, () => leg({ queue_seconds: seconds, outcome }));
  await given(house.db, {
    everybody: {
      events: [
        ...waits(860, 20, "HANDLED"),
        ...waits(140, 21, "HANDLED"),
        ...waits(10, 5, "ABANDONED"),
        ...waits(10, 6, "ABANDONED"),
        ...waits(40, 21, "ABANDONED"),
      ],
    },
  });

  const { serviceLevels } = await row();

  expect(serviceLevels.map(({ method, numerator, denominator }) => [method, numerator, denominator])).toEqual([
    ["ALL_IN", 880, 1060],
    ["ANSWERED_ONLY", 860, 1000],
    ["ABANDON_NEGATIVE", 860, 1060],
    ["IGNORE_EARLY_ABANDON", 860, 1040],
    ["SHORT_CREDITED", 870, 1060],
    ["SHORT_EXCLUDED", 860, 1050],
  ]);
  expect(serviceLevels.map(({ value }) => Math.round(value! * 10_000) / 100)).toEqual([
    83.02, 86, 81.13, 82.69, 82.08, 81.9,
  ]);
  expect(serviceLevels[3]!.definition).toBe("answered within 20 s / (answered + abandoned later than 20 s)");
});

test("tells by four methods whether the first contact settled it", async () => {
  await given(house.db, {
    ann: {
      events: [
        leg({ reason: "invoice", is_resolved: false, csat_score: 2, csat_scale_max: 5, journey: "a" }),
        leg({ start: "10:05", reason: "invoice", journey: "a" }),
        leg({ start: "12:00", reason: "claim", is_resolved: true }),
        leg({ channel: "SURVEY", start: "12:30", is_resolved: true }),
      ],
    },
    bob: {
      events: [
        leg({ is_resolved: true, csat_score: 5, csat_scale_max: 5 }),
        leg({ start: "9T10:00" }),
        leg({ start: "9T10:01" }),
      ],
    },
    nobody: { identity: "RECORD", events: [leg({ reason: "invoice" })] },
  });

  const { firstContactResolution, repeatCallerRate, ...kpis } = await row({
    period: { from: day.from, to: at("9T00:00") },
  });

  expect(firstContactResolution.map(({ method, numerator, denominator }) => [method, numerator, denominator])).toEqual([
    // Ann's first contact ends with a leg that does not say.
    ["FLAG", 3, 3],
    // Ann's two legs of one contact come before her second call; bob's comes back within the week to the second.
    ["NO_REPEAT", 2, 4],
    ["NO_REPEAT_SAME_INTENT", 2, 2],
    ["SURVEY", 2, 3],
  ]);
  expect(repeatCallerRate).toBe(1);
  expect(kpis).toMatchObject({ averageCsat: 0.7, csatTopTwoBox: 1 / 2, surveyResponseRate: 1 });
});

test("takes for abandoned, and for a caller, only who called", async () => {
  const called = { end: 300, direction: "OUTBOUND" };
  await given(house.db, {
    ann: {
      events: [leg({ ...called, outcome: "ABANDONED" }), leg({ ...called, start: "10:30", outcome: "ABANDONED" })],
    },
    bob: { events: [leg({ ...called, start: "09:00" }), leg({ end: 60, outcome: "HANDLED" })] },
    cat: { events: [leg({ end: 60, outcome: "HANDLED" }), leg({ ...called, start: "11:00" })] },
    dan: { events: [leg({ end: 60, outcome: "HANDLED" }), leg({ start: "12:00", end: 60, outcome: "HANDLED" })] },
  });

  expect(await row()).toMatchObject({
    contacts: 8,
    queued: 4,
    abandoned: 0,
    abandonmentRate: 0,
    averageAbandonSeconds: null,
    repeatCallerRate: 1 / 3,
  });
});

test("tells what software settled by itself from what it only got rid of", async () => {
  await given(house.db, {
    ann: { events: [leg({ channel: "BOT", intent: "balance", outcome: "CONTAINED", is_resolved: true })] },
    bob: {
      events: [
        leg({
          channel: "IVR",
          intent: "card",
          outcome: "CONTAINED",
          is_digital_offered: true,
          is_digital_accepted: true,
        }),
        leg({ start: "11:00", reason: "card", outcome: "HANDLED" }),
      ],
    },
    cat: {
      events: [
        leg({ channel: "IVR", outcome: "TRANSFERRED_OUT", journey: "c", is_digital_offered: false }),
        leg({ start: "10:01", outcome: "HANDLED", journey: "c" }),
      ],
    },
    dan: {
      events: [leg({ channel: "IVR", outcome: "ABANDONED", is_digital_offered: true, is_digital_accepted: true })],
    },
    eve: { events: [leg({ channel: "IVR", is_transferred: true, channel_type_transferred: "BOT", journey: "e" })] },
  });

  expect(await row()).toMatchObject({
    escalationRate: 1 / 5,
    containmentRate: 4 / 5,
    // Nobody knows whether eve's was: a bot took it on.
    functionalContainmentRate: 1 / 4,
    digitalOfferedRate: 2 / 3,
    digitalAcceptedRate: 1,
    netDeflectionRate: 1 / 2,
    channelSwitchRate: 1 / 2,
    abandoned: 0,
    queued: 2,
  });
});

test("follows a call back to the session that asked for it", async () => {
  await given(house.db, {
    ann: {
      events: [
        leg({ outcome: "CALLBACK_REQUESTED", session_id: "s1" }),
        leg({
          start: "12:00",
          outcome: "HANDLED",
          is_call_back: true,
          call_back_session_id: "s1",
          direction: "OUTBOUND",
        }),
      ],
    },
    bob: { events: [leg({ outcome: "CALLBACK_REQUESTED", session_id: "s2" })] },
  });

  expect(await row()).toMatchObject({ queued: 2, handled: 1, callbackRate: 1, callbackCompletionRate: 1 / 2 });
});
