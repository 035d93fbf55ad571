import { createClient } from "graphql-sse";
import { afterEach, expect, test } from "vitest";
import { createKey } from "../../src/keys/keys.ts";
import { useApp } from "../app/use-app.ts";
import { useRoutingRules } from "./desk.ts";
import { openScreen, pause, type Screen } from "./screen.ts";

const house = useApp();
useRoutingRules(house);
const screens: Screen[] = [];

afterEach(async () => {
  await Promise.all(screens.splice(0).map((screen) => screen.close()));
});

const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();
const PHONE = { namespace: "mobilenr", value: "070-123 45 67" };
const ECID = { namespace: "ecid", value: "visitor-1" };

async function browse(sourceId: string, name: string, occurredAt: string, identities: object[] = [ECID]) {
  const input = { source: "web", sourceId, occurredAt, identities, kind: "PAGE_VIEW", channel: "WEB", name };
  const url = `https://shop.example/billing/${name.toLowerCase()}`;
  await house.post("/v1/touchpoints", { ...input, url });
}

/** Ann is known, and has logged in with this browser before. */
async function tellOfAnn() {
  await house.post("/v1/customers", {
    source: "crm",
    sourceId: "4587",
    observedAt: "2026-01-01T00:00:00Z",
    identities: [{ namespace: "custid", value: "4587" }, PHONE],
    displayName: "Ann",
    vvip: true,
  });
  await browse("old", "Log-in", "2026-01-02T00:00:00Z", [{ namespace: "custid", value: "4587" }, ECID]);
}

const LOOKUP = `candidates { customer { displayName recentTouchpoints(first: 2) { name occurredAt } } } advice { priority likelyReason }`;

test("from the page to the pop to the logged call, joined to the visit it came out of", async () => {
  await tellOfAnn();
  const agent = await createKey(house.db, { name: "agent seven", role: "agent", agentId: "a7" });
  const { ivr, analyst } = await house.keys();
  const screen = openScreen({ url: house.url, key: agent, agentId: "a7", fields: `lookup { ${LOOKUP} }` });
  screens.push(screen);
  await pause(300);

  // A visitor browses two pages and calls: the menu asks who it is, and whom to send them to.
  await browse("1", "Invoice", secondsAgo(9));
  await browse("2", "Payment", secondsAgo(4));
  const asked = await house.ask(
    `query ($phone: IdentityInput!) { lookupCaller(input: { identities: [$phone] }) { ${LOOKUP} latencyMs } }`,
    { phone: PHONE },
    ivr,
  );
  expect(asked.data.lookupCaller).toMatchObject({
    candidates: [{ customer: { displayName: "Ann", recentTouchpoints: [{ name: "Payment" }, { name: "Invoice" }] } }],
    advice: { priority: 1, likelyReason: "Payment" },
  });

  // It rings at an agent's, whose screen shows what the caller did seconds ago.
  const ringingAt = secondsAgo(1);
  const announcement = { source: "cti", sourceId: "call-1", identities: [PHONE], agentId: "a7", ringingAt };
  const announced = await house.ask(
    "mutation ($input: AnnounceCallInput!) { announceCall(input: $input) { callId userErrors { message } } }",
    { input: announcement },
    ivr,
  );
  const [pop] = await screen.until(1);
  const [customer] = pop!.lookup.candidates.map((candidate: { customer: object }) => candidate.customer);
  expect(customer).toMatchObject({ displayName: "Ann", recentTouchpoints: [{ name: "Payment" }, { name: "Invoice" }] });
  expect(Date.now() - Date.parse(customer.recentTouchpoints[0].occurredAt)).toBeLessThan(30_000);

  // The call is written back, which closes the pop.
  const { callId } = announced.data.announceCall;
  const call = { source: "cti", sourceId: "call-1", identities: [PHONE], agentId: "a7", startedAt: ringingAt };
  const written = await house.ask(
    "mutation ($input: LogCallInput!) { logCall(input: $input) { status interaction { id match { status method page secondsBeforeCall } } } }",
    { input: { ...call, durationSeconds: 240, callReason: "invoice", isResolved: false } },
    agent,
  );
  expect(written.data.logCall).toMatchObject({
    status: "ACCEPTED",
    interaction: {
      id: callId,
      match: { status: "MATCHED", method: "CALLER_NUMBER", page: "Payment", secondsBeforeCall: 3 },
    },
  });
  expect((await screen.until(2))[1]).toMatchObject({ id: pop!.id, state: "ENDED" });

  // The timeline holds the visit and the call, the next look-up knows of it, and attribution counts it.
  const { data } = await house.ask(
    `query ($phone: IdentityInput!) { customer(identity: $phone) { timeline(first: 2) { nodes { channelType callReason } } } lookupCaller(input: { identities: [$phone] }) { advice { agentId } } }`,
    { phone: PHONE },
    agent,
  );
  expect(data.customer.timeline.nodes).toEqual([
    { channelType: "VOICE", callReason: "invoice" },
    { channelType: "WEB", callReason: null },
  ]);
  expect(data.lookupCaller.advice.agentId).toBe("a7");
  const period = { from: secondsAgo(3_600), to: secondsAgo(-3_600) };
  const { data: report } = await house.ask(
    "query ($period: PeriodInput!) { attribution(input: { period: $period, models: [{ kind: LINEAR }] }) { models { rows { item credit } } } }",
    { period },
    analyst,
  );
  expect(report.attribution.models[0].rows).toEqual(
    expect.arrayContaining([
      { item: "Invoice", credit: 0.5 },
      { item: "Payment", credit: 0.5 },
    ]),
  );
});

test("the same stream comes over server-sent events, after a cursor, for whoever has the key", async () => {
  const announce = (sourceId: string) =>
    house.ask("mutation ($input: AnnounceCallInput!) { announceCall(input: $input) { pop { id cursor } } }", {
      input: { source: "cti", sourceId, agentId: "a7", ringingAt: secondsAgo(0) },
    });
  const first = (await announce("1")).data.announceCall.pop;
  const key = await createKey(house.db, { name: "agent", role: "agent", agentId: "a7" });
  const client = createClient({ url: `${house.url}/graphql/stream`, headers: { authorization: `Bearer ${key}` } });
  const query = `subscription { screenPop(agentId: "a7", after: "${first.cursor}") { id state } }`;
  const events = client.iterate<{ screenPop: { id: string; state: string } }>({ query });

  const heard = events.next();
  const second = (await announce("2")).data.announceCall.pop;

  expect((await heard).value.data.screenPop).toEqual({ id: second.id, state: "RINGING" });
  client.dispose();
  const post = (body: object, headers: object) =>
    house.post("/graphql/stream", body, { accept: "text/event-stream", ...headers });
  expect((await post({ query }, { authorization: "Bearer c360_nobody" })).status).toBe(401);
  expect((await post({ query: "subscription { nothing }" }, {})).status).toBe(400);
});

test("a query over the stream is bounded like any other", async () => {
  const deep = `{ ${"a: __typename ".repeat(60)} }`.replace(/a:/g, () => `a${Math.random().toString(36).slice(2)}:`);

  const reply = await house.post("/graphql/stream", { query: deep }, { accept: "text/event-stream" });

  expect(reply.status).toBe(400);
  expect(await reply.text()).toContain("LIMIT_EXCEEDED");
});
