import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import type { Door } from "../../kit/door.ts";
import { AppError } from "../../kit/errors.ts";
import type { Log } from "../../kit/log.ts";
import { goFirst } from "../../kit/paced.ts";
import type { GraphqlContext } from "../context.ts";
import { boundsRule } from "./bounds.ts";
import { costMeter } from "./cost.ts";
import { errorFormatter, tellRequest } from "./errors.ts";
import { isHurried } from "./hurried.ts";
import type { Limits } from "./limits.ts";

/** An operation that a client sent. */
interface StreamedOperation {
  query: string;
  operationName?: string | null;
  variables?: Readonly<Record<string, unknown>> | null;
}

/** Makes a new context for each event: its loaders must not cache, and its key may have been revoked. */
type FreshContext = () => Promise<GraphqlContext>;

/** Runs the operations of both streaming protocols: subscriptions, queries and mutations. */
export interface Streaming {
  /** The operation, ready to run, or the errors that forbid it. */
  prepare(operation: StreamedOperation, fresh: FreshContext): ExecutionArgs | readonly GraphQLError[];
  execute(args: ExecutionArgs): Promise<ExecutionResult>;
  subscribe(args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>;
  /** Formats errors as the contract says. */
  format(errors: readonly GraphQLError[]): GraphQLFormattedError[];
}

export interface StreamingOptions {
  schema: GraphQLSchema;
  limits: Limits;
  introspection: boolean;
  log: Log;
  /** Through which look-ups of callers and customers come in. */
  door: Door;
}

export function openStreaming({ schema, limits, introspection, log, door }: StreamingOptions): Streaming {
  const rules = [...specifiedRules, boundsRule(limits), ...(introspection ? [] : [NoSchemaIntrospectionCustomRule])];
  const costOf = costMeter(schema);
  const formatOne = errorFormatter(log);
  const format = (errors: readonly GraphQLError[]) =>
    errors.map((error) => formatOne(error.toJSON(), error.originalError ?? error));
  const worded = (result: ExecutionResult): ExecutionResult =>
    result.errors ? { ...result, errors: format(result.errors).map(asError) } : result;

  const check = (document: DocumentNode, { operationName, variables }: StreamedOperation): readonly GraphQLError[] => {
    const faults = validate(schema, document, rules);
    const operation = getOperationAST(document, operationName);
    if (faults.length > 0 || !operation) return faults.length > 0 ? faults : [new GraphQLError("Name the operation.")];
    const cost = costOf({ document, operation, variables: variables ?? {} });
    return cost <= limits.cost ? [] : [tooMuch(cost, limits.cost)];
  };

  return {
    prepare(operation, fresh) {
      try {
        const document = parse(operation.query, { maxTokens: limits.tokens });
        const faults = check(document, operation);
        if (faults.length > 0) return faults.map(asInput);
        const { operationName, variables } = operation;
        return { schema, document, operationName, variableValues: variables, contextValue: { fresh } };
      } catch (error) {
        return [asInput(error as GraphQLError)];
      }
    },
    async execute(args) {
      return worded(await (isAskedInAHurry(args) ? executeAtDoor(door, args) : executeAfresh(args)));
    },
    async subscribe(args) {
      const source = await openSource(args);
      return Symbol.asyncIterator in source
        ? eventsOf(source, async (event) => worded(await executeSurely(args, event)))
        : worded(source);
    },
    format,
  };
}

/** Both protocols print errors from graphql's own class. */
function asError({ message, path, extensions }: GraphQLFormattedError): GraphQLError {
  return new GraphQLError(message, { path, extensions });
}

function tooMuch(cost: number, most: number): GraphQLError {
  const message = `The query could answer with ${cost} objects and the limit is ${most}: ask for shorter pages.`;
  return new GraphQLError(message, { extensions: { limit: true } });
}

/** Errors that graphql finds in a document are the caller's to fix. */
function asInput(error: GraphQLError): GraphQLError {
  if (error.extensions?.limit) return error;
  const { nodes, source, positions } = error;
  return new GraphQLError(error.message, { nodes, source, positions, extensions: { code: "BAD_USER_INPUT" } });
}

const freshIn = ({ contextValue }: ExecutionArgs) => (contextValue as { fresh: FreshContext }).fresh;

async function executeAfresh(args: ExecutionArgs): Promise<ExecutionResult> {
  try {
    const contextValue = await freshIn(args)();
    const result = await execute({ ...args, contextValue });
    tellRequest(result.errors ?? [], contextValue);
    await contextValue.auditLog.settle();
    return result;
  } catch (error) {
    return { errors: [wrapped(error)] };
  }
}

function isAskedInAHurry({ document, operationName }: ExecutionArgs): boolean {
  return isHurried(document, getOperationAST(document, operationName)!);
}

async function executeAtDoor(door: Door, args: ExecutionArgs): Promise<ExecutionResult> {
  let leave = () => {};
  const finish = goFirst();
  try {
    leave = await door.enter();
    return await executeAfresh(args);
  } catch (error) {
    return { errors: [wrapped(error)] };
  } finally {
    leave();
    finish();
  }
}

async function openSource(args: ExecutionArgs): Promise<AsyncIterable<unknown> | ExecutionResult> {
  try {
    return await createSourceEventStream({ ...args, contextValue: await freshIn(args)() });
  } catch (error) {
    return { errors: [wrapped(error)] };
  }
}

function wrapped(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}

const RETRY_MS = 250;
/** A minute: a database that restarts is back by then. */
const ATTEMPTS = 240;

/** Executes again while the database is away, so that no event is lost. */
async function executeSurely(args: ExecutionArgs, event: unknown): Promise<ExecutionResult> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await executeAfresh({ ...args, rootValue: event });
    if (attempt >= ATTEMPTS || !result.errors?.some(isAway)) return result;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

function isAway({ originalError }: GraphQLError): boolean {
  if (originalError instanceof AppError) return originalError.code === "UNAVAILABLE";
  const { code, message = "" } = (originalError ?? {}) as { code?: string; message?: string };
  return /^(57P0[1-5]|08\w{3}|ECONN\w+|EPIPE)$/.test(code ?? "") || /^Connection terminated/.test(message);
}

/** The answer to each event, in order; a reader that stops ends the source. */
function eventsOf(
  source: AsyncIterable<unknown>,
  word: (event: unknown) => Promise<ExecutionResult>,
): AsyncIterableIterator<ExecutionResult> {
  const events = source[Symbol.asyncIterator]();
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    await events.return?.();
    return { value: undefined, done: true };
  };
  return {
    async next() {
      const event = await events.next();
      if (event.done) return { value: undefined, done: true };
      const result = await word(event.value);
      if (result.errors?.some(isUnwelcome)) await end();
      return { value: result, done: false };
    },
    return: end,
    async throw(error) {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** The key was revoked while its owner listened: this answer is the last. */
function isUnwelcome({ extensions }: GraphQLError): boolean {
  return extensions?.code === "UNAUTHENTICATED";
}
