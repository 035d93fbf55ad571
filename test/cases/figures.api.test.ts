import { expect, test } from "vitest";
import { useApp } from "../app/use-app.ts";

// What figures say of senders who leave things out, send them on other scales or send them twice.

const house = useApp();

const at = (time: string) => `2026-03-02T${time}:00Z`;
const DAY = 'period: { from: "2026-03-02T00:00:00Z", to: "2026-03-03T00:00:00Z" }';

async function sent(path: string, records: readonly object[]): Promise<void> {
  const reply = await house.post(path, records);
  expect([reply.status, (await reply.text()).includes("REJECTED")]).toEqual([200, false]);
}

async function kpis(fields: string) {
  const { data, errors } = await house.ask(`{ contactCentreKpis(input: { ${DAY} }) { rows { ${fields} } } }`);
  expect(errors).toBeUndefined();
  return data.contactCentreKpis.rows[0];
}

test("case 34: full marks on two scales are full marks", async () => {
  const call = { source: "csat", startedAt: at("10:00"), outcome: "HANDLED" };
  await sent("/v1/calls", [
    { ...call, sourceId: "1", csatScore: 5, csatScaleMax: 5 },
    { ...call, sourceId: "2", csatScore: 10, csatScaleMax: 10 },
    { ...call, sourceId: "3", csatScore: 3 },
  ]);

  const row = await kpis(
    "averageCsat csat { source scaleMax average scores } coverage { averageCsat { known eligible } }",
  );

  expect(row).toEqual({
    averageCsat: 1,
    csat: [
      { source: "csat", scaleMax: 5, average: 5, scores: 1 },
      { source: "csat", scaleMax: 10, average: 10, scores: 1 },
      { source: "csat", scaleMax: null, average: 3, scores: 1 },
    ],
    coverage: { averageCsat: { known: 2, eligible: 3 } },
  });
});

test("a call whose wait nobody states is in no average and in no service level", async () => {
  await sent("/v1/calls", [
    { source: "pbx", sourceId: "1", startedAt: at("10:00"), outcome: "HANDLED", queueSeconds: 90 },
    { source: "crm", sourceId: "2", startedAt: at("11:00"), outcome: "HANDLED" },
    { source: "crm", sourceId: "3", startedAt: at("12:00"), outcome: "ABANDONED" },
  ]);

  const row = await kpis(
    "averageSpeedOfAnswerSeconds serviceLevels { method value coverage { known eligible share } }",
  );

  expect(row.averageSpeedOfAnswerSeconds).toBe(90);
  expect(row.serviceLevels.map(({ value }: { value: number }) => value)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(row.serviceLevels[1].coverage).toEqual({ known: 1, eligible: 2, share: 0.5 });
});

test("an order that two legs of a call name is paid once", async () => {
  const order = {
    source: "pbx",
    campaign: "spring",
    transactionId: "order-7",
    revenue: { amount: "50", currency: "EUR" },
  };
  await sent("/v1/calls", [
    { ...order, sourceId: "1", startedAt: at("10:00") },
    { ...order, sourceId: "2", startedAt: at("10:05") },
  ]);

  const { data } = await house.ask(
    `{ channelPerformance(input: { ${DAY} }) { rows { value calls transactions revenue { amount currency } } } }`,
  );

  expect(data.channelPerformance.rows).toMatchObject([
    { value: "spring", transactions: 1, revenue: [{ amount: "50", currency: "EUR" }] },
  ]);
});

test("a call that came out of a visit is put under what brought it", async () => {
  const visitor = [{ namespace: "ecid", value: "visitor-1" }];
  await sent("/v1/touchpoints", [
    {
      source: "web",
      sourceId: "1",
      identities: visitor,
      occurredAt: at("10:00"),
      kind: "PAGE_VIEW",
      channel: "WEB",
      url: "https://shop.example/fibre?utm_campaign=spring&utm_source=google&utm_medium=cpc",
      referrer: "https://www.google.com/search?q=fibre",
    },
  ]);
  await sent("/v1/calls", [{ source: "pbx", sourceId: "1", identities: visitor, startedAt: at("10:05") }]);

  const rows = async (by: string) => {
    const { data } = await house.ask(
      `{
        channelPerformance(input: { ${DAY}, by: ${by} }) { rows { value matchedCalls } }
        attribution(input: { ${DAY}, dimension: ${by}, models: [{ kind: LINEAR }] }) { models { rows { item credit } } }
      }`,
    );
    return [data.channelPerformance.rows[0], data.attribution.models[0].rows];
  };

  const both = (value: string) => [{ value, matchedCalls: 1 }, [{ item: value, credit: 1 }]];
  expect(await rows("CAMPAIGN")).toEqual(both("spring"));
  expect(await rows("MEDIUM")).toEqual(both("cpc"));
  expect(await rows("REFERRER")).toEqual(both("https://www.google.com/search"));
  expect(await rows("LANDING_PAGE")).toEqual(both("https://shop.example/fibre"));
});
