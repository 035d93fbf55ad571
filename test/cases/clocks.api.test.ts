import { expect, test } from "vitest";
import { settingsOf } from "../../src/facts/rules.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";
import { hmac } from "../http/vendors.ts";

const SECRET = "a secret of the test";
const house = useApp({ settings: { C360_WEBHOOK_SECRETS: JSON.stringify({ segment: [SECRET] }) } });

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const identities = [{ namespace: "custid", value: "4587" }];

interface Answer {
  receipts: { status: string; reason: string | null; message: string | null; path: string[] }[];
}

async function post(path: string, records: object[]): Promise<Answer["receipts"]> {
  const reply = await house.post(path, { records });
  return ((await reply.json()) as Answer).receipts;
}

test("case 29: a device whose clock is a hundred years ahead is nobody's last visit", async () => {
  const page = { type: "page", anonymousId: "an4", userId: "u4", timestamp: "2026-03-02T10:00:00.000Z" };
  const messages = [
    { ...page, messageId: "m6", name: "/now" },
    { ...page, messageId: "m7", name: "/ahead", timestamp: "2127-06-04T11:36:12.799Z" },
  ];
  const body = JSON.stringify({ batch: messages });
  const reply = await house.post("/v1/webhooks/segment", body, { "x-signature": hmac(SECRET, body, "hex") });
  const { receipts } = (await reply.json()) as Answer;

  const { data } = await house.ask(
    '{ customer(identity: { namespace: "login", value: "u4" }) { summary { lastSeenAt } recentTouchpoints { name } } }',
  );

  expect(receipts.map(({ status, reason }) => [status, reason])).toEqual([
    ["ACCEPTED", null],
    ["REJECTED", "IN_THE_FUTURE"],
  ]);
  expect(receipts[1]!.message).toContain("aheadMinutes");
  expect(data.customer).toEqual({ summary: { lastSeenAt: page.timestamp }, recentTouchpoints: [{ name: "/now" }] });
});

test("what a clock that is a little ahead sends is taken in, and is nobody's last visit or last call before its time", async () => {
  const records = { source: "clock", identities: [{ namespace: "phone", value: "+442079460991" }] };
  const page = { ...records, kind: "PAGE_VIEW", channel: "WEB" };
  const past = inMinutes(-5);
  await post("/v1/touchpoints", [
    { ...page, sourceId: "p1", name: "/present", occurredAt: past },
    { ...page, sourceId: "p2", name: "/to-come", occurredAt: inMinutes(8) },
  ]);
  await post("/v1/calls", [
    { ...records, sourceId: "c1", startedAt: inMinutes(-30), endedAt: inMinutes(-20), callReason: "now" },
    { ...records, sourceId: "c2", startedAt: inMinutes(8), callReason: "ahead" },
  ]);

  const { data } = await house.ask(
    `{ customer(identity: { namespace: "phone", value: "+442079460991" }) {
      summary { lastSeenAt lastCallReason } recentTouchpoints(withinSeconds: 600) { name } recent: recentTouchpoints(first: 1) { name }
    } }`,
  );
  const reply = await fetch(`${house.url}/v1/callers?phone=%2B442079460991`, { headers: { "x-api-key": ADMIN_KEY } });

  expect(data.customer).toEqual({
    summary: { lastSeenAt: past, lastCallReason: "now" },
    recentTouchpoints: [{ name: "/present" }],
    recent: [{ name: "/present" }],
  });
  expect(await reply.json()).toMatchObject({ lastPage: "/present", lastCallReason: "now" });
});

const leg = { channelType: "CHAT", sessionStartTime: "2026-03-02T10:00:00Z" };
const TIMES: [string, object, string][] = [
  ["calls", { startedAt: "2026-03-02T10:00:00Z" }, "startedAt"],
  ["calls", { startedAt: "2026-03-02T10:00:00Z" }, "answeredAt"],
  ["calls", { startedAt: "2026-03-02T10:00:00Z" }, "endedAt"],
  ["calls", { startedAt: "2026-03-02T10:00:00Z" }, "wrapUpEndedAt"],
  ["calls", { startedAt: "2026-03-02T10:00:00Z" }, "revision"],
  ["interactions", leg, "sessionStartTime"],
  ["interactions", leg, "interactionStartTime"],
  ["interactions", leg, "sessionEndTime"],
  ["interactions", leg, "revision"],
  ["touchpoints", { kind: "PAGE_VIEW", channel: "WEB", name: "/", occurredAt: "2026-03-02T10:00:00Z" }, "occurredAt"],
  ["touchpoints", { kind: "PAGE_VIEW", channel: "WEB", name: "/", occurredAt: "2026-03-02T10:00:00Z" }, "revision"],
  ["customers", {}, "observedAt"],
];

test.each(TIMES)("of %s with %j, %s may be ten minutes ahead, and no more", async (plural, body, field) => {
  const record = { source: "clock", identities, ...body };
  const later = field === "sessionStartTime" || field === "startedAt" ? {} : { [field]: inMinutes(12) };
  const [near, far] = await post(`/v1/${plural}`, [
    { ...record, sourceId: "1", [field]: inMinutes(8) },
    { ...record, sourceId: "2", ...later, [field]: inMinutes(12) },
  ]);

  expect([near!.status, near!.message]).toEqual(["ACCEPTED", null]);
  expect([far!.status, far!.reason, far!.path]).toEqual(["REJECTED", "IN_THE_FUTURE", [field]]);
});

test("a call cannot ring in the future", async () => {
  const input = { source: "clock", sourceId: "1", identities, agentId: "a1", ringingAt: inMinutes(12) };

  const ask =
    "mutation ($input: AnnounceCallInput!) { announceCall(input: $input) { userErrors { code path message } } }";
  const { data } = await house.ask(ask, { input });

  expect(data.announceCall.userErrors).toMatchObject([{ code: "BAD_INPUT", path: ["input", "ringingAt"] }]);
});

test("a source may state how far ahead its clock may be", async () => {
  const { database, rules, refreshRules } = house.app.core;
  await saveSource(database, { ...settingsOf(rules(), "slow-clock"), aheadMinutes: 120 });
  await saveSource(database, { ...settingsOf(rules(), "good-clock"), aheadMinutes: 0 });
  await refreshRules();

  const record = { sourceId: "1", identities, startedAt: inMinutes(60) };
  const [slow, good] = await post("/v1/calls", [
    { ...record, source: "slow-clock" },
    { ...record, source: "good-clock", startedAt: inMinutes(1) },
  ]);

  expect([slow!.status, good!.reason]).toEqual(["ACCEPTED", "IN_THE_FUTURE"]);
});
