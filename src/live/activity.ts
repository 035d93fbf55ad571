import type { Db } from "../db/client.ts";
import { untilBack } from "../db/retry.ts";
import { AppError } from "../kit/errors.ts";
import { openQueue } from "../kit/iterate.ts";
import { isId } from "../kit/page.ts";
import { type Activity, findActivity, findStoredAt, REREAD_SECONDS } from "./activity.repository.ts";

/** Watches customers for all subscriptions of this process, with one query a second. */
export interface ActivityPoller {
  /** A customer's touchpoints from now on, or since a touchpoint that the client has. */
  watch(customerId: string, after: string | null): AsyncIterableIterator<Activity>;
  close(): void;
}

const LOOK_EVERY_MS = 1_000;
/** The most touchpoints that wait for a slow client; one more ends its subscription. */
const MOST_WAITING = 1_000;

interface Watcher {
  customerId: string;
  /** Null until the touchpoints from before the subscription are known. */
  sent: Map<string, number> | null;
  push(activity: Activity): void;
}

export function openActivityPoller(db: Db): ActivityPoller {
  const watchers = new Set<Watcher>();
  const enders = new Set<() => void>();
  let timer: NodeJS.Timeout | null = null;

  async function look(): Promise<void> {
    const ready = [...watchers].filter(({ sent }) => sent !== null);
    const ids = [...new Set(ready.map(({ customerId }) => customerId))];
    // When the query fails, the next one, in a second, reads the same touchpoints again.
    const found = ids.length > 0 ? await findActivity(db, ids, null).catch(() => []) : [];
    for (const watcher of ready)
      tell(
        watcher,
        found.filter(({ watchedId }) => watchedId === watcher.customerId),
      );
    timer = watchers.size > 0 ? setTimeout(() => void look(), LOOK_EVERY_MS) : null;
    timer?.unref();
  }

  return {
    watch(customerId, asked) {
      const after = asked?.toLowerCase() ?? null;
      if (!isId(customerId))
        throw new AppError("NOT_FOUND", "Nobody has this id: send it as it was given.", ["customerId"]);
      const queue = openQueue<Activity>(MOST_WAITING);
      const watcher: Watcher = { customerId: customerId.toLowerCase(), sent: null, push: queue.push };
      watchers.add(watcher);
      const end = () => {
        watchers.delete(watcher);
        enders.delete(end);
        queue.end();
      };
      enders.add(end);
      begin(db, watcher, after).catch((error) => {
        queue.fail(error);
        end();
      });
      if (!timer) {
        timer = setTimeout(() => void look(), LOOK_EVERY_MS);
        timer.unref();
      }
      return queue.iterator(end);
    },
    close() {
      for (const end of [...enders]) end();
      if (timer) clearTimeout(timer);
    },
  };
}

/** Marks the existing touchpoints as sent, except those stored after the touchpoint that the client has. */
async function begin(db: Db, watcher: Watcher, after: string | null): Promise<void> {
  const [recordId = "", leg] = after?.split(":") ?? [];
  if (after !== null && !isId(recordId)) throw new AppError("BAD_INPUT", "Send the id of a touchpoint.", ["after"]);
  const since = after === null ? null : await untilBack(() => findStoredAt(db, recordId, leg === "leg"));
  const lately = await untilBack(() => findActivity(db, [watcher.customerId], null));
  const isKnown = (activity: Activity) => since === null || activity.ingestedAt < since || keyOf(activity) === after;
  watcher.sent = new Map(lately.filter(isKnown).map((known) => [keyOf(known), known.ingestedAt.getTime()]));
  if (since === null) return;
  const missed = await untilBack(() => findActivity(db, [watcher.customerId], new Date(since.getTime() - 1)));
  tell(
    watcher,
    missed.filter((activity) => !isKnown(activity)),
  );
}

function tell(watcher: Watcher, found: readonly Activity[]): void {
  const sent = watcher.sent!;
  for (const activity of found) {
    if (sent.has(keyOf(activity))) continue;
    sent.set(keyOf(activity), activity.ingestedAt.getTime());
    watcher.push(activity);
  }
  // Forgets touchpoints that cannot be read again; a further minute allows for clocks that differ.
  const forgotten = Date.now() - 2 * REREAD_SECONDS * 1_000;
  for (const [key, at] of sent) if (at < forgotten) sent.delete(key);
}

function keyOf({ recordId, isLeg }: Activity): string {
  return isLeg ? `${recordId}:leg` : recordId;
}
