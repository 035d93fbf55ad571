import { fieldsOf } from "../../src/connectors/mapping/fields.ts";
import type { TestApp } from "../app/use-app.ts";
import { importer, useFiles } from "../cli/importing.ts";
import { type Body, type Case, type Kind, SOURCE, ZONE } from "./bodies.ts";

/** What a sender is told of one record. */
export interface Told {
  status: string;
  reason: string | null;
  message: string | null;
  path: string[];
}
/** A mutation tells everything but the reason. */
export type ToldByGraphql = Omit<Told, "reason">;

const PLURALS = { interaction: "interactions", call: "calls", touchpoint: "touchpoints", customer: "customers" };

const SECRET = "a-secret-of-the-test";
export const SETTINGS = { C360_WEBHOOK_SECRETS: JSON.stringify({ cloudevents: [SECRET] }) };

/** Every way in for bodies of one kind, and what each answers. */
export function waysInto(house: TestApp) {
  const files = useFiles();
  return {
    async overRest(kind: Kind, bodies: readonly Body[]): Promise<Told[]> {
      return receiptsIn(await house.post(`/v1/${PLURALS[kind]}`, { records: bodies }));
    },

    async overLines(kind: Kind, bodies: readonly Body[]): Promise<Told[]> {
      const lines = bodies.map((body) => JSON.stringify(body)).join("\n");
      const reply = await house.post(`/v1/${PLURALS[kind]}`, lines, { "content-type": "application/x-ndjson" });
      return (await reply.text())
        .trim()
        .split("\n")
        .map((line) => toldIn(JSON.parse(line)));
    },

    async overWebhook(kind: Kind, bodies: readonly Body[]): Promise<Told[]> {
      const envelope = { specversion: "1.0", id: "1", type: `customer360.${kind}`, source: "bus" };
      const events = bodies.map((data) => ({ ...envelope, data }));
      return receiptsIn(await house.post("/v1/webhooks/cloudevents", events, { "x-webhook-secret": SECRET }));
    },

    async overGraphql(kind: Kind, bodies: readonly Body[]): Promise<ToldByGraphql[]> {
      if (kind === "interaction" || kind === "touchpoint") return answersIn(await ask(house, kind, { inputs: bodies }));
      const answers = await Promise.all(bodies.map((input) => ask(house, kind, { input })));
      return answers.map(({ status, userErrors: [error] }) => answerOf(status, error, 1));
    },

    fromFile(kind: Kind, cases: readonly Case[]) {
      const rows = cases.map(({ body: { identities: _, ...row } }) => JSON.stringify({ ...row, custid: "1001" }));
      const { database, ingest, refreshRules } = house.app.core;
      const run = importer({ ...house, db: database }, { ...ingest, refresh: refreshRules });
      return run(
        files.write(`${kind}.ndjson`, rows.join("\n")),
        files.write(`${kind}.yaml`, JSON.stringify(mappingOf(kind))),
        { rejects: files.path(`${kind}.rejects.ndjson`) },
      );
    },
  };
}

async function receiptsIn(reply: Response): Promise<Told[]> {
  return ((await reply.json()) as { receipts: Told[] }).receipts.map(toldIn);
}

function toldIn({ status, reason, message, path }: Told): Told {
  return { status, reason, message, path };
}

const ERRORS = "userErrors { message path }";
const MUTATIONS = {
  interaction: `mutation ($inputs: [LogInteractionInput!]!) { logInteractions(inputs: $inputs) { receipts { status } ${ERRORS} } }`,
  touchpoint: `mutation ($inputs: [TouchpointInput!]!) { recordTouchpoints(inputs: $inputs) { receipts { status } ${ERRORS} } }`,
  call: `mutation ($input: LogCallInput!) { logCall(input: $input) { status ${ERRORS} } }`,
  customer: `mutation ($input: UpsertCustomerInput!) { upsertCustomer(input: $input) { status ${ERRORS} } }`,
};

interface Answer {
  status: string;
  receipts: { status: string }[];
  userErrors: ToldByGraphql[];
}

async function ask(house: TestApp, kind: Kind, variables: Record<string, unknown>): Promise<Answer> {
  const { data, errors } = await house.ask(MUTATIONS[kind], variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0] as Answer;
}

function answersIn({ receipts, userErrors }: Answer): ToldByGraphql[] {
  return receipts.map(({ status }, position) => {
    const error = userErrors.find(({ path }) => path[1] === String(position));
    return answerOf(status, error, 2);
  });
}

/** The path of an error begins with where its record stood in the arguments. */
function answerOf(status: string, error: ToldByGraphql | undefined, depth: number): ToldByGraphql {
  return { status, message: error?.message ?? null, path: error?.path.slice(depth) ?? [] };
}

/** A mapping that names every column as the contract does. */
function mappingOf(kind: Kind) {
  return {
    description: "Bodies as they are",
    source: SOURCE,
    settings: { timeZone: ZONE },
    format: "ndjson",
    missingColumns: "allow",
    records: [
      {
        kind,
        sourceId: "sourceId",
        fields: Object.fromEntries(fieldsOf(kind).map((field) => [field, field])),
        identities: [{ namespace: "custid", column: "custid" }],
      },
    ],
  };
}
