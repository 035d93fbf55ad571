import { setTimeout } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import { useApp } from "../../app/use-app.ts";

const house = useApp();
const period = { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" };

const customer = (custid: string, age: number, extra: object, observedAt = "2026-11-01T00:00:00Z") => ({
  source: "crm",
  sourceId: custid,
  observedAt,
  identities: [
    { namespace: "custid", value: custid },
    { namespace: "email", value: `c${custid}@${age < 40 ? "young" : "old"}.example` },
  ],
  age,
  extra,
});
const call = (custid: string, minutes: number, more: object) => ({
  source: "acd",
  sourceId: `${custid} ${minutes}`,
  channelType: "VOICE",
  identities: [{ namespace: "custid", value: custid }],
  sessionStartTime: "2026-11-20T09:00:00Z",
  interactionStartTime: "2026-11-20T09:01:00Z",
  interactionEndTime: `2026-11-20T09:${String(minutes).padStart(2, "0")}:00Z`,
  ...more,
});

beforeEach(async () => {
  await house.post("/v1/customers", [
    customer("1", 30, { tariff: "flat" }),
    customer("2", 70, { tariff: "metered" }),
    customer("3", 35, {}),
  ]);
  await house.post("/v1/interactions", [
    call("1", 5, { intentCategory: "money", csatScore: 4, metadata: { branch: "7" } }),
    call("1", 11, { intentCategory: "money", csatScore: 2 }),
    call("2", 21, { intentCategory: "moving" }),
    call("3", 31, {}),
  ]);
});

interface Row {
  group: { value: string | null }[];
  units: number;
  figures: { value: number | null; known: number }[];
}

async function rowsOf(input: object): Promise<(string | number | null)[][]> {
  const reply = await house.post("/v1/reports/aggregate", { of: "INTERACTIONS", period, ...input });
  const { rows } = (await reply.json()) as { rows: Row[] };
  return rows.map(({ group, figures }) => [...group.map(({ value }) => value), ...figures.map(({ value }) => value)]);
}

test("groups, measures and filters by what no dimension says; what is unknown is a row of its own", async () => {
  const byCategory = await rowsOf({
    groupBy: [{ attribute: { attribute: "intentCategory" } }],
    measures: [{ measure: "COUNT" }, { measure: "AVERAGE", attribute: "csatScore" }],
  });
  const byAge = await rowsOf({
    groupBy: [{ attribute: { attribute: "age", bounds: [18, 40, 65] } }],
    measures: [{ measure: "MAX", attribute: "interactionSeconds" }],
  });
  const ofFlat = await rowsOf({
    audience: { attributes: [{ attribute: "extra.tariff", in: ["flat"] }] },
    matcher: { attributes: [{ attribute: "metadata.branch", isKnown: true }] },
  });
  const byDomain = await rowsOf({ groupBy: [{ attribute: { attribute: "emailDomain" } }] });

  expect(byCategory).toEqual([
    ["money", 2, 3],
    ["moving", 1, null],
    [null, 1, null],
  ]);
  expect(byAge).toEqual([
    ["18 to below 40", 1800],
    ["65 and more", 1200],
  ]);
  expect(ofFlat).toEqual([[1]]);
  expect(byDomain).toEqual([
    ["young.example", 3],
    ["old.example", 1],
  ]);
});

test("what was said then is what an earlier instant is asked of", async () => {
  const ages = (knownAt?: string) => rowsOf({ groupBy: [{ attribute: { attribute: "age" } }], knownAt });
  await setTimeout(5);
  const then = new Date().toISOString();
  const before = await ages();
  await setTimeout(5);
  await house.post("/v1/customers", customer("1", 31, { tariff: "flat" }, "2026-11-02T00:00:00Z"));

  expect(before).toEqual([
    ["30", 2],
    ["35", 1],
    ["70", 1],
  ]);
  expect(await ages()).toEqual([
    ["31", 2],
    ["35", 1],
    ["70", 1],
  ]);
  expect(await ages(then)).toEqual(before);
});

test("nobody counts by what they may not read, wherever a question names it", async () => {
  const { analyst } = await house.keys();
  const ask = (path: string, input: object) =>
    house.post(`/v1/reports/${path}`, { period, ...input }, { authorization: `Bearer ${analyst}` });
  const isOld = { attributes: [{ attribute: "age", from: 65 }] };
  const asked = [
    await ask("aggregate", { of: "CUSTOMERS", groupBy: [{ attribute: { attribute: "age", bounds: [40] } }] }),
    await ask("aggregate", { of: "CUSTOMERS", measures: [{ measure: "MAX", attribute: "age" }] }),
    await ask("aggregate", { of: "CUSTOMERS", audience: isOld }),
    await ask("histogram", { metric: { not: { sequence: { steps: [{ match: isOld }] } } } }),
    await ask("contact-centre-kpis", { audience: isOld }),
  ];
  const open = await ask("aggregate", {
    of: "CUSTOMERS",
    audience: { attributes: [{ attribute: "region", isKnown: false }] },
  });

  for (const reply of asked) {
    expect(reply.status).toBe(403);
    expect(JSON.stringify(await reply.json())).toContain("`age` needs the scope customers:personal");
  }
  expect(open.status).toBe(200);
});

test("key figures, credit and channels are counted by attributes too", async () => {
  const ask = async (name: string, input: object) =>
    (await (await house.post(`/v1/reports/${name}`, { period, ...input })).json()) as {
      rows: { attributes: { value: string }[]; calls: number; value: string | null }[];
      models: { rows: { item: string; credit: number }[] }[];
    };
  const attribute = { attribute: "intentCategory" };

  const kpis = await ask("contact-centre-kpis", {
    groupByAttributes: [attribute, { attribute: "age", bounds: [40] }],
  });
  const credit = await ask("attribution", {
    attribute,
    touches: { kinds: ["CALL"] },
    models: [{ kind: "LAST_TOUCH" }],
  });
  const channels = await ask("channel-performance", { attribute: { attribute: "extra.tariff" } });

  const figures = kpis.rows.map(({ attributes, calls }) => [...attributes.map(({ value }) => value), calls]);
  expect(figures).toEqual([
    ["money", "below 40", 2],
    ["moving", "40 and more", 1],
    [null, "below 40", 1],
  ]);
  expect(credit.models[0]!.rows.map(({ item, credit }) => [item, credit])).toEqual([
    ["money", 2],
    ["moving", 1],
  ]);
  expect(channels.rows.map(({ value, calls }) => [value, calls])).toEqual([
    ["flat", 2],
    ["metered", 1],
    [null, 1],
  ]);
});

test("lists of interactions and customers are narrowed by attributes, as reports are", async () => {
  const listed = async (query: string) => {
    const { data, errors } = await house.ask(`{ ${query} }`);
    expect(errors).toBeUndefined();
    return Object.values(data as Record<string, { totalCount: number }>)[0]!.totalCount;
  };
  const legs = (filter: string) => listed(`interactions(filter: { attributes: [${filter}] }) { totalCount }`);
  const people = (filter: string) => listed(`customers(filter: { attributes: [${filter}] }) { totalCount }`);

  expect(await legs('{ attribute: "csatScore", from: 2, to: 4 }')).toBe(1);
  expect(await legs('{ attribute: "metadata.branch", from: 7 }')).toBe(1);
  expect(await legs('{ attribute: "interactionSeconds", from: 600 }')).toBe(3);
  expect(await legs('{ attribute: "intentCategory", in: ["money"] }, { attribute: "age", to: 40 }')).toBe(2);
  expect(await legs('{ attribute: "extra.tariff", isKnown: false }')).toBe(1);
  expect(await people('{ attribute: "extra.tariff", in: ["flat", "metered"] }')).toBe(2);
  expect(await people('{ attribute: "age", from: 35 }, { attribute: "emailDomain", in: ["young.example"] }')).toBe(1);
});

test("lists refuse what the viewer may not read, and of customers what is said of legs", async () => {
  const { analyst } = await house.keys();
  const hidden = await house.ask(
    '{ customers(filter: { attributes: [{ attribute: "age", from: 1 }] }) { totalCount } }',
    {},
    analyst,
  );
  const ofLegs = await house.ask(
    '{ customers(filter: { attributes: [{ attribute: "csatScore", from: 1 }] }) { totalCount } }',
  );

  expect(hidden.errors?.[0]?.message).toContain("`age` needs the scope customers:personal");
  expect(ofLegs.errors?.[0]?.message).toContain("`csatScore` is said of legs");
});

test.each([
  [{ attribute: "colour", in: ["red"] }, "There is no attribute `colour`: name one of"],
  [{ attribute: "interactionNotes", in: ["x"] }, "There is no attribute `interactionNotes`"],
  [{ attribute: "cost", from: 1 }, "There is no attribute `cost`"],
  [{ attribute: "metadata.\u0000", isKnown: true }, "Remove the NUL characters"],
  [{ attribute: "metadata.\u0001", isKnown: true }, "has a control character"],
  [{ attribute: "region" }, "say `in`, `from`, `to` or `isKnown`"],
  [{ attribute: "region", in: [] }, "an empty `in` matches nothing"],
])("a filter by %o is refused with the remedy", async (filter, remedy) => {
  const input = { of: "CUSTOMERS", period, matcher: { attributes: [filter] } };

  const reply = await house.post("/v1/reports/aggregate", input);

  expect(reply.status).toBe(400);
  expect(((await reply.json()) as { error: { message: string } }).error.message).toContain(remedy);
});

test("named filters that make hundreds of combinations are refused before anything is counted", async () => {
  const facets = Array.from({ length: 10 }, (_, i) => ({ name: `f${i}`, matcher: {} }));
  const replies = await Promise.all(
    [2, 3].map((times) =>
      house.post("/v1/reports/aggregate", { of: "TOUCHPOINTS", period, groupBy: Array(times).fill({ facets }) }),
    ),
  );

  expect(replies.map(({ status }) => status)).toEqual([200, 413]);
  expect(await replies[1]!.text()).toContain("1000 combinations");
});
