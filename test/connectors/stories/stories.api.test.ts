import { describe, expect, test } from "vitest";
import { CONNECT } from "./amazon-connect.ts";
import { ASTERISK } from "./asterisk.ts";
import { GENESYS } from "./genesys-cloud.ts";
import { GENESYS_OUT } from "./genesys-outbound.ts";
import { OTHERS } from "./others.ts";
import { OWN_WORDS } from "./own-words.ts";
import type { Counts, Story } from "./story.ts";
import { useSenders } from "./use-senders.ts";

const house = await useSenders();

const QUESTION = `query ($period: PeriodInput!, $phone: String!) {
  contactCentreKpis(input: { period: $period }) { rows {
    contacts calls handled abandoned queued transferRate repeatCallerRate callbackRate callbackCompletionRate
    averageHandleSeconds averageSpeedOfAnswerSeconds
    firstContactResolution { method numerator denominator }
  } }
  customer(identity: { namespace: "phone", value: $phone }) { id }
  customers(first: 5) { edges { node { identities { namespace value } } } }
}`;
const PERIOD = { from: "2026-03-02T00:00:00Z", to: "2026-03-03T00:00:00Z" };

async function countsOf(story: Story): Promise<Counts> {
  for (const message of story.given) await house.send(story.connector, message);
  const { data } = await house.ask(QUESTION, { period: PERIOD, phone: story.counts.customer ?? "+442079469999" });
  const [row] = data.contactCentreKpis.rows;
  const resolution = row.firstContactResolution.find(({ method }: { method: string }) => method === "NO_REPEAT");
  const asked = Math.round(row.callbackRate * row.queued);
  return {
    contacts: row.contacts,
    calls: row.calls,
    handled: row.handled,
    abandoned: row.abandoned,
    queued: row.queued,
    transfers: Math.round(row.transferRate * row.handled),
    repeatCallers: row.repeatCallerRate,
    resolved: [resolution.numerator, resolution.denominator],
    handleTime: row.averageHandleSeconds,
    speedOfAnswer: row.averageSpeedOfAnswerSeconds,
    ...(asked > 0 ? { callbacks: { asked, completed: row.callbackCompletionRate } } : {}),
    customer: data.customer === null ? null : story.counts.customer,
  };
}

describe.each([...ASTERISK, ...CONNECT, ...GENESYS, ...GENESYS_OUT, ...OTHERS, ...OWN_WORDS])("$connector", (story) => {
  test(story.tells, async () => {
    expect(await countsOf(story)).toEqual(story.counts);
  });
});
