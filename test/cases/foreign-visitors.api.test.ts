import { expect, test } from "vitest";
import { settingsOf } from "../../src/facts/rules.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { useSenders } from "../connectors/stories/use-senders.ts";

const house = await useSenders();

/** A call of each tracker's own visitor, and one of a visitor of ours, who was on the web at that time or not. */
const CALLS: Record<string, (id: string, visitor: string) => unknown> = {
  qubit: (id, visitor) => ({
    context: { id: visitor },
    meta: { type: "ecBasketTransactionSummary", ts: "2026-03-20T10:05:00Z" },
    transaction: { id },
  }),
  responsetap: (id, visitor) => ({
    callId: id,
    callStartTime: "2026-03-20T10:05:00Z",
    cliNumber: "anonymous",
    visitorId: visitor,
  }),
  infinity: (id, visitor) => ({
    telcoCallRef: id,
    dt: "2026-03-20 10:05:00",
    srcPhoneNumber: "anonymous",
    callDuration: 30,
    ringTime: 5,
    visitorId: visitor,
  }),
  "call-tracking-metrics": (id, visitor) => ({
    sid: id,
    direction: "inbound",
    unix_time: 1_774_001_100,
    caller_number: "anonymous",
    duration: 30,
    status: "answered",
    visitor_sid: visitor,
  }),
};

const PERIOD = { period: { from: "2026-03-20T00:00:00Z", to: "2026-03-21T00:00:00Z" } };
const quality = async () => {
  const { data } = await house.ask(
    `query ($input: MatchQualityInput!) {
      matchQuality(input: $input) { calls matched outOfSession offline noIdentity unusable matchRate }
    }`,
    { input: PERIOD },
  );
  return data.matchQuality;
};

const FOREIGN = ["gbr0-77aa12", "GBR0123", "clarity-774", "Clarity_9"];

test.each(Object.entries(CALLS))(
  "%s: a visitor id of its own makes a call UNUSABLE, out of the match rate",
  async (connector, callOf) => {
    const namespace = connector === "qubit" ? "qubit_context" : "cookie";
    await house.post("/v1/touchpoints", {
      source: "web",
      sourceId: "p1",
      identities: [{ namespace, value: "v-ours" }],
      occurredAt: "2026-03-20T10:00:00Z",
      kind: "PAGE_VIEW",
      channel: "WEB",
      url: "https://shop.example/beds",
    });

    for (const [n, visitor] of FOREIGN.entries()) await house.send(connector, callOf(`foreign-${n}`, visitor));
    await house.send(connector, callOf("ours", "v-ours"));
    await house.send(connector, callOf("another", "v-never-seen"));

    expect(await quality()).toEqual({
      calls: 6,
      matched: 1,
      outOfSession: 0,
      offline: 1,
      noIdentity: 0,
      unusable: 4,
      matchRate: 0.5,
    });
  },
);

test("the settings of a source say otherwise", async () => {
  const { core } = house.app;
  await saveSource(house.db, { ...settingsOf(core.rules(), "infinity"), foreignPrefixes: ["inf-"] });
  await core.refreshRules();

  await house.send("infinity", CALLS.infinity!("1", "gbr0-77aa12"));
  await house.send("infinity", CALLS.infinity!("2", "inf-9"));

  expect(await quality()).toMatchObject({ calls: 2, offline: 1, unusable: 1 });
});
