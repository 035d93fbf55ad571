import { expect, test } from "vitest";
import { useApp } from "../app/use-app.ts";

// Names that every object has, where a client names something: test/ingest/same-receipt has them as keys of records.

const house = useApp();
const NAMES = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];

async function codeOf(body: object): Promise<string | undefined> {
  const reply = await house.post("/graphql", body);
  return ((await reply.json()) as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code;
}

test.each(NAMES)("nothing answers to the name %s", async (name) => {
  const body = {
    source: "cti",
    sourceId: "1",
    startedAt: "2026-11-20T09:00:00Z",
    identities: [{ namespace: name, value: "1" }],
  };
  const told = {
    report: (await house.post(`/v1/reports/${name}`, {})).status,
    webhook: (await house.post(`/v1/webhooks/${name}`, {})).status,
    asset: (await fetch(`${house.url}/assets/${name}`)).status,
    page: (await fetch(`${house.url}/${name}`)).status,
    parameter: (await house.post(`/v1/calls?${name}=1`, body)).status,
    namespace: ((await (await house.post("/v1/calls", body)).json()) as { receipts: { reason: string }[] }).receipts[0]!
      .reason,
    operation: await codeOf({ query: "query A { viewer { name } }", operationName: name }),
    header: (await fetch(`${house.url}/livez`, { headers: { [name]: "1" } })).status,
  };

  expect(told).toEqual({
    ...{ report: 404, webhook: 404, asset: 404, page: 404, parameter: 400, namespace: "UNKNOWN_NAMESPACE" },
    ...{ operation: "BAD_INPUT", header: 200 },
  });
});

test("a literal of GraphQL has the receipt that a variable has", async () => {
  const log = (id: string, metadata: string) =>
    `mutation { logCall(input: { source: "cti", sourceId: "${id}", startedAt: "2026-11-20T09:00:00Z", metadata: ${metadata} }) { status interaction { metadata } userErrors { path } } }`;

  const kept = await house.ask(log("1", '{ constructor: { prototype: "1" }, toString: null }'));
  const refused = await house.ask(log("2", "{ a: [{ __proto__: { b: 1 } }] }"));

  expect(kept.data.logCall).toMatchObject({
    status: "ACCEPTED",
    interaction: { metadata: { constructor: { prototype: "1" }, toString: null } },
  });
  expect(refused.data.logCall).toMatchObject({
    status: "REJECTED",
    userErrors: [{ path: ["input", "metadata", "a", "0", "__proto__"] }],
  });
});

test("a key of extra is an attribute whatever it is called", async () => {
  const identities = [{ namespace: "custid", value: "1" }];
  const extra = JSON.parse('{ "constructor": "gold", "prototype": "silver" }');
  const body = { source: "crm", sourceId: "1", observedAt: "2026-11-20T08:00:00Z", identities, extra };
  await house.post("/v1/customers", body);
  const call = { source: "cti", sourceId: "1", startedAt: "2026-11-20T09:00:00Z", identities };
  await house.post("/v1/calls", call);
  const ask = (attribute: string) =>
    house.ask(`{ aggregate(input: {
      period: { from: "2026-11-20T00:00:00Z", to: "2026-11-21T00:00:00Z" }
      of: CUSTOMERS, groupBy: [{ attribute: { attribute: "${attribute}" } }]
    }) { rows { group { value } units } } }`);

  expect((await ask("extra.constructor")).data.aggregate.rows).toEqual([{ group: [{ value: "gold" }], units: 1 }]);
  expect((await ask("extra.__proto__")).data.aggregate.rows).toEqual([{ group: [{ value: null }], units: 1 }]);
});
