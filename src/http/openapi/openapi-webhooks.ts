import { schemeOf } from "../signatures.ts";
import { WEBHOOK_EXAMPLES } from "./webhook-examples.ts";

type Json = Record<string, unknown>;

/** POST of each dialect: what its sender says, how it proves who it is, and what it is told. */
export function webhookPaths(): Json {
  return Object.fromEntries(
    Object.entries(WEBHOOK_EXAMPLES).map(([dialect, { about, example }]) => [
      `/v1/webhooks/${dialect}`,
      {
        post: {
          operationId: `webhook_${dialect.replaceAll("-", "_")}`,
          summary: about,
          description: `${schemeOf(dialect).says} Any secret of C360_WEBHOOK_SECRETS counts.${REMARKS[dialect] ?? ""}`,
          security: securityOf(dialect),
          requestBody: { required: true, content: contentOf(dialect, example) },
          responses: { 200: answerOf(dialect), ...FAULT_ANSWERS },
        },
      },
    ]),
  );
}

const REMARKS: Readonly<Record<string, string>> = {
  twilio: " A JSON body is believed when the address that was signed holds its digest as bodySHA256.",
  "amazon-connect": " A Firehose delivery is answered as Firehose wants it, with its own request id.",
  cloudevents: " The binary form, with the envelope in ce- headers, is read too.",
};

/** The header that each vendor signs in; a shared secret comes in any of three. */
const SIGNATURES: Readonly<Record<string, string>> = {
  twilio: "x-twilio-signature",
  callrail: "signature",
  segment: "x-signature",
};

function securityOf(dialect: string): Json[] {
  if (dialect in SIGNATURES) return [{ [`${dialect}Signature`]: [] }];
  const shared = [{ webhookSecret: [] }, { webhookBearer: [] }, { webhookBasic: [] }];
  return dialect === "amazon-connect" ? [...shared, { firehoseAccessKey: [] }] : shared;
}

/** How senders of webhooks prove who they are; an API key is no such proof. */
export const WEBHOOK_SECURITY: Json = {
  ...Object.fromEntries(
    Object.entries(SIGNATURES).map(([dialect, name]) => [
      `${dialect}Signature`,
      { type: "apiKey", in: "header", name, description: schemeOf(dialect).says },
    ]),
  ),
  webhookSecret: { type: "apiKey", in: "header", name: "x-webhook-secret", description: "The secret itself." },
  webhookBearer: { type: "http", scheme: "bearer", description: "The secret as a bearer token." },
  webhookBasic: { type: "http", scheme: "basic", description: "The secret as the password; any name." },
  firehoseAccessKey: {
    type: "apiKey",
    in: "header",
    name: "x-amz-firehose-access-key",
    description: "The secret, given to Firehose as its access key.",
  },
};

function contentOf(dialect: string, example: unknown): Json {
  const json = { "application/json": { schema: MESSAGES, ...(dialect !== "twilio" && { example }) } };
  const lines = { "application/x-ndjson": { schema: MESSAGE } };
  if (dialect === "asterisk") return { ...json, ...lines, "text/csv": { schema: { type: "string" } } };
  if (dialect !== "twilio") return { ...json, ...lines };
  return { "application/x-www-form-urlencoded": { schema: MESSAGE, example }, ...json };
}

const MESSAGE = { type: "object", description: "A message in the vendor's own words." };
const MESSAGES = { anyOf: [MESSAGE, { type: "array", items: MESSAGE }] };

function answerOf(dialect: string): Json {
  const receipts = { schema: { $ref: "#/components/schemas/Receipts" } };
  if (dialect === "twilio") {
    return { description: "Taken in: empty TwiML.", content: { "text/xml": { schema: { type: "string" } } } };
  }
  if (dialect !== "amazon-connect") {
    return { description: "A receipt for each record.", content: { "application/json": receipts } };
  }
  const delivery = {
    type: "object",
    required: ["requestId", "timestamp"],
    properties: { requestId: { type: "string" }, timestamp: { type: "integer" } },
  };
  return {
    description: "A receipt for each record; to Firehose, that its delivery arrived.",
    content: { "application/json": { schema: { anyOf: [receipts.schema, delivery] } } },
  };
}

const ERROR = { "application/json": { schema: { $ref: "#/components/schemas/Error" } } };

const FAULT_ANSWERS: Json = {
  401: { description: "No secret of this dialect made the signature.", content: ERROR },
  403: { description: "No secret is set for this dialect.", content: ERROR },
  413: { description: "Too much at once.", content: ERROR },
  503: { description: "The database is away; nothing was stored. Send it again.", content: ERROR },
};
