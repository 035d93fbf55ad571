import { expect } from "vitest";
import type { Senders } from "../connectors/stories/use-senders.ts";

// What a person who counts a day's contacts by hand is compared with.

const DAY = { from: "2026-03-02T00:00:00Z", to: "2026-03-03T00:00:00Z" };

const FIGURES = `
  contacts legs calls queued handled abandoned transferRate abandonmentRate repeatCallerRate callbackRate
  callbackCompletionRate averageSpeedOfAnswerSeconds averageHandleSeconds channelSwitchRate
  firstContactResolution { method numerator denominator }
  serviceLevels { method numerator denominator }
`;

/** The figures of the day, over the public entry point; conversions are calls, once without `dedup` and once a journey. */
export async function counted(house: Senders) {
  const { data, errors } = await house.ask(
    `query ($period: PeriodInput!) {
      kpis: contactCentreKpis(input: { period: $period }) { rows { ${FIGURES} } }
      calls: attribution(input: { period: $period, dimension: PAGE, models: [{ kind: LAST_TOUCH }] }) { conversions }
      journeys: attribution(input: {
        period: $period, dimension: PAGE, models: [{ kind: LAST_TOUCH }], dedup: { scope: UNIVERSAL_SESSION }
      }) { conversions }
      legs: attribution(input: {
        period: $period, dimension: PAGE, models: [{ kind: LAST_TOUCH }], dedup: { scope: EVENT }
      }) { conversions }
      byChannel: channelPerformance(input: { period: $period, by: CHANNEL }) { rows { value calls } }
      callers: histogram(input: { period: $period, metric: { kinds: [CALL] }, bounds: [1, 2] }) { buckets { customers } }
    }`,
    { period: DAY },
  );
  expect(errors).toBeUndefined();
  const [row] = data.kpis.rows;
  const method = (methods: { method: string; numerator: number; denominator: number }[], name: string) => {
    const { numerator, denominator } = methods.find((one) => one.method === name)!;
    return `${numerator} of ${denominator}`;
  };
  return {
    ...row,
    noRepeat: method(row.firstContactResolution, "NO_REPEAT"),
    flag: method(row.firstContactResolution, "FLAG"),
    inTime: method(row.serviceLevels, "ABANDON_NEGATIVE"),
    conversions: [data.calls.conversions, data.journeys.conversions, data.legs.conversions],
    channelCalls: data.byChannel.rows.find(({ value }: { value: string }) => value === "VOICE")?.calls,
    callersOnceAndAgain: data.callers.buckets.map(({ customers }: { customers: number }) => customers),
  };
}

export const at = (time: string) => `2026-03-02T${time}Z`;
