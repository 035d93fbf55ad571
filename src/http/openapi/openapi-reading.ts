type Json = Record<string, unknown>;

/** The paths that read: GraphQL, the look-up for menus, and the health of the server. */
export function readingPaths(): Json {
  return {
    "/graphql": { post: GRAPHQL, get: GRAPHQL_BY_ADDRESS },
    "/graphql/stream": { post: STREAM, get: STREAM_BY_ADDRESS },
    "/v1/callers": { get: CALLERS },
    "/v1/customers/{id}/export": { get: EXPORT },
    "/v1/exports": { get: EXPORT_BY_LINK },
    "/livez": { get: probe("livez", "The process answers.", "application/json") },
    "/readyz": {
      get: probe("readyz", "The database answers, is migrated, and the process is not stopping.", "application/json"),
    },
    "/metrics": { get: probe("metrics", "Prometheus metrics.", "text/plain") },
    "/openapi.json": { get: probe("openapi", "This document.", "application/json") },
  };
}

const OPERATION = {
  type: "object",
  required: ["query"],
  properties: {
    query: { type: "string", description: "A document of schema.graphql." },
    variables: { type: ["object", "null"] },
    operationName: { type: ["string", "null"] },
  },
};

const ASKED = "query ($phone: IdentityInput!) { lookupCaller(input: { identities: [$phone] }) { advice { skill } } }";
const EXAMPLE = { query: ASKED, variables: { phone: { namespace: "phone", value: "+46701740605" } } };

const ANSWERED = {
  200: {
    description: "The answer; faults of fields are in errors.",
    content: {
      "application/json": {
        schema: {
          type: "object",
          properties: { data: { type: ["object", "null"] }, errors: { type: "array", items: { type: "object" } } },
        },
      },
    },
  },
  401: { description: "No valid key." },
  429: { description: "Too many requests; see Retry-After." },
};

const GRAPHQL: Json = {
  operationId: "graphql",
  summary: "GraphQL: queries and mutations; as a WebSocket (graphql-transport-ws), subscriptions.",
  description: "Any key; each root field asks for a scope of its own. See schema.graphql.",
  requestBody: { required: true, content: { "application/json": { schema: OPERATION, example: EXAMPLE } } },
  responses: ANSWERED,
};

const inAddress = (example: string): Json[] => [
  { name: "query", in: "query", required: true, schema: { type: "string" }, example },
  { name: "variables", in: "query", required: false, schema: { type: "string" }, description: "As JSON." },
];

const GRAPHQL_BY_ADDRESS: Json = {
  operationId: "graphqlByAddress",
  summary: "GraphQL: queries.",
  parameters: inAddress("{ __typename }"),
  responses: ANSWERED,
};

const STREAMED = {
  200: {
    description: "Server-sent events: `next` with an answer each, then `complete`.",
    content: { "text/event-stream": { schema: { type: "string" } } },
  },
  400: { description: "The document is faulty, or asks for too much." },
  401: { description: "No valid key." },
};

const STREAM: Json = {
  operationId: "stream",
  summary: "GraphQL subscriptions as server-sent events (graphql-sse, distinct connections).",
  description: "Any key; each root field asks for a scope of its own. After a break, send the last cursor as `after`.",
  requestBody: {
    required: true,
    content: { "application/json": { schema: OPERATION, example: { query: "{ __typename }" } } },
  },
  responses: STREAMED,
};

const STREAM_BY_ADDRESS: Json = {
  operationId: "streamByAddress",
  summary: "The same, for an EventSource.",
  parameters: inAddress("{ __typename }"),
  responses: STREAMED,
};

const query = (name: string, description: string, example?: string): Json => ({
  name,
  in: "query",
  required: false,
  schema: { type: "string" },
  ...(example && { example }),
  description,
});

const CALLERS: Json = {
  operationId: "lookUpCaller",
  summary: "Who is calling and where to send them, as one flat map of texts.",
  description:
    "Scope live:lookup. Answers within the deadline of look-ups, 300 ms unless set otherwise, whatever the database does: `partial` is then true. Keys without a value are left out. A parameter that is not read is named in `warning`.",
  parameters: [
    query(
      "phone",
      "The caller's number as it was shown; any other namespace, such as custid or email, may be asked for too.",
      "+46701740605",
    ),
    query("dialled", "The number that was dialled.", "+46812345678"),
    query("intent", "What the caller told the menu."),
    query("source", "System that asks: its settings say how it writes numbers.", "ivr"),
  ],
  responses: {
    200: {
      description:
        "At most 32 keys: customerId, displayName, vvip, lastPage, lastPageSecondsAgo, skill, agentId, priority, likelyReason …",
      content: {
        "application/json": {
          schema: { type: "object", additionalProperties: { type: "string" }, maxProperties: 32 },
          example: { known: "false", partial: "false", isWithheld: "false", skill: "identification", priority: "5" },
        },
      },
    },
    400: { description: "None of the parameters is one that is read." },
    401: { description: "No valid key." },
    403: { description: "The key's role does not have the scope." },
  },
};

const FORMAT = query("format", "json (the default), or page: one to read, in HTML.", "page");

const EXPORTED = {
  200: {
    description: "Each table by its name, its rows whole; sent as it is read. It breaks off where reading fails.",
    content: { "application/json": { schema: { type: "object" } }, "text/html": { schema: { type: "string" } } },
  },
  403: { description: "The key may not export, or the link is older than a minute." },
  404: { description: "No customer has or had this id." },
  503: { description: "Two others are being exported; see Retry-After." },
};

const EXPORT: Json = {
  operationId: "exportCustomer",
  summary: "All that is held of a customer.",
  description:
    "Scope privacy:export, and a key that is bound to no team. The audit has customer.exported before the first row is sent.",
  parameters: [
    {
      name: "id",
      in: "path",
      required: true,
      schema: { type: "string" },
      description: "Any id that the customer has or had.",
    },
    FORMAT,
  ],
  responses: EXPORTED,
};

const EXPORT_BY_LINK: Json = {
  operationId: "exportByLink",
  summary: "The same, by the link that the mutation exportCustomer makes for a minute.",
  security: [],
  parameters: [query("ticket", "As the link has it."), FORMAT],
  responses: EXPORTED,
};

function probe(operationId: string, description: string, type: "application/json" | "text/plain"): Json {
  return {
    operationId,
    summary: description,
    security: [],
    responses: { 200: { description, content: { [type]: {} } } },
  };
}
