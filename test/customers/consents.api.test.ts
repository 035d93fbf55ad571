import { expect, test } from "vitest";
import { saveConsentRule } from "../../src/cli/consents.repository.ts";
import { sql } from "../../src/db/sql.ts";
import { useApp } from "../app/use-app.ts";
import { read } from "../kit/read.ts";

const house = useApp();

const ann = { namespace: "custid", value: "ann-1" };
const phone = { namespace: "phone", value: "+46701740601" };
const cookie = { namespace: "cookie", value: "c-1" };

let told = 0;
const crm = (observedAt: string, more: object) =>
  house.post("/v1/customers", {
    source: "crm",
    sourceId: "ann",
    identities: [ann, phone],
    observedAt,
    displayName: "Ann",
    region: "north",
    ...more,
  });
const banner = (occurredAt: string, more: object) => {
  told += 1;
  const body = { source: "web", sourceId: `b${told}`, channel: "WEB", kind: "OTHER", identities: [cookie, ann] };
  return house.post("/v1/touchpoints", { ...body, occurredAt, ...more });
};

const period = { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" };
const ASK = `query ($ann: IdentityInput!, $input: HistogramInput!, $call: LookupCallerInput!) {
  customer(identity: $ann) {
    displayName consents { purpose isGiven statedAt source closes }
    timeline { totalCount nodes { channelType } } record { commonChannels } recentTouchpoints { kind } summary { interactionCount touchpointCount firstSeenAt }
  }
  histogram(input: $input) { excludedByConsent customers }
  lookupCaller(input: $call) { shortOf candidates { customer { displayName } } }
}`;
const asked = async (knownAt?: string) => {
  const input = { period, metric: { channels: ["WEB"] }, ...(knownAt && { knownAt }) };
  const { data, errors } = await house.ask(ASK, { ann, input, call: { identities: [phone] } });
  if (errors) throw new Error(errors[0]!.message);
  return data;
};
const card = async (): Promise<Record<string, string>> => {
  const headers = { authorization: `Bearer ${(await house.keys()).ivr}` };
  const reply = await fetch(`${house.app.url}/v1/callers?phone=%2B46701740601`, { headers });
  return (await reply.json()) as Record<string, string>;
};

/** Ann's visit, where she did not refuse. */
const SEEN = {
  timeline: { totalCount: 1, nodes: [{ channelType: "WEB" }] },
  record: { commonChannels: ["WEB"] },
};

test("whoever refuses is left out of what asks for it, at once, and is counted", async () => {
  await crm("2026-11-10T08:00:00Z", { analyticsConsent: true, serviceConsent: true });
  await banner("2026-11-20T09:00:00Z", {});
  const before = await asked();
  expect(before.customer.recentTouchpoints).toEqual([{ kind: "OTHER" }]);
  expect(before.customer).toMatchObject(SEEN);
  expect(before.histogram).toEqual({ excludedByConsent: 0, customers: 1 });

  await banner("2026-11-20T09:05:00Z", { analyticsConsent: false, serviceConsent: false });
  const after = await asked();

  expect(after.customer.consents).toEqual([
    {
      purpose: "SERVICE",
      isGiven: false,
      statedAt: "2026-11-20T09:05:00.000Z",
      source: "web",
      closes: ["LOOKUP", "TIMELINE"],
    },
    {
      purpose: "ANALYTICS",
      isGiven: false,
      statedAt: "2026-11-20T09:05:00.000Z",
      source: "web",
      closes: ["REPORTS", "EXPORTS"],
    },
  ]);
  expect(after.customer).toMatchObject({
    displayName: "Ann",
    timeline: { totalCount: 0, nodes: [] },
    record: { commonChannels: [] },
    recentTouchpoints: [],
    summary: { interactionCount: 0, touchpointCount: 0, firstSeenAt: null },
  });
  expect(after.histogram).toEqual({ excludedByConsent: 1, customers: 0 });
  expect(after.lookupCaller).toEqual({ shortOf: "SERVICE", candidates: [{ customer: { displayName: "Ann" } }] });
  expect(await card()).toMatchObject({ known: "true", displayName: "Ann", shortOf: "SERVICE" });
  expect(await card()).not.toHaveProperty("region");
  expect(await read(house.db, sql`select * from bi.touchpoints`)).toEqual([]);
  expect(await read(house.db, sql`select * from bi.car`)).toEqual([]);

  await crm("2026-11-21T08:00:00Z", { analyticsConsent: true, serviceConsent: true });
  const again = await asked();

  expect(again.histogram).toEqual({ excludedByConsent: 0, customers: 1 });
  expect(again.customer).toMatchObject(SEEN);
  expect(await card()).toMatchObject({ region: "north" });
  expect(await read(house.db, sql`select * from bi.touchpoints`)).toHaveLength(2);
});

test("an older statement that comes later changes nothing, and a merge brings the refusal of either", async () => {
  await banner("2026-11-20T09:05:00Z", { marketingConsent: false });
  await crm("2026-11-10T08:00:00Z", { marketingConsent: true });
  const login = { namespace: "login", value: "ann" };
  const said = async () =>
    (await asked()).customer.consents.map(({ purpose, isGiven }: { purpose: string; isGiven: boolean }) => [
      purpose,
      isGiven,
    ]);
  expect(await said()).toEqual([["MARKETING", false]]);

  await house.post("/v1/customers", {
    source: "shop",
    sourceId: "s",
    identities: [login],
    observedAt: "2026-11-12T08:00:00Z",
    analyticsConsent: false,
  });
  expect(await said()).toEqual([["MARKETING", false]]);
  const { data } = await house.ask(
    'mutation ($a: IdentityInput!, $b: IdentityInput!) { linkIdentities(a: $a, b: $b, reason: "she said so") { verdict { id } userErrors { message } } }',
    { a: ann, b: login },
  );
  expect(await said()).toEqual([
    ["ANALYTICS", false],
    ["MARKETING", false],
  ]);
  expect((await asked()).histogram.excludedByConsent).toBe(1);

  await house.ask(
    'mutation ($id: ID!) { withdrawVerdict(id: $id, reason: "she was not") { userErrors { message } } }',
    { id: data.linkIdentities.verdict.id },
  );
  expect(await said()).toEqual([["MARKETING", false]]);
  expect((await asked()).histogram.excludedByConsent).toBe(0);
});

test("which consent reports ask for is a rule, and who refuses now is left out of what was known before", async () => {
  await banner("2026-11-20T09:05:00Z", {});
  await asked();
  const then = new Date(Date.now() + 5);
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect((await asked(then.toISOString())).histogram).toEqual({ excludedByConsent: 0, customers: 1 });
  await banner("2026-11-20T09:06:00Z", { marketingConsent: false });

  expect((await asked()).histogram).toEqual({ excludedByConsent: 0, customers: 1 });
  await saveConsentRule(house.db, "REPORTS", "MARKETING");
  expect((await asked()).histogram).toEqual({ excludedByConsent: 1, customers: 0 });
  expect((await asked(then.toISOString())).histogram).toEqual({ excludedByConsent: 1, customers: 0 });
  await saveConsentRule(house.db, "REPORTS", null);
  expect((await asked()).histogram).toEqual({ excludedByConsent: 0, customers: 1 });
  expect((await asked(then.toISOString())).histogram).toEqual({ excludedByConsent: 0, customers: 1 });
});

test("each use asks for its own consent", async () => {
  await crm("2026-11-10T08:00:00Z", { serviceConsent: true, analyticsConsent: true, marketingConsent: false });
  await banner("2026-11-20T09:00:00Z", {});
  const seen = async () => {
    const { customer, histogram, lookupCaller } = await asked();
    const rows = await read(house.db, sql`select from bi.touchpoints`);
    const { totalCount, nodes } = customer.timeline;
    return [lookupCaller.shortOf, totalCount, nodes.length, histogram.customers, rows.length];
  };
  const without: Record<string, unknown> = {};
  for (const use of ["LOOKUP", "TIMELINE", "REPORTS", "EXPORTS"] as const) {
    await saveConsentRule(house.db, use, "MARKETING");
    without[use] = await seen();
    await saveConsentRule(house.db, use, null);
  }

  expect(without).toEqual({
    LOOKUP: ["MARKETING", 1, 1, 1, 1],
    TIMELINE: [null, 0, 0, 1, 1],
    REPORTS: [null, 1, 1, 0, 1],
    EXPORTS: [null, 1, 1, 1, 0],
  });
});
