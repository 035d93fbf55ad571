import type { Client as Socket } from "graphql-ws";
import { useSyncExternalStore } from "react";
import type { SubscriptionForwarder } from "urql";
import { readKey } from "./session.ts";

let socket: Promise<Socket> | undefined;
let isLost = false;
const listeners = new Set<() => void>();

/** True while the connection is lost; it is restored by itself. */
export function useIsLost(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isLost,
  );
}

/** Runs a subscription over one WebSocket, which opens with the first subscription and reconnects by itself. */
export const subscribeOverSocket: SubscriptionForwarder = ({ query, variables }) => ({
  subscribe(sink) {
    let stop = () => {};
    let isStopped = false;
    // After a reconnect the request is sent with the cursor of the last event, so that no event is missed or repeated.
    const request = { query: query ?? "", variables: { ...(variables as Record<string, unknown>) } };
    socket ??= openSocket();
    void socket.then((client) => {
      if (isStopped) return;
      stop = client.subscribe(request, {
        ...sink,
        next(result) {
          const cursor = cursorIn(result.data);
          if (cursor && "after" in request.variables) request.variables.after = cursor;
          sink.next(result as Parameters<typeof sink.next>[0]);
        },
      });
    });
    return {
      unsubscribe() {
        isStopped = true;
        stop();
      },
    };
  },
});

/** The cursor of an event, else its id. */
function cursorIn(data: unknown): string | null {
  const [event] = Object.values((data ?? {}) as Record<string, { cursor?: string; id?: string } | null>);
  return event?.cursor ?? event?.id ?? null;
}

/** Loaded with the first subscription: most pages need none. */
async function openSocket(): Promise<Socket> {
  const { createClient } = await import("graphql-ws");
  return createClient({
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
    connectionParams: () => ({ authorization: `Bearer ${readKey() ?? ""}` }),
    shouldRetry: () => true,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (tries) => new Promise((done) => setTimeout(done, waitOf(tries))),
    keepAlive: 15_000,
    on: { connected: () => tell(false), closed: () => tell(true) },
  });
}

/**
 * A short wait at first, since somebody may be calling; then longer, and random, so that not all desks reconnect at
 * once.
 */
function waitOf(tries: number): number {
  return Math.min(5_000, 200 * 2 ** tries) * (0.5 + Math.random() / 2);
}

function tell(lost: boolean): void {
  isLost = lost;
  for (const listener of listeners) listener();
}
