import type { ResultOf } from "gql.tada";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openClient } from "../../src/client/client.ts";
import { graphql } from "../../src/client/graphql.ts";
import { createKey } from "../../src/keys/keys.ts";
import { useApp } from "../app/use-app.ts";
import { ringing } from "./ringing.ts";
import { useRoutingRules } from "./telling.ts";

const house = useApp();
useRoutingRules(house);
const { announce } = ringing(house);
let leaving = new AbortController();

beforeEach(() => {
  leaving = new AbortController();
});
afterEach(() => leaving.abort());

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

const ASK = graphql(`
  query WhoCalls($phone: IdentityInput!) {
    lookupCaller(input: { identities: [$phone] }) {
      candidates { customer { displayName recentTouchpoints(first: 2) { name } } }
      advice { priority likelyReason agentId }
    }
  }
`);
const ANNOUNCE = graphql(`
  mutation Rings($input: AnnounceCallInput!) { announceCall(input: $input) { callId userErrors { message } } }
`);
const SCREEN = graphql(`
  subscription Screen($agentId: String!, $after: String) {
    screenPop(agentId: $agentId, after: $after) {
      id cursor state
      lookup { candidates { customer { displayName recentTouchpoints(first: 2) { name occurredAt } } } }
    }
  }
`);
const LOG = graphql(`
  mutation Logged($input: LogCallInput!) {
    logCall(input: $input) { status interaction { id match { status method page secondsBeforeCall } } }
  }
`);
const TIMELINE = graphql(`
  query Timeline($phone: IdentityInput!) {
    customer(identity: $phone) { timeline(first: 2) { nodes { channelType callReason } } }
  }
`);
const ATTRIBUTION = graphql(`
  query Attribution($period: PeriodInput!) {
    attribution(input: { period: $period, models: [{ kind: LINEAR }] }) { models { rows { item credit } } }
  }
`);

test("from the page to the pop to the logged call, joined to the visit it came out of", async () => {
  await tellOfAnn();
  const keys = await house.keys();
  const [ivr, analyst] = [keys.ivr, keys.analyst].map((key) => openClient({ url: house.url, key }));
  const agentKey = await createKey(house.db, { name: "agent seven", role: "agent", agentId: "a7" });
  const agent = openClient({ url: house.url, key: agentKey });
  const screen = agent.listen(SCREEN, { agentId: "a7" }, leaving.signal);
  const shown = nextOf(screen);

  // A visitor browses two pages and calls: the menu asks who it is, and whom to send them to.
  await browse("1", "Invoice", secondsAgo(9));
  await browse("2", "Payment", secondsAgo(4));
  const { lookupCaller: asked } = await ivr!.ask(ASK, { phone: PHONE });
  expect(asked).toMatchObject({
    candidates: [{ customer: { displayName: "Ann", recentTouchpoints: [{ name: "Payment" }, { name: "Invoice" }] } }],
    advice: { priority: 1, likelyReason: "Payment" },
  });

  // It rings at an agent's, whose screen shows what the caller did seconds ago.
  const ringingAt = secondsAgo(1);
  const call = { source: "cti", sourceId: "call-1", identities: [PHONE], agentId: "a7" };
  const { announceCall: announced } = await ivr!.ask(ANNOUNCE, { input: { ...call, ringingAt } });
  const pop = await shown;
  const customer = pop.lookup.candidates[0]!.customer;
  expect(customer).toMatchObject({ displayName: "Ann", recentTouchpoints: [{ name: "Payment" }, { name: "Invoice" }] });
  expect(Date.now() - Date.parse(customer.recentTouchpoints[0]!.occurredAt)).toBeLessThan(30_000);

  // The call is written back, which closes the pop.
  const written = { ...call, startedAt: ringingAt, durationSeconds: 240, callReason: "invoice", isResolved: false };
  const { logCall: logged } = await agent.ask(LOG, { input: written });
  expect(logged).toMatchObject({
    status: "ACCEPTED",
    interaction: {
      id: announced.callId,
      match: { status: "MATCHED", method: "CALLER_NUMBER", page: "Payment", secondsBeforeCall: 3 },
    },
  });
  expect(await nextOf(screen)).toMatchObject({ id: pop.id, state: "ENDED" });

  // The timeline holds the visit and the call, the next look-up knows of it, and attribution counts it.
  const { customer: ann } = await agent.ask(TIMELINE, { phone: PHONE });
  expect(ann?.timeline.nodes).toEqual([
    { channelType: "VOICE", callReason: "invoice" },
    { channelType: "WEB", callReason: null },
  ]);
  expect((await ivr!.ask(ASK, { phone: PHONE })).lookupCaller.advice.agentId).toBe("a7");
  const period = { from: secondsAgo(3_600), to: secondsAgo(-3_600) };
  const { attribution } = await analyst!.ask(ATTRIBUTION, { period });
  expect(attribution.models[0]!.rows).toEqual(
    expect.arrayContaining([
      { item: "Invoice", credit: 0.5 },
      { item: "Payment", credit: 0.5 },
    ]),
  );
});

async function nextOf(screen: AsyncGenerator<ResultOf<typeof SCREEN>, void>) {
  const { value } = await screen.next();
  if (!value) throw new Error("The screen went dark.");
  return value.screenPop;
}

test("the same stream comes over server-sent events, after a cursor, for whoever has the key", async () => {
  const { pop: first } = await announce("1", "a7");
  const key = await createKey(house.db, { name: "agent", role: "agent", agentId: "a7" });
  const screen = openClient({ url: house.url, key }).listen(
    SCREEN,
    { agentId: "a7", after: first.cursor },
    leaving.signal,
  );

  const heard = nextOf(screen);
  const { pop: second } = await announce("2", "a7");

  expect(await heard).toMatchObject({ id: second.id, state: "RINGING" });
  const query = 'subscription { screenPop(agentId: "a7") { id } }';
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
