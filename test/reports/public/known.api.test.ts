import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { useApp } from "../../app/use-app.ts";

const house = useApp();
const INPUT = {
  period: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" },
  metric: { kinds: ["CALL"] },
};

/** Who never called, and who did once, by the table. */
async function counted(knownAt?: string): Promise<string[]> {
  const reply = await house.post("/v1/reports/histogram", { ...INPUT, knownAt }, { accept: "text/csv" });
  const [, never, once] = (await reply.text()).split("\r\n");
  return [never!, once!].map((line) => line.split(",").at(3)!);
}

const call = (custid: string, revision: string) => ({
  source: "acd",
  sourceId: "c1",
  revision: `2026-11-2${revision}T00:00:00Z`,
  channelType: "VOICE",
  sessionStartTime: "2026-11-20T09:00:00Z",
  identities: [{ namespace: "custid", value: custid }],
});
const view = {
  source: "web",
  sourceId: "v1",
  occurredAt: "2026-11-20T08:00:00Z",
  channel: "WEB",
  kind: "PAGE_VIEW",
  identities: [{ namespace: "custid", value: "1" }],
};

test("a table of a report says what it said before a record came, and before it was revised", async () => {
  await house.post("/v1/touchpoints", view);
  await house.post("/v1/interactions", call("1", "1"));
  await setTimeout(5);
  const knownAt = new Date().toISOString();
  const before = await counted();
  await setTimeout(5);
  await house.post("/v1/interactions", call("2", "2"));

  expect(before).toEqual(["0", "1"]);
  expect(await counted()).toEqual(["1", "1"]);
  expect(await counted(knownAt)).toEqual(before);
  expect(await counted("2026-01-01T00:00:00Z")).toEqual(["0", "0"]);
});

test.each([
  ["yesterday", /RFC 3339/],
  ["2999-01-01T00:00:00Z", /`knownAt` that has passed/],
  ["2026-11-24", /zone/],
  [{}, /RFC 3339/],
])("an instant such as %s is refused with the remedy", async (knownAt, remedy) => {
  const reply = await house.post("/v1/reports/histogram", { ...INPUT, knownAt });

  expect(reply.status).toBe(400);
  expect(JSON.stringify(await reply.json())).toMatch(remedy);
});

test.each(["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"])("nothing was known at %s", async (knownAt) => {
  expect(await counted(knownAt)).toEqual(["0", "0"]);
});
