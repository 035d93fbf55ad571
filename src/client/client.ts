import type { TadaDocumentNode } from "gql.tada";
import { type GraphQLFormattedError, print } from "graphql";
import { createClient } from "graphql-sse";

/** Asks a customer360 server, with answers typed by its schema. In Node 20 or newer, and in browsers. */
export interface Client {
  /** A query or a mutation. Throws a ClientError where the server refuses it. */
  ask<Answer, Variables>(operation: TadaDocumentNode<Answer, Variables>, variables: Variables): Promise<Answer>;
  /**
   * What a subscription tells, until the signal aborts. When the connection breaks it is taken up again after the last
   * message: none is missed, none comes twice. Throws a ClientError where the server refuses it.
   */
  listen<Event, Variables>(
    subscription: TadaDocumentNode<Event, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): AsyncGenerator<Event, void>;
}

export interface ClientOptions {
  /** The server's address, such as https://c360.example.com. */
  url: string;
  /** An API key, or a JSON web token. */
  key: string;
}

/** What the server refused, by its codes. */
export class ClientError extends Error {
  readonly codes: readonly string[];

  constructor(errors: readonly Pick<GraphQLFormattedError, "message" | "extensions">[]) {
    super(errors.map(({ message }) => message).join(" "));
    this.name = "ClientError";
    this.codes = errors.map(({ extensions }) => String(extensions?.code ?? "INTERNAL"));
  }
}

/** Opens nothing yet: every operation has a connection of its own. */
export function openClient(options: ClientOptions): Client {
  return {
    async ask(operation, variables) {
      const response = await fetch(`${options.url}/graphql`, {
        method: "POST",
        headers: { authorization: `Bearer ${options.key}`, "content-type": "application/json" },
        body: JSON.stringify({ query: print(operation), variables }),
      });
      const { data, errors } = (await response.json()) as Reply;
      if (errors) throw new ClientError(errors);
      return data as never;
    },
    async *listen(subscription, variables, signal) {
      const request = { query: print(subscription), variables: { ...variables } as Record<string, unknown> };
      while (!signal?.aborted) {
        yield* heardUntilItBreaks(options, request, signal) as AsyncGenerator<never, void>;
        // Each at a time of its own: after a restart everybody comes back at once.
        await pause(RETRY_MS * (0.5 + Math.random()));
      }
    },
  };
}

interface Subscribed {
  query: string;
  variables: Record<string, unknown>;
}

/** One connection's worth; notes in the request where the next one is to go on. */
async function* heardUntilItBreaks({ url, key }: ClientOptions, request: Subscribed, signal?: AbortSignal) {
  const headers = { authorization: `Bearer ${key}` };
  const stream = createClient({ url: `${url}/graphql/stream`, headers, retryAttempts: 0 });
  const stop = () => stream.dispose();
  signal?.addEventListener("abort", stop);
  try {
    for await (const { data, errors } of stream.iterate(request)) {
      if (errors) throw new ClientError(errors);
      Object.assign(request.variables, placeAfter(data));
      yield data;
    }
  } catch (error) {
    if (error instanceof ClientError) throw error;
    await refuse(error);
  } finally {
    signal?.removeEventListener("abort", stop);
    stop();
  }
}

interface Reply {
  data?: unknown;
  errors?: GraphQLFormattedError[];
}

/** A server that restarts is back in seconds; one that is there should not be hammered. */
const RETRY_MS = 250;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Where a stream is to go on: after the event's cursor, else after the event itself. */
function placeAfter(data: unknown): { after: string } | null {
  const [event] = Object.values((data ?? {}) as Record<string, { cursor?: string; id?: string } | null>);
  const after = event?.cursor ?? event?.id;
  return after === undefined ? null : { after };
}

/** A refusal repeats, except one for too many requests; any other cause of a broken connection may pass. */
async function refuse(error: unknown): Promise<void> {
  const { response } = error as { response?: Response };
  if (!response || response.status < 400 || response.status >= 500) return;
  if (response.status === 408 || response.status === 429) {
    return pause(1_000 * Number(response.headers.get("retry-after") ?? 1));
  }
  const { error: one, errors = [] } = (await response.json()) as { error?: { code: string; message: string } } & Reply;
  throw new ClientError(one ? [{ message: one.message, extensions: { code: one.code } }] : errors);
}
