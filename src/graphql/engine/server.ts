import { ApolloServer, type ApolloServerPlugin, HeaderMap } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { type FormattedExecutionResult, GraphQLError, type GraphQLSchema } from "graphql";
import type { Door } from "../../kit/door.ts";
import type { Log } from "../../kit/log.ts";
import { goFirst, holdsLongList, jsonInParts } from "../../kit/paced.ts";
import type { GraphqlContext } from "../context.ts";
import { boundsRule } from "./bounds.ts";
import { costMeter } from "./cost.ts";
import { errorFormatter, tellRequest } from "./errors.ts";
import { isHurried, placeOfRequest } from "./hurried.ts";
import type { Limits } from "./limits.ts";
import { RETRY_AFTER } from "./public-error.ts";

/** A GraphQL request from HTTP, with a parsed body. */
interface GraphqlRequest {
  method: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The query string with its question mark, or an empty text. */
  search: string;
  body: unknown;
}

interface GraphqlAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A document of our own, and its variables. */
interface Question {
  query: string;
  variables: Record<string, unknown>;
}

export interface Graphql {
  execute(request: GraphqlRequest, context: GraphqlContext): Promise<GraphqlAnswer>;
  /** Once the answer of a context can be sent. */
  finish(context: GraphqlContext): void;
  /** The same for entry points that are no GraphQL, whose answers are not written as text here. */
  ask(question: Question, context: GraphqlContext): Promise<Pick<FormattedExecutionResult, "data" | "errors">>;
  stop(): Promise<void>;
}

export interface GraphqlOptions {
  schema: GraphQLSchema;
  limits: Limits;
  introspection: boolean;
  log: Log;
  /** Through which look-ups of callers and customers come in. */
  door: Door;
}

/** The GraphQL engine: Apollo Server with the contract's error codes, behind any HTTP server. */
export async function openGraphql({ schema, limits, introspection, log, door }: GraphqlOptions): Promise<Graphql> {
  const apollo = new ApolloServer<GraphqlContext>({
    schema,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    formatError: errorFormatter(log),
    parseOptions: { maxTokens: limits.tokens },
    validationRules: [boundsRule(limits)],
    plugins: [...QUIET, admit(schema, limits.cost, door), conformStatus, sayWhenToReturn, attributeErrors],
    // Keys travel in a header that no page of another origin can set, so there is nothing to forge.
    csrfPrevention: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    stringifyResult: textOf,
    logger: silent(log),
  });
  await apollo.start();
  return {
    async execute({ method, headers, search, body }, context) {
      const httpGraphQLRequest = { method, headers: headerMapOf(headers), search, body };
      const asked = apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => context });
      const answer = await asked.finally(() => context.once(placeOfRequest).leave());
      if (answer.body.kind !== "complete") throw new Error(WHOLE_ANSWERS);
      return { status: answer.status ?? 200, headers: Object.fromEntries(answer.headers), body: answer.body.string };
    },
    finish: (context) => context.once(placeOfRequest).finish(),
    async ask(question, contextValue) {
      const place = () => contextValue.once(placeOfRequest);
      const asked = apollo.executeOperation(question, { contextValue });
      const { body } = await asked.finally(() => {
        place().leave();
        place().finish();
      });
      if (body.kind !== "single") throw new Error(WHOLE_ANSWERS);
      return body.singleResult;
    },
    stop: () => apollo.stop(),
  };
}

/** A year of key figures is megabytes of JSON. */
async function textOf(answer: FormattedExecutionResult): Promise<string> {
  if (!holdsLongList(answer)) return `${JSON.stringify(answer)}\n`;
  let text = "";
  for await (const part of jsonInParts(answer)) text += part;
  return `${text}\n`;
}

const WHOLE_ANSWERS = "Answers in parts are not offered.";

const QUIET = [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];

function headerMapOf(headers: GraphqlRequest["headers"]): HeaderMap {
  const map = new HeaderMap();
  for (const name of ["accept", "content-type"]) {
    const value = headers[name];
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return map;
}

/**
 * Refuses an operation that costs too much, and has one that somebody on the line waits for wait for its turn, before it is
 * executed.
 */
function admit(schema: GraphQLSchema, most: number, door: Door): ApolloServerPlugin<GraphqlContext> {
  const costOf = costMeter(schema);
  const listener = {
    async didResolveOperation({ document, operation, request, contextValue }: AskedOperation) {
      if (!document || !operation) return;
      const cost = costOf({ document, operation, variables: request.variables ?? {} });
      if (cost > most) throw tooMuch(cost, most);
      if (!isHurried(document, operation)) return;
      const place = contextValue.once(placeOfRequest);
      place.leave = await door.enter().catch(({ message }) => {
        throw new GraphQLError(message, { extensions: { code: "UNAVAILABLE", http: { status: 503 } } });
      });
      place.finish = goFirst();
    },
  };
  return { requestDidStart: async () => listener };
}

function tooMuch(cost: number, most: number): GraphQLError {
  const message = `The query could answer with ${cost} objects and the limit is ${most}: ask for shorter pages.`;
  return new GraphQLError(message, { extensions: { limit: true, http: { status: 400 } } });
}

interface AskedOperation {
  contextValue: GraphqlContext;
  document?: Parameters<ReturnType<typeof costMeter>>[0]["document"];
  operation?: Parameters<ReturnType<typeof costMeter>>[0]["operation"];
  request: { variables?: Record<string, unknown> };
}

/**
 * GraphQL over HTTP: a client that accepts plain application/json gets status 200 for a faulty document, since an
 * intermediary may produce any other; application/graphql-response+json gets 400.
 */
const conformStatus: ApolloServerPlugin<GraphqlContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ source, request, response }) {
        const accepted = request.http?.headers.get("accept") ?? "";
        if (source && response.http.status === 400 && !accepted.includes("application/graphql-response+json")) {
          response.http.status = 200;
        }
      },
    };
  },
};

/** Adds `Retry-After` as other entry points do, when the server is too busy or the database is away. */
const sayWhenToReturn: ApolloServerPlugin<GraphqlContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body, http } }) {
        const errors = body.kind === "single" ? body.singleResult.errors : [];
        const isBusy = errors?.some(({ extensions }) => extensions?.code === "UNAVAILABLE");
        if (isBusy) http.headers.set("retry-after", RETRY_AFTER);
      },
    };
  },
};

const attributeErrors: ApolloServerPlugin<GraphqlContext> = {
  async requestDidStart({ contextValue }) {
    return {
      async didEncounterErrors({ errors }) {
        tellRequest(errors, contextValue);
      },
    };
  },
};

/** Apollo's messages may quote a request, so only their number is logged. */
function silent(log: Log) {
  const note = () => log.warn("graphql.warned");
  return { debug() {}, info() {}, warn: note, error: note };
}
