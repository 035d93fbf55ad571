import { z } from "zod";
import { callInput, customerInput, interactionInput, touchpointInput } from "../../facts/record.ts";
import { RECEIPT_STATUSES } from "../../facts/vocabulary.ts";
import { LIMITS } from "../../graphql/engine/limits.ts";
import type { ReportField } from "../../graphql/engine/reports.ts";
import { ERROR_CODES } from "../../kit/errors.ts";
import { ENTRY_POINTS, NDJSON } from "../routes/facts.route.ts";
import { readingPaths } from "./openapi-reading.ts";
import { reportPaths, reportSchemas } from "./openapi-reports.ts";
import { WEBHOOK_SECURITY, webhookPaths } from "./openapi-webhooks.ts";
import { RECORD_EXAMPLES } from "./record-examples.ts";

type Json = Record<string, unknown>;

/** The body of each entry point of /v1, and what it is for. */
const BODIES = {
  interactions: { name: "Interaction", schema: interactionInput, summary: "Log legs of contact on any channel." },
  calls: { name: "Call", schema: callInput, summary: "Log calls." },
  touchpoints: {
    name: "Touchpoint",
    schema: touchpointInput,
    summary: "Record page views, searches, prompts and other moments.",
  },
  customers: { name: "Customer", schema: customerInput, summary: "State what a source knows about its customers." },
} as const satisfies Record<keyof typeof ENTRY_POINTS, unknown>;

/** The REST entry points as OpenAPI 3.1; the bodies are printed from the validators. */
export function openapi(publicUrl: string | null, reports: readonly ReportField[]): Json {
  const entries = Object.entries(BODIES);
  return {
    openapi: "3.1.0",
    info: {
      title: "customer360",
      version: "1",
      description:
        "The way in for records and vendors' webhooks, the look-up for menus, and the reports. All else is read through GraphQL at /graphql; see schema.graphql.",
    },
    ...(publicUrl && { servers: [{ url: publicUrl }] }),
    security: [{ bearer: [] }, { apiKey: [] }],
    paths: {
      ...Object.fromEntries(
        entries.map(([plural, { name, summary }]) => [`/v1/${plural}`, { post: entryPointOf(name, summary) }]),
      ),
      ...reportPaths(reports),
      ...webhookPaths(),
      ...readingPaths(),
    },
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "An API key (c360_…) or a JSON web token." },
        apiKey: { type: "apiKey", in: "header", name: "x-api-key" },
        ...WEBHOOK_SECURITY,
      },
      schemas: {
        ...Object.fromEntries(entries.map(([, { name, schema }]) => [name, jsonSchemaOf(schema)])),
        ...reportSchemas(reports),
        ...ANSWERS,
      },
    },
  };
}

function jsonSchemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      // A Date exists only inside the process; over HTTP it is a text.
      if (zodSchema._zod.def.type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
    },
  });
  return json;
}

function entryPointOf(name: keyof typeof RECORD_EXAMPLES, summary: string): Json {
  const record = { $ref: `#/components/schemas/${name}` };
  const list = { type: "array", items: record, maxItems: LIMITS.recordsPerRequest };
  const wrapped = { type: "object", properties: { records: list }, required: ["records"] };
  const example = RECORD_EXAMPLES[name];
  const json = { schema: { anyOf: [record, list, wrapped] }, example };
  return {
    operationId: `post${name}s`,
    summary,
    description: `Scope ${name === "Touchpoint" ? "touchpoints:write" : "facts:write"}. At most ${LIMITS.recordsPerRequest} records as JSON; up to ${LIMITS.linesPerRequest} as NDJSON, one a line. Compressed with gzip, deflate or br, the limits hold for what comes out. Sending a record again is safe.`,
    parameters: [
      {
        name: "Idempotency-Key",
        in: "header",
        required: false,
        schema: { type: "string", maxLength: 255 },
        description:
          "The same key and body within a day gets the same answer; the key with another body is a CONFLICT.",
      },
    ],
    requestBody: { required: true, content: { "application/json": json, [NDJSON]: { schema: record } } },
    responses: {
      200: {
        description: "One receipt a record, in order; of several records, those rejected are receipts too.",
        content: {
          "application/json": { schema: schemaRef("Receipts") },
          [NDJSON]: { schema: schemaRef("Receipt") },
        },
      },
      422: {
        description: "The body is one record and it is rejected: its receipt, and the error.",
        content: { "application/json": { schema: { allOf: [schemaRef("Receipts"), schemaRef("Error")] } } },
      },
      ...Object.fromEntries(
        FAULTS.map(([status, description]) => [
          status,
          { description, content: { "application/json": { schema: schemaRef("Error") } } },
        ]),
      ),
    },
  };
}

function schemaRef(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

const FAULTS = [
  ["400", "The body or a header cannot be read."],
  ["401", "No valid key."],
  ["403", "The key's role does not have the scope."],
  ["409", "The Idempotency-Key was used for another body."],
  ["413", "Too much at once."],
  ["415", "Neither JSON nor NDJSON, or in a Content-Encoding other than gzip, deflate and br."],
  ["429", "Too many requests; see Retry-After."],
  ["503", "The database is away; nothing of the last block was stored. Send it again."],
] as const;

const text = { type: ["string", "null"] };

const ANSWERS: Json = {
  Receipt: {
    type: "object",
    required: ["status", "recordId", "customerId", "reason", "message", "path"],
    properties: {
      status: { enum: RECEIPT_STATUSES },
      recordId: { ...text, description: "The record's id in GraphQL: node(id)." },
      customerId: { ...text, description: "Whose it is, as far as is known now." },
      reason: { ...text, description: "Of CONFLICT, FILTERED and REJECTED: a constant to branch on." },
      message: { ...text, description: "What to change." },
      path: { type: "array", items: { type: "string" }, description: "Where in the record." },
    },
  },
  Receipts: {
    type: "object",
    required: ["receipts", "counts"],
    properties: {
      receipts: { type: "array", items: { $ref: "#/components/schemas/Receipt" } },
      counts: { type: "object", additionalProperties: { type: "integer" }, description: "Receipts by status." },
    },
  },
  Error: {
    type: "object",
    required: ["error"],
    properties: {
      error: {
        type: "object",
        required: ["code", "message"],
        properties: {
          code: { enum: ERROR_CODES },
          message: { type: "string" },
          requestId: { type: "string", description: "With faults of the server: the answer's X-Request-Id, to quote." },
        },
      },
    },
  },
};
