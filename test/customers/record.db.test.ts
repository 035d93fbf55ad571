import { expect, test } from "vitest";
import { settingsOf } from "../../src/facts/rules.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { useDatabase } from "../kit/database.ts";
import { useIngest } from "../kit/ingest.ts";
import { ask } from "./reading.ts";
import { day, teller } from "./teller.ts";

const house = useDatabase();
const ingest = useIngest(house);
const { call, leg, page, state } = teller(ingest);

const one = async (fields: string) =>
  (await ask(house.db, `{ customer(identity: { namespace: "custid", value: "1" }) { ${fields} } }`)).data.customer;

async function rank(name: string, place: number) {
  await saveSource(house.db, { ...settingsOf(ingest.rules(), name), rank: place });
  await ingest.refresh();
}

test("has no record while no source has stated anything", async () => {
  await call("c1", { at: 1, custid: "1" });

  expect(await one("displayName record { age } signals { code }")).toEqual({
    displayName: null,
    record: null,
    signals: [],
  });
});

test("shows what survives of two sources, where it came from, and what is derived", async () => {
  await rank("crm", 1);
  await state(
    "crm",
    "a",
    { custid: "1" },
    { displayName: "Ann", grossAnnualIncome: { amount: "1000.50", currency: "SEK" }, vvip: true },
  );
  await state(
    "shop",
    "b",
    { custid: "1" },
    { displayName: "Anna", region: "North", products: ["card"], signals: [{ code: "churn", reason: "Quiet." }] },
  );
  await leg("l1", { at: 2, custid: "1", channelType: "BRANCH" });

  const customer = await one(`
    displayName
    record {
      grossAnnualIncome { amount currency } vvip region products numberOfTotalProducts branchVisits commonChannels device age
      provenance { field source isDerived }
    }
    signals { code score reason source observedAt }
  `);

  expect(customer.displayName).toBe("Ann");
  expect(customer.record).toMatchObject({
    grossAnnualIncome: { amount: "1000.50", currency: "SEK" },
    vvip: true,
    region: "North",
    products: ["card"],
    numberOfTotalProducts: 1,
    branchVisits: 1,
    commonChannels: ["BRANCH"],
    device: null,
    age: null,
  });
  const sources = customer.record.provenance.map(({ field, source, isDerived }: Record<string, unknown>) => [
    field,
    `${source}${isDerived ? " derived" : ""}`,
  ]);
  expect(Object.fromEntries(sources)).toEqual({
    custId: "crm",
    grossAnnualIncome: "crm",
    vvip: "crm",
    region: "shop",
    products: "shop",
    numberOfTotalProducts: "customer360 derived",
    branchVisits: "customer360 derived",
    commonChannels: "customer360 derived",
    tenureMonths: "customer360 derived",
  });
  expect(customer.signals).toEqual([
    { code: "churn", score: null, reason: "Quiet.", source: "shop", observedAt: day(1).toISOString() },
  ]);
});

test("clears with an explicit null only what the same source and id said", async () => {
  await state("crm", "a", { custid: "1" }, { region: "North", age: 30 });
  await state("shop", "b", { custid: "1" }, { region: "South" });
  await state("crm", "a", { custid: "1" }, { observedAt: day(2), region: null });

  expect(await one("record { region age }")).toEqual({ record: { region: "South", age: 30 } });
});

test("sums a customer up, each interaction once", async () => {
  const now = Date.now();
  const daysAgo = (days: number) => new Date(now - days * 86_400_000);
  const cost = (amount: string, currency: string) => ({ cost: { amount, currency } });
  await call("old", { at: 1, custid: "1", startedAt: daysAgo(31), callReason: "old", ...cost("1.10", "EUR") });
  await call("c1", {
    at: 1,
    custid: "1",
    startedAt: daysAgo(29),
    callReason: "bill",
    isResolved: false,
    ...cost("2.20", "EUR"),
  });
  await call("c2", { at: 1, custid: "1", startedAt: daysAgo(2), csatScore: 4, csatScaleMax: 5, ...cost("3", "SEK") });
  await leg("l1", { at: 1, custid: "1", sessionStartTime: daysAgo(1), csatScore: 6, csatScaleMax: 10 });
  await page("p1", { at: 1, custid: "1", occurredAt: daysAgo(3) });

  const { summary } = await one(`summary {
    firstSeenAt lastSeenAt interactionCount touchpointCount byChannel { channel interactions } callsLast30Days
    lastCallReason isRepeatCaller unresolvedCount averageCsat costToServe { amount currency }
  }`);

  expect(summary).toEqual({
    firstSeenAt: daysAgo(31).toISOString(),
    lastSeenAt: daysAgo(1).toISOString(),
    interactionCount: 5,
    touchpointCount: 5,
    byChannel: [
      { channel: "VOICE", interactions: 3 },
      { channel: "WEB", interactions: 1 },
      { channel: "CHAT", interactions: 1 },
    ],
    callsLast30Days: 2,
    lastCallReason: "bill",
    isRepeatCaller: true,
    unresolvedCount: 1,
    averageCsat: 0.7,
    costToServe: [
      { amount: "3.30", currency: "EUR" },
      { amount: "3", currency: "SEK" },
    ],
  });
});

test("sums nobody up to zeros", async () => {
  await state("crm", "a", { custid: "1" });

  expect(
    await one(
      "summary { firstSeenAt interactionCount touchpointCount byChannel { channel } isRepeatCaller averageCsat costToServe { amount } }",
    ),
  ).toEqual({
    summary: {
      firstSeenAt: null,
      interactionCount: 0,
      touchpointCount: 0,
      byChannel: [],
      isRepeatCaller: false,
      averageCsat: null,
      costToServe: [],
    },
  });
});
