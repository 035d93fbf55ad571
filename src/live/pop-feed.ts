import type { Db } from "../db/client.ts";
import { untilBack } from "../db/retry.ts";
import { popStream } from "../facts/live.ts";
import { AppError } from "../kit/errors.ts";
import { endingWith } from "../kit/iterate.ts";
import { isInt, pageOf } from "../kit/page.ts";
import type { Notifier, StreamSubscription } from "./notifier.ts";
import type { PopRow } from "./pop.type.ts";
import { findMessages, findRinging, MESSAGES_AT_ONCE } from "./pops.repository.ts";

export interface FeedDeps {
  db: Db;
  notifier: Notifier;
}

/**
 * The messages for an agent's screen. After a cursor: every message since, once, in order. Without one: the pops that
 * ring now, then every message that follows.
 */
export function popsOf(deps: FeedDeps, agentId: string, after: string | null): AsyncIterableIterator<PopRow> {
  const [seen] = pageOf({ after }, [isInt]).after ?? [null];
  const subscription = deps.notifier.subscribe(popStream(agentId));
  return endingWith(follow(deps.db, { agentId, subscription, seen: seen as number | null }), subscription.unsubscribe);
}

const AHEAD = "The cursor is of another database, or of another agent: subscribe without one.";

interface Following {
  agentId: string;
  subscription: StreamSubscription;
  seen: number | null;
}

async function* follow(db: Db, { agentId, subscription, seen }: Following): AsyncGenerator<PopRow, void> {
  const { head, pops } = await untilBack(() => findRinging(db, agentId));
  if (seen !== null && seen > head) throw new AppError("BAD_INPUT", AHEAD, ["after"]);
  if (seen === null) yield* pops;
  let at = seen ?? head;
  do {
    for (;;) {
      const messages = await untilBack(() => findMessages(db, agentId, at));
      for (const message of messages) {
        at = message.seq;
        yield message;
      }
      if (messages.length < MESSAGES_AT_ONCE) break;
    }
  } while (await subscription.wait(at));
}
