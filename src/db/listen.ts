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
  const timer = setInterval(wakeAll, LOOK_EVERY_MS).unref();
  let pause = FIRST_PAUSE_MS;
  let again: NodeJS.Timeout | undefined;
  let connection = connect();

  function connect(): Connection {
    return openConnection({ url, channel }, { onNotice: wakeAll, onUp, onLost });
  }

  function onUp(): void {
    pause = FIRST_PAUSE_MS;
    wakeAll();
  }

  function onLost(code: string | undefined): void {
    onTrouble?.(code);
    again = setTimeout(() => {
      connection = connect();
    }, pause).unref();
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  return {
    onWake(wake) {
      wakes.add(wake);
      return () => wakes.delete(wake);
    },
    async close() {
      clearInterval(timer);
      clearTimeout(again);
      wakes.clear();
      await connection.close();
    },
  };
}

interface Connection {
  close(): Promise<void>;
}

interface Hearing {
  onNotice(): void;
  onUp(): void;
  /** Called once, whatever goes wrong, and never after `close`. */
  onLost(code: string | undefined): void;
}

function openConnection({ url, channel }: Pick<ListenOptions, "url" | "channel">, hearing: Hearing): Connection {
  const client = new pg.Client({ connectionString: url, application_name: "customer360 listener", keepAlive: true });
  let isOver = false;
  const close = async () => {
    isOver = true;
    client.removeAllListeners();
    client.on("error", () => {});
    await client.end().catch(() => {});
  };
  const lose = (error?: Error & { code?: string }) => {
    if (isOver) return;
    void close();
    hearing.onLost(error?.code);
  };
  const start = async () => {
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(channel)}`);
    if (!isOver) hearing.onUp();
  };
  client.on("error", lose);
  client.on("end", () => lose());
  client.on("notification", hearing.onNotice);
  start().catch(lose);
  return { close };
}
