import { expect, test } from "vitest";
import { useApp } from "../app/use-app.ts";

const house = useApp();

const AT = "2026-11-03T09:00:00Z";
const leg = (sourceId: string, fields: object) => ({
  source: "acd",
  sourceId,
  channelType: "VOICE",
  sessionStartTime: AT,
  sessionId: `session-${sourceId}`,
  ...fields,
});
const withheld = { identities: [{ namespace: "phone", value: "anonymous" }] };

const OVERLAP = `{
  overlap(input: {
    period: { from: "2026-11-01T00:00:00Z", to: "2026-11-09T00:00:00Z" }
    sets: [{ name: "calls", matcher: { kinds: [CALL] } }, { name: "all", matcher: {} }]
  }) { union unidentified }
  customers { totalCount }
}`;

test("withheld callers whom only their contacts tell apart are no customers, though their legs stay together", async () => {
  const legs = [
    leg("1", withheld),
    leg("2", withheld),
    leg("2b", { ...withheld, sessionId: "session-2" }),
    leg("3", { identities: [{ namespace: "phone", value: "+442079460111" }] }),
    leg("4", { identities: [{ namespace: "custid", value: "44" }] }),
  ];
  await house.post("/v1/interactions", legs);

  const { overlap, customers } = (await house.ask(OVERLAP)).data;

  expect(overlap).toEqual({ union: 2, unidentified: 2 });
  expect(customers.totalCount).toBe(2);
});

test("a withheld caller is somebody as soon as an agent knows who", async () => {
  await house.post("/v1/interactions", [
    leg("1", withheld),
    leg("1b", { sessionId: "session-1", identities: [{ namespace: "custid", value: "44" }] }),
  ]);

  const { overlap, customers } = (await house.ask(OVERLAP)).data;

  expect(overlap).toEqual({ union: 1, unidentified: 0 });
  expect(customers.totalCount).toBe(1);
});
