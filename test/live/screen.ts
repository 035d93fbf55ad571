import { type Client, createClient } from "graphql-ws";
import WebSocket from "ws";

interface Message {
  id: string;
  callId: string;
  cursor: string;
  agentId: string;
  state: string;
  announcedAt: string;
  sentAt: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a test selects is what it gets
  [field: string]: any;
}

/** An agent's screen: what it was told, in order. */
export interface Screen {
  readonly messages: Message[];
  readonly errors: unknown[];
  /** The messages once there are so many; fails after ten seconds. */
  until(count: number): Promise<Message[]>;
  close(): Promise<void>;
}

const FIELDS = "id callId cursor agentId state announcedAt sentAt acknowledgedAt";

export interface ScreenOptions {
  url: string;
  key: string;
  agentId: string;
  after?: string | undefined;
  fields?: string;
}

/** Opens a screen that does what a console does: it comes back by itself, after the last cursor. */
export function openScreen({ url, key, agentId, after, fields = "" }: ScreenOptions): Screen {
  const messages: Message[] = [];
  const errors: unknown[] = [];
  let cursor = after;
  let isClosed = false;
  const client: Client = createClient({
    url: `${url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
    lazy: true,
  });
  const query = `subscription ($agentId: String!, $after: String) { screenPop(agentId: $agentId, after: $after) { ${FIELDS} ${fields} } }`;

  async function listen(): Promise<void> {
    while (!isClosed) {
      try {
        for await (const { data, errors: faults } of client.iterate<{ screenPop: Message }>({
          query,
          variables: { agentId, after: cursor },
        })) {
          if (faults) errors.push(...faults);
          if (!data?.screenPop) continue;
          messages.push(data.screenPop);
          cursor = data.screenPop.cursor;
        }
        if (errors.length > 0) return;
      } catch (error) {
        // Whoever is away comes back; whoever refuses does not change their mind.
        if ((error as { code?: number }).code === 4401) {
          errors.push(error);
          return;
        }
      }
      await pause(50);
    }
  }

  const listening = listen();
  return {
    messages,
    errors,
    async until(count) {
      const deadline = Date.now() + 15_000;
      while (messages.length < count) {
        if (Date.now() > deadline) {
          throw new Error(`Only ${messages.length} of ${count} messages came: ${JSON.stringify(errors)}`);
        }
        await pause(10);
      }
      return messages;
    },
    async close() {
      isClosed = true;
      await client.dispose();
      await listening;
    },
  };
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
