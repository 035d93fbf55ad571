import { expect, test } from "vitest";
import { LONG_NUMBER_REMEDY } from "../../src/kit/json.ts";
import { useApp } from "../app/use-app.ts";
import { importer, useFiles } from "../cli/importing.ts";
import { hmac } from "../http/vendors.ts";

const SECRET = "a secret of the test";
const house = useApp({
  settings: { C360_WEBHOOK_SECRETS: JSON.stringify({ segment: [SECRET], cloudevents: [SECRET] }) },
});
const files = useFiles();

const LONG = [
  "10150000000000000001",
  "9007199254740993",
  "9007199254740992",
  "-9007199254740993",
  "1e400",
  "4587.00000000000000001",
];

interface Receipt {
  status: string;
  message: string | null;
  path: string[];
}
const receiptsIn = async (reply: Response): Promise<Receipt[]> => {
  const text = await reply.text();
  return text.startsWith('{"receipts"')
    ? JSON.parse(text).receipts
    : text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
};

/** A page of the customer whose number stands in the JSON as `number`. */
const page = (number: string, sourceId: string) =>
  `{"source":"big","sourceId":"${sourceId}","occurredAt":"2026-03-02T10:00:00Z","kind":"PAGE_VIEW","channel":"WEB","name":"/x","identities":[{"namespace":"custid","value":${number}}]}`;
const pages = LONG.map((number, position) => page(number, String(position)));
const eventOf = (data: string, id: number) =>
  `{"specversion":"1.0","id":"${id}","type":"customer360.touchpoint","source":"bus","data":${data}}`;

const DOORS: [string, () => Promise<Response>][] = [
  ["REST", () => house.post("/v1/touchpoints", `[${pages.join()}]`)],
  ["NDJSON", () => house.post("/v1/touchpoints", pages.join("\n"), { "content-type": "application/x-ndjson" })],
  [
    "CloudEvents",
    () => house.post("/v1/webhooks/cloudevents", `[${pages.map(eventOf).join()}]`, { "x-webhook-secret": SECRET }),
  ],
];

test.each(DOORS)(
  "case 05: through %s a customer number that JSON cannot hold is refused, and says how to send it",
  async (_, send) => {
    const receipts = await receiptsIn(await send());

    expect(receipts.map(({ status, path }) => [status, path])).toEqual(
      LONG.map(() => ["REJECTED", ["identities", "0", "value"]]),
    );
    expect(receipts.every(({ message }) => message?.endsWith(LONG_NUMBER_REMEDY))).toBe(true);
  },
);

test("case 05: as text the same numbers are two customers, and a number that JSON holds is its text", async () => {
  const sent = ['"10150000000000000001"', '"10150000000000000002"', "4587", '"4587"'];
  const records = sent.map((number, position) => page(number, `t${position}`));

  await house.post("/v1/touchpoints", `[${records.join()}]`);

  const ids = await Promise.all(
    sent.map((number) => customerOf("custid", String(JSON.parse(number.startsWith('"') ? number : `"${number}"`)))),
  );
  expect(new Set(ids).size).toBe(3);
  expect(ids[2]).toBe(ids[3]);
});

async function customerOf(namespace: string, value: string): Promise<string> {
  const ask = "query ($identity: IdentityInput!) { customer(identity: $identity) { id } }";
  const { data } = await house.ask(ask, { identity: { namespace, value } });
  return data.customer.id;
}

test("case 05: Segment's userId is refused, and a long number among its traits keeps its digits", async () => {
  const identify = (userId: string, messageId: string) =>
    `{"type":"identify","messageId":"${messageId}","userId":${userId},"timestamp":"2026-03-02T10:00:00Z","traits":{"accountId":9007199254740993,"plans":[{"id":9007199254740995}]}}`;
  const body = `{"batch":[${[identify("90071992547409931", "1"), identify("90071992547409932", "2"), identify('"u7"', "3")].join()}]}`;

  const receipts = await receiptsIn(
    await house.post("/v1/webhooks/segment", body, { "x-signature": hmac(SECRET, body, "hex") }),
  );

  expect(receipts.map(({ status }) => status)).toEqual(["REJECTED", "REJECTED", "ACCEPTED"]);
  expect(receipts[0]!.message).toContain(LONG_NUMBER_REMEDY);
  const { data } = await house.ask('{ customer(identity: { namespace: "login", value: "u7" }) { record { extra } } }');
  expect(data.customer.record.extra).toMatchObject({
    accountId: "9007199254740993",
    plans: [{ id: "9007199254740995" }],
  });
});

test.each([
  ["calls", '"startedAt":"2026-03-02T10:00:00Z","metadata":{"a":[{"b":9007199254740993}]}', "metadata.a.0.b"],
  [
    "interactions",
    '"channelType":"CHAT","sessionStartTime":"2026-03-02T10:00:00Z","metadata":{"b":1e400}',
    "metadata.b",
  ],
  [
    "customers",
    '"observedAt":"2026-03-02T10:00:00Z","identities":[{"namespace":"custid","value":"1"}],"extra":{"accountId":9007199254740993}',
    "extra.accountId",
  ],
])("in %s a long number is refused wherever it lies: %s", async (plural, fields, field) => {
  const reply = await house.post(`/v1/${plural}`, `{"source":"big","sourceId":"1",${fields}}`);

  const { receipts } = (await reply.json()) as { receipts: Receipt[] };
  expect(receipts).toMatchObject([
    { status: "REJECTED", message: `${field}: ${LONG_NUMBER_REMEDY}`, path: field.split(".") },
  ]);
});

test("an id that is a number is refused, long or short", async () => {
  for (const number of ["9007199254740993", "7"]) {
    const reply = await house.post(
      "/v1/calls",
      `{"source":"big","sourceId":${number},"startedAt":"2026-03-02T10:00:00Z"}`,
    );
    expect(await reply.json()).toMatchObject({ error: { message: "sourceId: Send text, in quotes." } });
  }
});

const UPSERT =
  "mutation ($input: UpsertCustomerInput!) { upsertCustomer(input: $input) { status userErrors { message } } }";
const KEYS = '"source": "big", "sourceId": "1", "observedAt": "2026-03-02T10:00:00Z"';
const IDENTITY = '"identities": [{"namespace": "custid", "value": "1"}]';

test("over GraphQL a long number is refused in a variable and in a literal, with the same words", async () => {
  const variables = [
    `{${KEYS}, ${IDENTITY}, "extra": {"accountId": 9007199254740993}}`,
    `{${KEYS}, "identities": [{"namespace": "custid", "value": 9007199254740993}]}`,
  ];
  const literals = variables.map((input) => input.replace(/"(\w+)":/g, "$1:"));
  const bodies = [
    ...variables.map((input) => `{"query": ${JSON.stringify(UPSERT)}, "variables": {"input": ${input}}}`),
    ...literals.map((input) =>
      JSON.stringify({ query: `mutation { upsertCustomer(input: ${input}) { status userErrors { message } } }` }),
    ),
  ];

  const answers = await Promise.all(bodies.map(async (body) => (await house.post("/graphql", body)).text()));

  expect(answers.map((answer) => /end it as text, in quotes/.test(answer) && !/ACCEPTED/.test(answer))).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test("in a file a long number is refused as an identity, and read to the last digit as text", async () => {
  const { database, ingest, refreshRules } = house.app.core;
  const run = importer({ ...house, db: database }, { ...ingest, refresh: refreshRules });
  const rows = ["10150000000000000001", "10150000000000000002", '"10150000000000000003"'];
  const lines = rows.map((custid, id) => `{"id":"${id}","at":"2026-03-02T10:00:00Z","custid":${custid}}`);
  const mapping = {
    source: "big",
    format: "ndjson",
    records: [
      {
        kind: "call",
        sourceId: "id",
        fields: { startedAt: "at" },
        identities: [{ namespace: "custid", column: "custid" }],
      },
    ],
  };

  const summary = await run(
    files.write("long.ndjson", lines.join("\n")),
    files.write("long.yaml", JSON.stringify(mapping)),
  );

  expect(summary.receipts).toEqual({ REJECTED: 2, ACCEPTED: 1 });
  expect(await customerOf("custid", "10150000000000000003")).toEqual(expect.any(String));
});

test("what was refused is refused again when it is replayed", async () => {
  await house.post("/v1/touchpoints", `[${pages.join()}]`);

  const { data } = await house.ask("mutation { replayRejections { replayed accepted stillRejected } }");

  expect(data.replayRejections).toEqual({ replayed: LONG.length, accepted: 0, stillRejected: LONG.length });
});
