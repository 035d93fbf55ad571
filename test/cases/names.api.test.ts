import { expect, test } from "vitest";
import { row, text } from "../../src/db/row.ts";
import { sql } from "../../src/db/sql.ts";
import { settingsOf } from "../../src/facts/rules.ts";
import { saveSource } from "../../src/identity/rules.repository.ts";
import { ADMIN_KEY, useApp } from "../app/use-app.ts";
import { importer, useFiles } from "../cli/importing.ts";
import { type Cell, cellsOfPage, NAMESPACES } from "../facts/identities-page.ts";

const SECRET = "a secret of the test";
const house = useApp({
  settings: {
    C360_DEFAULT_REGION: "SE",
    C360_WEBHOOK_SECRETS: JSON.stringify({
      cloudevents: [SECRET],
      "amazon-connect": [SECRET],
      "salesforce-task": [SECRET],
    }),
  },
});
const files = useFiles();

/** Every cell of docs/identities.md, in one or two of its namespaces. */
const cells = cellsOfPage().flatMap((cell) =>
  NAMESPACES[cell.of]!.slice(0, 2).map((namespace) => ({ ...cell, namespace })),
);
type Spelt = (typeof cells)[number];

interface Leg {
  source: string;
  sourceId: string;
  identities: { namespace: string; value: string }[];
  [field: string]: unknown;
}

function legOf({ sent, namespace }: Spelt, position: number): Leg {
  const contact = { channelType: "CHAT", sessionStartTime: "2026-03-02T10:00:00Z" };
  return { source: "names", sourceId: String(position), ...contact, identities: [{ namespace, value: sent }] };
}

const inParts = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, part) => items.slice(part * size, (part + 1) * size));

const DOORS: [string, (legs: Leg[]) => Promise<unknown>][] = [
  ["REST", (records) => inOrder(records, (part) => house.post("/v1/interactions", { records: part }))],
  ["NDJSON", (legs) => house.post("/v1/interactions", legs.map((leg) => JSON.stringify(leg)).join("\n"), LINES)],
  ["CloudEvents", (legs) => inOrder(legs, (part) => house.post("/v1/webhooks/cloudevents", part.map(eventOf), KEY))],
  ["GraphQL", (legs) => inOrder(legs, (inputs) => house.ask(RECORD, { inputs }))],
  ["a file", fromFile],
];
const LINES = { "content-type": "application/x-ndjson" };
const KEY = { "x-webhook-secret": SECRET };
const RECORD =
  "mutation ($inputs: [LogInteractionInput!]!) { logInteractions(inputs: $inputs) { userErrors { message } } }";

async function inOrder(legs: readonly Leg[], send: (part: Leg[]) => Promise<unknown>): Promise<void> {
  for (const part of inParts(legs, 250)) await send(part);
}

const eventOf = (data: Leg) => ({
  specversion: "1.0",
  id: data.sourceId,
  type: "customer360.interaction",
  source: "bus",
  data,
});

function fromFile(legs: readonly Leg[]): Promise<unknown> {
  const { database, ingest, refreshRules } = house.app.core;
  const run = importer({ ...house, db: database }, { ...ingest, refresh: refreshRules });
  const rows = legs.map(({ sourceId, sessionStartTime, identities }) => ({
    ...{ sourceId, sessionStartTime },
    ...Object.fromEntries(identities.map(({ namespace, value }) => [namespace, value])),
  }));
  const namespaces = [...new Set(cells.map(({ namespace }) => namespace))];
  const mapping = {
    source: "names",
    format: "ndjson",
    missingColumns: "allow",
    records: [
      {
        kind: "interaction",
        sourceId: "sourceId",
        fields: { sessionStartTime: "sessionStartTime", channelType: { constant: "CHAT" } },
        identities: namespaces.map((namespace) => ({ namespace, column: namespace })),
      },
    ],
  };
  const file = files.write("names.ndjson", rows.map((each) => JSON.stringify(each)).join("\n"));
  return run(file, files.write("names.yaml", JSON.stringify(mapping)));
}

test.each(DOORS)("through %s every spelling of docs/identities.md is the person that it says", async (_, send) => {
  const { database, rules, refreshRules } = house.app.core;
  const issuing = { ...settingsOf(rules(), "crm-se"), anchorIssuer: "crm-se", anchorDigits: 8 };
  await saveSource(database, issuing);
  await refreshRules();
  await send(cells.map(legOf));

  const persons = await personsOf();
  const wrong = cells.flatMap((cell, position) => {
    const [read, said] = [persons.get(String(position)) ?? "refused", personIn(cell)];
    return read === said ? [] : [`${cell.namespace} ${JSON.stringify(cell.sent)}: ${read}, not ${said}`];
  });
  expect(wrong).toEqual([]);
});

function personIn({ outcome, person, namespace }: Spelt): string {
  if (outcome === "person") return `${namespace} ${namespace === "contact" ? `names/${person}` : person}`;
  return outcome === "refused" ? "refused" : "nobody";
}

const Person = row({ sourceId: text, namespace: text, value: text });

/** Whom each stored record is about. */
async function personsOf(): Promise<Map<string, string>> {
  const rows = await house.db.rows(
    Person,
    sql`
      select t.source_id as "sourceId", i.namespace, coalesce(i.display, i.value) as value
      from interactions t
      join identities i on i.id = t.subject_id
    `,
  );
  return new Map(
    rows.map((each) => [each.sourceId, each.namespace === "record" ? "nobody" : `${each.namespace} ${each.value}`]),
  );
}

test("GET /v1/callers knows each spelling of a telephone number, and says of whom it was withheld", async () => {
  const phones = cells.filter(({ namespace }) => namespace === "phone");
  const numbers = [...new Set(phones.flatMap(({ person }) => person ?? []))];
  const customers = numbers.map((value, position) => ({
    source: "crm",
    sourceId: `c${position}`,
    observedAt: "2026-03-02T10:00:00Z",
    displayName: `Customer ${value}`,
    identities: [
      { namespace: "custid", value: `c${position}` },
      { namespace: "phone", value },
    ],
  }));
  await house.post("/v1/customers", { records: customers });

  const wrong: string[] = [];
  for (const phone of phones.filter(({ sent }) => sent.trim() !== "")) {
    const { known, isWithheld, displayName } = await callerOf(phone);
    const read = [known, isWithheld, displayName].join(" ");
    if (read !== answerFor(phone)) wrong.push(`${JSON.stringify(phone.sent)}: ${read}, not ${answerFor(phone)}`);
  }

  expect(wrong).toEqual([]);
});

async function callerOf({ sent }: Cell): Promise<Record<string, string>> {
  const reply = await fetch(`${house.url}/v1/callers?phone=${encodeURIComponent(sent)}`, {
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
  });
  return (await reply.json()) as Record<string, string>;
}

function answerFor({ outcome, person }: Cell): string {
  if (outcome === "person") return `true false Customer ${person}`;
  return `false ${outcome === "withheld"} `;
}

test("case 12: a caller who withheld the number is nobody, through the telephone systems' own doors", async () => {
  const endpoints = ["266696687", "7378742833", "8656696", "anonymous", "sip:anonymous@anonymous.invalid"];
  const contacts = endpoints.map((Address, position) => ({
    AWSContactTraceRecordFormatVersion: "2017-03-10",
    ContactId: `contact-${position}`,
    Channel: "VOICE",
    InitiationMethod: "INBOUND",
    InitiationTimestamp: "2026-03-02T10:00:00Z",
    DisconnectTimestamp: "2026-03-02T10:01:00Z",
    LastUpdateTimestamp: "2026-03-02T10:01:00Z",
    CustomerEndpoint: { Type: "TELEPHONE_NUMBER", Address },
  }));
  await house.post("/v1/webhooks/amazon-connect", contacts, KEY);

  const persons = await personsOf();

  expect([...persons.keys()].sort()).toEqual(contacts.map(({ ContactId }) => ContactId));
  expect([...persons.values()].filter((person) => person.startsWith("phone"))).toEqual([]);
});

test("a number for all guests, which no table foresaw, makes nobody one, whatever order its orders come in", async () => {
  const guests = Array.from({ length: 25 }, (_, guest) => `guest${guest}@ex.com`);
  const orders = guests.map((email, position) => ({
    ...{ source: "shop", sourceId: `o${position}`, kind: "TRANSACTION", channel: "WEB", name: "order" },
    occurredAt: new Date(Date.UTC(2026, 2, 2, 10, position)).toISOString(),
    identities: [
      { namespace: "custid", value: "WALK-IN" },
      { namespace: "email", value: email },
    ],
  }));
  for (const part of inParts([...orders.slice(12), ...orders.slice(0, 12)], 7)) {
    await house.post("/v1/touchpoints", { records: part });
  }

  const found = await Promise.all([
    ...guests.map((value) => customerOf({ namespace: "email", value })),
    customerOf({ namespace: "custid", value: "WALK-IN" }),
  ]);
  const { data } = await house.ask(
    "{ identityConflicts(first: 50) { nodes { kind a { value isPublic } b { value } } } }",
  );

  expect(new Set(found.map(({ id }) => id)).size).toBe(26);
  expect(found.map(({ identities }) => identities.map(({ value }) => value))).toEqual([
    ...guests.map((email) => [email]),
    ["WALK-IN"],
  ]);
  expect(data.identityConflicts.nodes).toHaveLength(25);
  expect(data.identityConflicts.nodes[0]).toMatchObject({ kind: "CONTESTED", a: { value: "WALK-IN", isPublic: true } });
});

interface Found {
  id: string;
  identities: { value: string }[];
}

async function customerOf(identity: { namespace: string; value: string }): Promise<Found> {
  const ask = "query ($identity: IdentityInput!) { customer(identity: $identity) { id identities { value } } }";
  const { data } = await house.ask(ask, { identity });
  return data.customer;
}

test("case 26: a Salesforce task and its contact are one under 15 and under 18 characters", async () => {
  const long = "00TAB0000001Qrs2AE";
  const task = { Type: "Call", WhoId: "003AB0000009Klm", CreatedDate: "2026-03-02T10:10:00.000+0000" };
  const tasks = [
    { ...task, Id: long.slice(0, 15) },
    { ...task, Id: long, WhoId: "003AB0000009KlmYAE" },
  ];

  const reply = await house.post("/v1/webhooks/salesforce-task", tasks, KEY);

  const { receipts } = (await reply.json()) as { receipts: { status: string }[] };
  expect(receipts.map(({ status }) => status)).toEqual(["ACCEPTED", "REPEATED"]);
  expect(await personsOf()).toEqual(new Map([[long, "crmid 003AB0000009KlmYAE"]]));
});
