import type { Db } from "../db/client.ts";
import { popStream } from "../facts/live.ts";
import { AppError } from "../kit/errors.ts";
import { isInt, pageOf } from "../kit/page.ts";
import type { Viewer } from "../request.ts";
import type { Bell, Hub } from "./hub.ts";
import type { PopRow } from "./pop.type.ts";
import { findMessages, findRinging, MESSAGES_AT_ONCE } from "./pops.repository.ts";

export interface FeedDeps {
  db: Db;
  hub: Hub;
}

/**
 * The messages for an agent's screen. After a cursor: every message since, once, in order. Without one: the pops that
 * ring now, then every message that follows.
 */
export function popsOf(deps: FeedDeps, agentId: string, after: string | null): AsyncIterableIterator<PopRow> {
  const [seen] = pageOf({ after }, [isInt]).after ?? [null];
  const bell = deps.hub.hang(popStream(agentId));
  return endingWith(follow(deps.db, { agentId, bell, seen: seen as number | null }), bell.takeDown);
}

/**
 * Whether a viewer may see an agent's pops. A key with an agent id may see that agent's only; a key without one may see
 * anybody's, unless its role is agent.
 */
export function checkAgent({ role, agentId: own }: Viewer, agentId: string): void {
  if (own === null && role !== "agent") return;
  if (own === agentId) return;
  throw new AppError(
    "FORBIDDEN",
    own === null
      ? "An agent's key must say whose it is: ask for one with an agent id."
      : "This key may only name its own agent.",
    ["agentId"],
  );
}

const AHEAD = "The cursor is of another database, or of another agent: subscribe without one.";

interface Following {
  agentId: string;
  bell: Bell;
  seen: number | null;
}

async function* follow(db: Db, { agentId, bell, seen }: Following): AsyncGenerator<PopRow, void> {
  const { head, pops } = await patiently(() => findRinging(db, agentId));
  if (seen !== null && seen > head) throw new AppError("BAD_INPUT", AHEAD, ["after"]);
  if (seen === null) yield* pops;
  let at = seen ?? head;
  do {
    for (;;) {
      const messages = await patiently(() => findMessages(db, agentId, at));
      for (const message of messages) {
        at = message.seq;
        yield message;
      }
      if (messages.length < MESSAGES_AT_ONCE) break;
    }
  } while (await bell.wait(at));
}

const PATIENCE_MS = 250;
/** After a minute without the database the subscription ends; the client comes back with its cursor. */
const ATTEMPTS = 240;

/** Waits for a database that restarts, so that no message is missed. */
export async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt >= ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    }
  }
}

/**
 * A generator with an end. One that waits cannot be stopped from outside; here `end` wakes it, and it finds that it is
 * over.
 */
export function endingWith<Item>(generator: AsyncGenerator<Item, void>, end: () => void): AsyncIterableIterator<Item> {
  return {
    next: () => generator.next(),
    return() {
      end();
      return generator.return();
    },
    throw(error) {
      end();
      return generator.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
