import { type Connector, CSV, FORM, JSON_BODY, JSON_LINES, type MediaType } from "../../connectors/connector.ts";
import { CONNECTORS } from "../../connectors/connectors.ts";

type Json = Record<string, unknown>;

/** POST of each connector: the sender's messages, its proof, and the answer. */
export function webhookPaths(): Json {
  return Object.fromEntries(
    CONNECTORS.map((connector) => [`/v1/webhooks/${connector.name}`, { post: operationOf(connector) }]),
  );
}

/** How senders of webhooks prove who they are; an API key does not count. */
export const WEBHOOK_SECURITY: Json = Object.assign({}, ...CONNECTORS.map(({ proof }) => proof.schemes));

function operationOf(connector: Connector): Json {
  const { name, title, sends, proof, remark } = connector;
  return {
    operationId: `webhook_${name.replaceAll("-", "_")}`,
    summary: `${title}: ${sends}.`,
    description: [proof.says, "Any secret of C360_WEBHOOK_SECRETS counts.", remark].filter(Boolean).join(" "),
    security: Object.keys(proof.schemes).map((scheme) => ({ [scheme]: [] })),
    requestBody: { required: true, content: contentOf(connector) },
    responses: { 200: answerOf(connector), ...FAULT_ANSWERS },
  };
}

function contentOf({ mediaTypes = [JSON_BODY, JSON_LINES], example }: Connector): Json {
  return Object.fromEntries(
    mediaTypes.map((type, i) => [type, { schema: SCHEMAS[type], ...(i === 0 && { example }) }]),
  );
}

const MESSAGE = { type: "object", description: "A message in the vendor's own words." };
const SCHEMAS: Readonly<Record<MediaType, Json>> = {
  [JSON_BODY]: { anyOf: [MESSAGE, { type: "array", items: MESSAGE }] },
  [JSON_LINES]: MESSAGE,
  [FORM]: MESSAGE,
  [CSV]: { type: "string" },
};

const RECEIPTS = { $ref: "#/components/schemas/Receipts" };

function answerOf({ acknowledgement }: Connector): Json {
  if (!acknowledgement) {
    return { description: "A receipt for each record.", content: { [JSON_BODY]: { schema: RECEIPTS } } };
  }
  const { description, mediaType, schema } = acknowledgement;
  const either = mediaType === JSON_BODY ? { anyOf: [RECEIPTS, schema] } : schema;
  return { description, content: { [mediaType]: { schema: either } } };
}

const ERROR = { "application/json": { schema: { $ref: "#/components/schemas/Error" } } };

const FAULT_ANSWERS: Json = {
  401: { description: "No secret that is set here for this connector made the signature.", content: ERROR },
  413: { description: "Too much at once.", content: ERROR },
  503: { description: "The database is away; nothing was stored. Send it again.", content: ERROR },
};
