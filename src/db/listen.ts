import pg from "pg";

/** Wakes readers when a writer has committed something for them. */
export interface Listener {
  /** Calls `wake` on each notification, on each new connection and every two seconds; answers how to stop. */
  onWake(wake: () => void): () => void;
  close(): Promise<void>;
}

export interface ListenOptions {
  url: string;
  channel: string;
  onTrouble?: (code: string | undefined) => void;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;
/** A connection can be dead for minutes before TCP notices, so readers also look at this interval. */
const LOOK_EVERY_MS = 2_000;

/**
 * Listens on a connection of its own, which reconnects by itself and then wakes the readers, since notifications were
 * missed.
 */
export function listen({ url, channel, onTrouble }: ListenOptions): Listener {
  const wakes = new Set<() => void>();
  const wakeAll = () => {
    for (const wake of wakes) wake();
  };
  const timer = setInterval(wakeAll, LOOK_EVERY_MS);
  timer.unref();
  let client: pg.Client | null = null;
  let again: NodeJS.Timeout | null = null;
  let isClosed = false;

  function reconnect(pause: number): void {
    client = null;
    if (isClosed || again) return;
    again = setTimeout(() => {
      again = null;
      void connect(Math.min(pause * 2, LONGEST_PAUSE_MS));
    }, pause);
    again.unref();
  }

  async function connect(nextPause: number): Promise<void> {
    const fresh = new pg.Client({ connectionString: url, application_name: "customer360 listener", keepAlive: true });
    // Both may come; only the first counts.
    const lost = (error?: Error & { code?: string }) => {
      if (client !== fresh && client !== null) return;
      if (!isClosed) onTrouble?.(error?.code);
      fresh.removeAllListeners();
      fresh.on("error", () => {});
      fresh.end().catch(() => {});
      reconnect(nextPause);
    };
    client = fresh;
    fresh.on("error", lost);
    fresh.on("end", () => lost());
    fresh.on("notification", wakeAll);
    try {
      await fresh.connect();
      await fresh.query(`listen ${fresh.escapeIdentifier(channel)}`);
      wakeAll();
      nextPause = FIRST_PAUSE_MS;
    } catch (error) {
      lost(error as Error);
    }
  }

  void connect(FIRST_PAUSE_MS);
  return {
    onWake(wake) {
      wakes.add(wake);
      return () => wakes.delete(wake);
    },
    async close() {
      isClosed = true;
      clearInterval(timer);
      if (again) clearTimeout(again);
      wakes.clear();
      const last = client;
      client = null;
      last?.removeAllListeners();
      last?.on("error", () => {});
      await last?.end().catch(() => {});
    },
  };
}
