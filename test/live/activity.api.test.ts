import { createClient } from "graphql-ws";
import { expect, test } from "vitest";
import WebSocket from "ws";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";
import { pause } from "./screen.ts";

const house = useApp();

const browse = async (sourceId: string, more: object = {}) => {
  const identities = [{ namespace: "ecid", value: "v1" }];
  const occurredAt = new Date().toISOString();
  const body = { source: "web", sourceId, occurredAt, identities, kind: "PAGE_VIEW", channel: "WEB", name: sourceId };
  const reply = await house.post("/v1/touchpoints", { ...body, ...more });
  return ((await reply.json()) as { receipts: { customerId: string; recordId: string }[] }).receipts[0]!;
};

function listen(query: string, variables: Record<string, unknown>, key = ADMIN_KEY) {
  const client = createClient({
    url: `${house.url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: key },
    retryAttempts: 0,
  });
  // biome-ignore lint/suspicious/noExplicitAny: what a test selects is what it gets
  const heard: any[] = [];
  const done = (async () => {
    for await (const message of client.iterate<object>({ query, variables })) heard.push(message);
  })().catch(() => {});
  return {
    heard,
    async until(count: number) {
      const deadline = Date.now() + 10_000;
      while (heard.length < count) {
        if (Date.now() > deadline) throw new Error(`Heard only ${JSON.stringify(heard)}.`);
        await pause(20);
      }
      return heard;
    },
    async close() {
      await client.dispose();
      await done;
    },
  };
}

const ACTIVITY =
  "subscription ($id: ID!, $after: String) { customerActivity(customerId: $id, after: $after) { id name } }";
const namesOf = (heard: { data: { customerActivity: { name: string } } }[]) =>
  heard.map(({ data }) => data.customerActivity.name);

test("shows what a customer does from now on, each moment once, and follows them when they are merged", async () => {
  const { customerId } = await browse("before");
  const ear = listen(ACTIVITY, { id: customerId });
  await pause(500);

  await browse("one");
  await ear.until(1);
  await browse("known", {
    identities: [
      { namespace: "ecid", value: "v1" },
      { namespace: "custid", value: "4587" },
    ],
  });
  await ear.until(2);
  await browse("two");
  await ear.until(3);
  await pause(1_200);
  await ear.close();

  expect(namesOf(ear.heard)).toEqual(["one", "known", "two"]);
});

test("shows nothing of whoever refuses", async () => {
  const { customerId } = await browse("before");
  const ear = listen(ACTIVITY, { id: customerId });
  await pause(300);
  await browse("one");
  await ear.until(1);

  await browse("refusal", { serviceConsent: false });
  await browse("two");
  await pause(1_200);
  await ear.close();

  expect(namesOf(ear.heard)).toEqual(["one"]);
});

test("begins after the touchpoint that the client has", async () => {
  await browse("one");
  const { customerId, recordId } = await browse("two");
  await browse("three");

  const ear = listen(ACTIVITY, { id: customerId, after: recordId });
  await ear.until(1);
  await browse("four");
  await ear.until(2);
  await ear.close();

  expect(namesOf(ear.heard)).toEqual(["three", "four"]);
});

test("says what to change, and refuses whoever may not read interactions or reports", async () => {
  const { ivr } = await house.keys();
  const tick =
    'subscription { kpiTick(input: { period: { from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" } }) { rows { contacts } } }';

  const wrong = listen(ACTIVITY, { id: "nobody" });
  const vague = listen(ACTIVITY, { id: (await browse("one")).customerId, after: "yesterday" });
  const stranger = listen(tick, {}, ivr);

  expect((await wrong.until(1))[0].errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  expect((await stranger.until(1))[0].errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  await pause(300);
  expect(vague.heard.flatMap(({ data }) => data ?? [])).toEqual([]);
  await Promise.all([wrong, vague, stranger].map((ear) => ear.close()));
});

test("a wallboard is told the key figures at once and again", async () => {
  const call = (sourceId: string) =>
    house.post("/v1/calls", { source: "cti", sourceId, startedAt: new Date().toISOString(), durationSeconds: 10 });
  const hour = 3_600_000;
  const period = { from: new Date(Date.now() - hour), to: new Date(Date.now() + hour) };
  await call("1");

  const ear = listen(
    "subscription ($input: KpiInput!) { kpiTick(input: $input, everySeconds: 1) { rows { contacts } } }",
    { input: { period } },
  );
  await ear.until(1);
  await call("2");
  await ear.until(3);
  await ear.close();

  const counts = ear.heard.map(({ data }) => data.kpiTick.rows[0].contacts);
  expect([counts[0], counts.at(-1)]).toEqual([1, 2]);
});
