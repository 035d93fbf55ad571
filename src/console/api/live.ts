import type { Client as Socket } from "graphql-ws";
import { useSyncExternalStore } from "react";
import type { SubscriptionForwarder } from "urql";
import { readKey } from "./session.ts";

let socket: Promise<Socket> | undefined;
let isLost = false;
const listeners = new Set<() => void>();

/** True while a connection that was there is gone; it comes back by itself. */
export function useIsLost(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isLost,
  );
}

/** Runs a subscription over one WebSocket, which is opened with the first and takes itself up again when it breaks. */
export const subscribeOverSocket: SubscriptionForwarder = ({ query, variables }) => ({
  subscribe(sink) {
    let stop = () => {};
    let isStopped = false;
    // Sent again when the connection comes back, with the cursor of what was heard last: nothing is missed or repeated.
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

/** The place in a stream: what the event says it is, else the event's own id. */
function cursorIn(data: unknown): string | null {
  const [event] = Object.values((data ?? {}) as Record<string, { cursor?: string; id?: string } | null>);
  return event?.cursor ?? event?.id ?? null;
}

/** Loaded when something is first subscribed to: most pages never are. */
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

/** Soon at first, since somebody may be ringing; then rarer, and never all desks at once. */
function waitOf(tries: number): number {
  return Math.min(5_000, 200 * 2 ** tries) * (0.5 + Math.random() / 2);
}

function tell(lost: boolean): void {
  isLost = lost;
  for (const listener of listeners) listener();
}
